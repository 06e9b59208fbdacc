using System;
using System.IO;
using System.Management.Automation;
using PartnerCenterSR.Core.Journal;
using PartnerCenterSR.Core.Service;

namespace PartnerCenterSR.Output;

/// <summary>Opens the journal of a run, bound to its connection.</summary>
internal static class RunJournal
{
    public static JournalFile Open(PSCmdlet cmdlet, PartnerSession session, string path)
    {
        try
        {
            SignInFacts facts = session.Tokens.Facts;
            return JournalFile.Open(path, new(session.Settings.Endpoint.GetLeftPart(UriPartial.Authority), facts.Tenant, facts.Account), session.Clock);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.FileOpenFailure(path, error));
            throw;
        }
    }
}
