using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PartnerCenterSR.Completion;
using PartnerCenterSR.Core;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Input;
using PartnerCenterSR.Resources;
using PartnerCenterSR.Output;

namespace PartnerCenterSR.Commands;

/// <summary>Lists service requests, or gets single ones with their notes.</summary>
[Cmdlet(VerbsCommon.Get, "PartnerServiceRequest", DefaultParameterSetName = ListSet, SupportsPaging = true, HelpUri = Online.Help + "Get-PartnerServiceRequest.md")]
[OutputType(typeof(ServiceRequest))]
public sealed class GetPartnerServiceRequestCommand : ConnectedCmdlet
{
    private const string ListSet = "List";
    private const string IdSet = "Id";

    private ServiceRequestLookup? _lookup;
    private PagingWindow? _window;
    private ServiceRequestFilter? _filter;
    private bool _isEmptyTold;

    /// <summary>The numbers of the requests.</summary>
    [Parameter(ParameterSetName = IdSet, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ServiceRequestId", "RequestId")]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(ServiceRequestIdCompleter))]
    public PSObject[] Id { get; set; } = [];

    /// <summary>The states wanted.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(StatusCompleter))]
    public string[] Status { get; set; } = [];

    /// <summary>The severities wanted.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public ServiceRequestSeverity[] Severity { get; set; } = [];

    /// <summary>The titles wanted, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <summary>The names or ids of the organizations wanted, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? Organization { get; set; }

    /// <summary>Only requests opened at this time or after.</summary>
    [Parameter]
    [ValidateNotNull]
    public DateTime? CreatedAfter { get; set; }

    /// <summary>Only requests opened before this time.</summary>
    [Parameter]
    [ValidateNotNull]
    public DateTime? CreatedBefore { get; set; }

    /// <summary>Only requests changed at this time or after.</summary>
    [Parameter]
    [ValidateNotNull]
    public DateTime? ModifiedAfter { get; set; }

    /// <summary>Only requests changed before this time.</summary>
    [Parameter]
    [ValidateNotNull]
    public DateTime? ModifiedBefore { get; set; }

    /// <summary>Reads each request of the list on its own, for its notes and description.</summary>
    [Parameter]
    public SwitchParameter IncludeNotes { get; set; }

    /// <summary>How many requests the service is to send at a time.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateRange(1, 1000)]
    public int PageSize { get; set; }

    /// <summary>The customers whose requests are wanted. Empty: the partner's, of all customers.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("TenantId", "CustomerTenantId")]
    [AllowEmptyCollection]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(CustomerIdCompleter))]
    public string[] CustomerId { get; set; } = [];

    /// <inheritdoc/>
    protected override void BeginProcessing() => Guard(() =>
    {
        RequireCustomers();
        _window = new(PagingParameters);
        _filter = new(this, [.. Status.Select(UpdateValidator.AnyStatus)]);
        _lookup = new(this, Dispatcher, Session, CommandOptions);
    });

    /// <inheritdoc/>
    protected override void ProcessRecord() => Guard(() =>
    {
        foreach (string? customer in Customers())
        {
            if (ParameterSetName == ListSet)
            {
                List(customer);
                continue;
            }

            foreach (Identity identity in Identities())
            {
                if (customer is not null || string.IsNullOrWhiteSpace(identity.CustomerId))
                {
                    LookUp(identity, customer);
                }
                else if (ValidCustomer(identity.CustomerId) is { } own)
                {
                    LookUp(identity, own);
                }
            }
        }
    });

    /// <summary>For which requests, or customers, what was given stands. What cannot be told is an error, and the others still come.</summary>
    private IReadOnlyList<Identity> Identities()
    {
        try
        {
            return [.. Id.SelectMany(Identity.Of)];
        }
        catch (PartnerCenterException error)
        {
            WriteError(ErrorRecords.From(error, Id));
            return [];
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Guard(() => _lookup!.Finish());

    /// <summary>Waits a moment for results.</summary>
    internal void WaitForResults() => WaitForNews();

    /// <summary>Writes a request that was looked up by its id, if it is wanted: what a list gave was counted there.</summary>
    internal void WriteFound(ServiceRequest request)
    {
        if (ParameterSetName == ListSet || (_filter!.Accepts(request) && _window!.TryAccept()))
        {
            Write(request);
        }
    }

    /// <summary>An id of an empty variable is no wish for all requests of all customers.</summary>
    private void RequireCustomers()
    {
        if (MyInvocation.BoundParameters.ContainsKey(nameof(CustomerId)) && (CustomerId is null || CustomerId.Length == 0 || CustomerId.Any(string.IsNullOrWhiteSpace)))
        {
            throw new PartnerCenterException(ErrorIds.InvalidId, Messages.EmptyCustomerId) { RecommendedAction = Messages.EmptyCustomerIdAction };
        }
    }

    /// <summary>Those given; one that is none where no one was given. A bad one is told, and the others still come.</summary>
    private IEnumerable<string?> Customers()
    {
        if ((CustomerId ?? []).All(string.IsNullOrWhiteSpace))
        {
            return [null];
        }

        return CustomerId!.Select(ValidCustomer).Where(customer => customer is not null);
    }

    private string? ValidCustomer(string? text)
    {
        try
        {
            return UpdateValidator.CustomerId(text);
        }
        catch (PartnerCenterException error)
        {
            WriteError(ErrorRecords.From(error, text));
            return null;
        }
    }

    private void LookUp(Identity identity, string? customer)
    {
        if (identity.Id is null && identity.CustomerId is not null && customer is not null)
        {
            // An object that is a customer, and no request.
            List(customer);
            return;
        }

        _lookup!.Post(identity.Id ?? string.Empty, customer);
    }

    private void List(string? customer)
    {
        ServiceRequestQuery query = new() { CustomerId = customer, Statuses = _filter!.Statuses, PageSize = MyInvocation.BoundParameters.ContainsKey(nameof(PageSize)) ? PageSize : null };
        ServiceRequestList list = new(Session.Client, Session.Settings.Endpoint, query, CommandOptions);
        bool isCounted = false;
        while (!_window!.IsFull && Await(list.NextPageAsync) is { } page)
        {
            if (PagingParameters.IncludeTotalCount && !isCounted)
            {
                WriteObject(PagingParameters.NewTotalCount((ulong)(list.TotalCount ?? 0), list.TotalCount is null ? 0 : _filter.IsExact ? 1 : 0.5));
                isCounted = true;
            }

            foreach (ServiceRequest request in page.Where(request => _filter.Accepts(request) && _window.TryAccept()))
            {
                if (IncludeNotes)
                {
                    _lookup!.Post(request.Id, customer);
                }
                else
                {
                    Write(request);
                }
            }
        }

        if (list.IsEmpty && !IncludeOrganizationRequests && !_window.IsFull && !_isEmptyTold)
        {
            _isEmptyTold = true;
            WriteWarning(Messages.EmptyList);
        }
    }

    private void Write(ServiceRequest request)
    {
        Session.Recent.Add(request);
        WriteObject(request);
    }
}
