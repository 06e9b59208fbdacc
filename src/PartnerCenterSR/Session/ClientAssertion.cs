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
internal sealed class ClientAssertion(object given)
{
    private readonly object _given = given is PSObject wrapped ? wrapped.BaseObject : given;
    private readonly Guid? _runspace = Runspace.DefaultRunspace?.InstanceId;

    public Task<string> GetAsync(CallOptions call) =>
        _given is ScriptBlock script ? call.Observer.RunAsync(() => Run(script)) : Task.FromResult(Secrets.Reveal(_given, nameof(ClientAssertion))!.Trim());

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
        catch (RuntimeException error)
        {
            throw Failed(error.Message, error);
        }
    }

    private static PartnerCenterException Failed(string reason, Exception? cause) =>
        new(ErrorIds.SignInFailed, Messages.AssertionFailed.With(reason), cause) { RecommendedAction = Messages.AssertionCure };
}
