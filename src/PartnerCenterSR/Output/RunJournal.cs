using System;
using System.IO;
using System.Management.Automation;
using PartnerCenterSR.Core.Journal;
using PartnerCenterSR.Core.Service;

namespace PartnerCenterSR.Output;

/// <summary>Opens the journal of a run, bound to its connection.</summary>
internal static class RunJournal
{
    /// <param name="cmdlet">The command.</param>
    /// <param name="session">The connection.</param>
    /// <param name="path">The journal.</param>
    /// <param name="isRehearsed">Whether it is only looked at.</param>
    /// <returns>Null: it is only looked at, and is not there.</returns>
    public static JournalFile? Open(PSCmdlet cmdlet, PartnerSession session, string path, bool isRehearsed)
    {
        if (isRehearsed && !File.Exists(path))
        {
            return null;
        }

        try
        {
            SignInFacts facts = session.Tokens.Facts;
            JournalBinding binding = new(session.Settings.Endpoint.GetLeftPart(UriPartial.Authority), facts.Tenant, facts.Account);
            return isRehearsed ? JournalFile.Open(new RehearsedStore(path), binding, session.Clock) : JournalFile.Open(path, binding, session.Clock);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.FileOpenFailure(path, error));
            throw;
        }
    }
}
