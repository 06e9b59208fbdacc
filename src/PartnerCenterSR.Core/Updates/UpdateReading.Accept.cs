using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Updates;

/// <summary>What is read, and learnt, of an update that was accepted.</summary>
internal sealed partial class UpdateReading
{
    /// <summary>The request after a success: of the answer, or read where it has no body, or none that can be read.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="asked">What was asked for.</param>
    /// <param name="mayRead">Ends when a call may set out; false: it is one too many.</param>
    public async Task<UpdateResult> AcceptAsync(ApiResponse response, ServiceRequestChanges asked, Func<Task<bool>> mayRead)
    {
        LastError = null;
        Times.Accept(response);
        ServiceRequest? found = Parse(response);
        ApiResponse seen = response;
        try
        {
            for (bool isFirst = true; found is null && !run.Wishes.IsQuiet && (await mayRead().ConfigureAwait(false) || isFirst); isFirst = false)
            {
                ServiceRequestAnswer? answer = await ReadOnceAsync(Times.From).ConfigureAwait(false);
                (found, seen) = (answer?.Request, answer?.Response ?? seen);
                if (found is null && IsRefused)
                {
                    break;
                }
            }
        }
        catch (Exception error) when (error is PartnerCenterException or OperationCanceledException)
        {
            // The run has ended or is stopped: it landed all the same, and only reading it is left.
            LastError ??= error as PartnerCenterException ?? Unknown(Messages.UnreadAtEnd, null);
        }

        if (found is null)
        {
            return run.Wishes.IsQuiet ? new(update, UpdateOutcome.Succeeded) { SeenBy = ServiceClock.Latest(response) } : new(update, UpdateOutcome.Succeeded) { SeenBy = ServiceClock.Latest(response), Error = LastError ?? Unknown(Messages.MalformedResponse.With(response.StatusCode), null) };
        }

        return new(update, UpdateOutcome.Succeeded) { Request = found, SeenBy = ServiceClock.Latest(response), Contradiction = Look(found, asked, response, seen) };
    }

    /// <summary>Learns from what is shown, and compares it with what was asked for.</summary>
    /// <returns>What the service accepted and does not show. Null: it shows all.</returns>
    private string? Look(ServiceRequest found, ServiceRequestChanges asked, ApiResponse response, ApiResponse seen)
    {
        try
        {
            Learn(found, asked, response, seen);
            return Contradiction(found, asked, seen);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // It was accepted, whatever nobody foresaw in what it shows.
            run.Options.Observer.Debug(error.Message);
            return null;
        }
    }

    private ServiceRequest? Parse(ApiResponse response)
    {
        try
        {
            return ResponseReader.ServiceRequest(response, update.Id, update.CustomerId);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // The update was accepted; only what the answer says is lost.
            run.Options.Observer.Debug(error.Message);
            return null;
        }
    }

    /// <summary>What a fresh success shows of the dates of the service.</summary>
    /// <param name="found">The request.</param>
    /// <param name="asked">What was asked for.</param>
    /// <param name="accepted">The answer to the update, before which its note was made.</param>
    /// <param name="shown">The answer that shows the request, before which others may have changed it.</param>
    private void Learn(ServiceRequest found, ServiceRequestChanges asked, ApiResponse accepted, ApiResponse shown)
    {
        if (shown.IsCopy || Times.Earliest(shown) is not { } sentAt || ServiceClock.Latest(shown) is not { } seen)
        {
            return;
        }

        // Only where it cannot be a twin's, shown by an answer that is older than ours.
        if (asked.Note is not null && Own.Others.All(other => other.Hash != _hash) && OnlyNote(found, sentAt) is { CreatedAt: { } date })
        {
            _session.ServiceClock.SawFreshNote(date, sentAt, ServiceClock.Latest(accepted) ?? seen, accepted.ReceivedAt, shownAt: seen);
        }

        if (found.LastModifiedAt is { } modified && modified >= sentAt - ServiceClock.Skew)
        {
            _session.ServiceClock.SawFreshChange(modified, sentAt, seen, shown.ReceivedAt);
        }
    }

    /// <param name="found">The request.</param>
    /// <param name="sentAt">Of several, what is so much older that no wrong clock explains it is not ours.</param>
    /// <returns>Null: there are none of this text, or several.</returns>
    private ServiceRequestNote? OnlyNote(ServiceRequest found, DateTimeOffset sentAt)
    {
        List<ServiceRequestNote> same = [.. found.Notes?.Where(note => NoteText.Hash(note.Text) == _hash) ?? []];
        same = same.Count == 1 ? same : same.FindAll(note => !(note.CreatedAt < sentAt - ServiceClock.UnprovenSkew));
        return same.Count == 1 ? same[0] : null;
    }

    private string? Contradiction(ServiceRequest found, ServiceRequestChanges asked, ApiResponse seen) =>
        !(asked with { Note = null }).AreFieldsIn(found) ? (asked with { Note = null }).Describe()
        : asked.Note is { } note && found.Notes is not null && !EvidenceOf(found, seen, Own.Others, isSettled: false).MayShow(note) ? (new ServiceRequestChanges { Note = note }).Describe()
        : null;
}
