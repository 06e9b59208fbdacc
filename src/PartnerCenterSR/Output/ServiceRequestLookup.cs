using System.Threading.Tasks;
using PartnerCenterSR.Commands;
using PartnerCenterSR.Core;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Threading;

namespace PartnerCenterSR.Output;

/// <summary>Reads requests by their ids, several at once, and hands them to the command in the order asked for.</summary>
internal sealed class ServiceRequestLookup
{
    private const int MaximumConcurrency = 4;
    private const int Capacity = 64;

    private readonly GetPartnerServiceRequestCommand _cmdlet;
    private readonly PipelineDispatcher _dispatcher;
    private readonly OrderedDispatcher<(string Id, string? CustomerId), (ServiceRequest? Request, PartnerCenterException? Error, string Id)> _reads;

    public ServiceRequestLookup(GetPartnerServiceRequestCommand cmdlet, PipelineDispatcher dispatcher, PartnerSession session, CallOptions options)
    {
        _cmdlet = cmdlet;
        _dispatcher = dispatcher;
        Places places = new(MaximumConcurrency, session.Clock);
        _reads = new(Capacity, item => ReadAsync(session, places, item.Id, item.CustomerId, options), dispatcher.Wake, session.Clock);
    }

    public void Post(string id, string? customerId)
    {
        string valid;
        try
        {
            valid = UpdateValidator.Id(id);
        }
        catch (PartnerCenterException error)
        {
            _cmdlet.WriteError(ErrorRecords.From(error, id));
            return;
        }

        while (_reads.IsFull)
        {
            _cmdlet.WaitForResults();
            Take();
        }

        _reads.Post((valid, customerId));
        Take();
    }

    /// <summary>Waits for what is under way.</summary>
    public void Finish()
    {
        while (_reads.Outstanding > 0)
        {
            _cmdlet.WaitForResults();
            Take();
        }
    }

    private static async Task<(ServiceRequest? Request, PartnerCenterException? Error, string Id)> ReadAsync(
        PartnerSession session, Places places, string id, string? customerId, CallOptions options)
    {
        await places.EnterAsync(options.Cancellation).ConfigureAwait(false);
        try
        {
            return (await session.Client.GetAsync(id, customerId, options).ConfigureAwait(false), null, id);
        }
        catch (PartnerCenterException error)
        {
            return (null, error, id);
        }
        finally
        {
            places.Leave();
        }
    }

    private void Take()
    {
        while (_reads.TryTake(out (ServiceRequest? Request, PartnerCenterException? Error, string Id) result))
        {
            _dispatcher.Deliver(_cmdlet);
            if (result.Error is { } error)
            {
                _cmdlet.WriteError(ErrorRecords.From(error, result.Id, result.Id));
            }
            else
            {
                _cmdlet.WriteFound(result.Request!);
            }
        }
    }
}
