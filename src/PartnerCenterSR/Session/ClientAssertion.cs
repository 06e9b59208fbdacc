using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading.Tasks;
using PartnerCenterSR.Core.Http;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Session;

/// <summary>The application's assertion: one that was given, or a script block that is asked for a fresh one whenever one is needed.</summary>
/// <param name="given">Text, SecureString or script block.</param>
/// <param name="longest">How long a script block may have to wait for its turn.</param>
internal sealed class ClientAssertion(object given, TimeSpan longest)
{
    private readonly object _given = given is PSObject wrapped ? wrapped.BaseObject : given;
    private readonly Guid? _runspace = Runspace.DefaultRunspace?.InstanceId;

    public async Task<string> GetAsync(CallOptions call)
    {
        if (_given is not ScriptBlock script)
        {
            return Secrets.Reveal(_given, nameof(ClientAssertion))!.Trim();
        }

        try
        {
            return await call.Observer.RunAsync(() => Run(script), longest).ConfigureAwait(false);
        }
        catch (TimeoutException error)
        {
            throw Failed(Messages.AssertionHeldUp.With(longest.TotalSeconds), error);
        }
    }

    /// <exception cref="PartnerCenterException">It gave none.</exception>
    private string Run(ScriptBlock script)
    {
        try
        {
            // In another runspace the block would have to wait for its own, which waits for us: there its text runs.
            ScriptBlock here = Runspace.DefaultRunspace?.InstanceId == _runspace ? script : ScriptBlock.Create(script.ToString());
            PSObject? last = here.Invoke().LastOrDefault();
            return Secrets.Reveal(last, nameof(ClientAssertion))?.Trim() ?? throw Failed(Messages.AssertionNothing, null);
        }
        catch (Exception error) when (error is not (PartnerCenterException or OutOfMemoryException))
        {
            // Also what ends by break or exit.
            throw Failed(error.Message, error);
        }
    }

    private static PartnerCenterException Failed(string reason, Exception? cause) =>
        new(ErrorIds.SignInFailed, Messages.AssertionFailed.With(reason), cause) { RecommendedAction = Messages.AssertionCure };
}
