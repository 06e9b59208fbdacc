using System.Collections.Generic;
using System.Threading;
using System;
using PartnerCenterSR.Core.Authentication;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Core.Journal;
using PartnerCenterSR.Core.Service;
using PartnerCenterSR.Core.Updates;
using PartnerCenterSR.Testing;

namespace PartnerCenterSR.Core.Tests;

/// <summary>Core on an emulator, without PowerShell.</summary>
internal static class Connected
{
    public static PartnerSession To(TestServer server, int retries = 8, double timeoutSeconds = 30, double settleSeconds = 0) => new(
        new ConnectionSettings
        {
            Endpoint = server.Endpoint,
            AttemptTimeout = TimeSpan.FromSeconds(timeoutSeconds),
            MaximumRetryCount = retries,
            SettleTime = TimeSpan.FromSeconds(settleSeconds),
            RetryDelay = TimeSpan.FromMilliseconds(5),
        },
        new StaticTokenSource(server.Token, SignInFacts.None));

    /// <summary>Runs updates to the end and gives their results in the order in which they came.</summary>
    public static List<UpdateResult> Run(PartnerSession session, IEnumerable<ServiceRequestUpdate> updates, int width, JournalFile? journal = null)
    {
        using ManualResetEventSlim news = new();
        using UpdateEngine engine = new(session, new(width), journal, new(new RecordingObserver(), CancellationToken.None), news.Set);
        List<UpdateResult> results = [];
        foreach (ServiceRequestUpdate update in updates)
        {
            while (engine.IsFull)
            {
                Take();
            }

            engine.Post(update);
        }

        while (engine.Outstanding > 0)
        {
            Take();
        }

        return results;

        void Take()
        {
            if (engine.TryTake(out UpdateResult result))
            {
                results.Add(result);
                return;
            }

            news.Wait(TimeSpan.FromMilliseconds(50));
            news.Reset();
        }
    }

    public static ServiceRequestUpdate Note(long row, string id, string note) => new(row, id, null, new ServiceRequestChanges { Note = note });
}
