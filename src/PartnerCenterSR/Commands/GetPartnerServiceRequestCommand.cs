using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PartnerCenterSR.Binding;
using PartnerCenterSR.Completion;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Updates;
using PartnerCenterSR.Pipeline;

namespace PartnerCenterSR.Commands;

/// <summary>Lists service requests, or gets single ones with their notes.</summary>
[Cmdlet(VerbsCommon.Get, "PartnerServiceRequest", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(ServiceRequest))]
public sealed class GetPartnerServiceRequestCommand : ConnectedCmdlet
{
    private const string ListSet = "List";
    private const string IdSet = "Id";
    private const int Width = 4;

    private OrderedRunner<(string Id, string? CustomerId), (ServiceRequest? Request, PartnerCenterException? Error, string Id)>? _runner;
    private PagingWindow? _window;

    /// <summary>The numbers of the requests.</summary>
    [Parameter(ParameterSetName = IdSet, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ServiceRequestId", "RequestId")]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [IdTransformation]
    [ArgumentCompleter(typeof(ServiceRequestIdCompleter))]
    public string[] Id { get; set; } = [];

    /// <summary>The states wanted.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [StatusTransformation]
    public ServiceRequestStatus[] Status { get; set; } = [];

    /// <summary>The severities wanted.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public ServiceRequestSeverity[] Severity { get; set; } = [];

    /// <summary>The titles wanted, with wildcards.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <summary>Only requests opened at this time or after.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public DateTime? CreatedAfter { get; set; }

    /// <summary>Only requests opened before this time.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public DateTime? CreatedBefore { get; set; }

    /// <summary>Only requests changed at this time or after.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public DateTime? ModifiedAfter { get; set; }

    /// <summary>Only requests changed before this time.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public DateTime? ModifiedBefore { get; set; }

    /// <summary>Reads each request of the list on its own, for its notes and description.</summary>
    [Parameter(ParameterSetName = ListSet)]
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
        PartnerSession session = Session;
        CallOptions options = CommandOptions;
        _window = new(PagingParameters);
        _runner = new(Width, _ => null, item => ReadAsync(session, item.Id, item.CustomerId, options), Mailbox.Wake);
    });

    /// <inheritdoc/>
    protected override void ProcessRecord() => Guard(() =>
    {
        foreach (string? customer in Customers())
        {
            if (ParameterSetName == ListSet || (Id.Length == 0 && customer is not null))
            {
                List(customer);
                continue;
            }

            foreach (string id in Id.DefaultIfEmpty(string.Empty))
            {
                Post(id, customer);
            }
        }
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => Guard(() =>
    {
        while (_runner!.Outstanding > 0)
        {
            Take(wait: true);
        }
    });

    private static async System.Threading.Tasks.Task<(ServiceRequest? Request, PartnerCenterException? Error, string Id)> ReadAsync(
        PartnerSession session, string id, string? customerId, CallOptions options)
    {
        try
        {
            return (await session.Client.GetAsync(id, customerId, options).ConfigureAwait(false), null, id);
        }
        catch (PartnerCenterException error)
        {
            return (null, error, id);
        }
    }

    private IEnumerable<string?> Customers()
    {
        string?[] customers = [.. (CustomerId ?? []).Select(UpdateRules.CustomerId)];
        return customers.Length == 0 ? [null] : customers;
    }

    private void List(string? customer)
    {
        ServiceRequestList list = new(
            Session.Client,
            Session.Settings.Endpoint,
            new() { CustomerId = customer, Statuses = Status, PageSize = MyInvocation.BoundParameters.ContainsKey(nameof(PageSize)) ? PageSize : null },
            CommandOptions);
        ServiceRequestFilter filter = new(this);
        bool counted = false;
        while (!_window!.IsFull && Await(list.NextPageAsync) is { } page)
        {
            if (PagingParameters.IncludeTotalCount && !counted)
            {
                WriteObject(PagingParameters.NewTotalCount((ulong)(list.TotalCount ?? 0), list.TotalCount is null ? 0 : filter.IsExact ? 1 : 0.5));
                counted = true;
            }

            foreach (ServiceRequest request in page.Where(filter.Lets).Where(_ => _window.Lets()))
            {
                if (IncludeNotes)
                {
                    Post(request.Id, customer);
                }
                else
                {
                    Write(request);
                }
            }
        }
    }

    private void Post(string id, string? customer)
    {
        string judged;
        try
        {
            judged = UpdateRules.Id(id);
        }
        catch (PartnerCenterException error)
        {
            WriteItemError(error, id);
            return;
        }

        while (_runner!.IsFull)
        {
            Take(wait: true);
        }

        _runner.Post((judged, customer));
        Take(wait: false);
    }

    private void Take(bool wait)
    {
        if (wait)
        {
            WaitForNews();
        }

        while (_runner!.TryTake(out (ServiceRequest? Request, PartnerCenterException? Error, string Id) result))
        {
            Mailbox.Deliver(this);
            if (result.Error is { } error)
            {
                WriteItemError(error, result.Id);
            }
            else if (ParameterSetName == ListSet || _window!.Lets())
            {
                Write(result.Request!);
            }
        }
    }

    private void Write(ServiceRequest request)
    {
        Session.Seen.Add(request);
        WriteObject(request);
    }
}
