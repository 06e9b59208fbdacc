using System.Linq;
using System.Management.Automation;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Input;

/// <summary>What a parameter was given on the command line: for all rows, or as a script block that is asked for each, with it as $_.</summary>
internal static class RowScript
{
    /// <param name="given">What was given. Null: nothing.</param>
    /// <param name="row">The row. Null: none was piped.</param>
    /// <param name="parameter">The parameter.</param>
    /// <exception cref="PartnerCenterException">The script block has nothing to be asked for, or failed.</exception>
    public static object? Ask(object? given, PSObject? row, string parameter)
    {
        if ((given is PSObject wrapped ? wrapped.BaseObject : given) is not ScriptBlock script)
        {
            return given;
        }

        if (row is null)
        {
            throw new PartnerCenterException(ErrorIds.InvalidNote, Messages.ScriptNeedsInput.With(parameter));
        }

        try
        {
            return script.InvokeWithContext(null, [new PSVariable("_", row), new PSVariable("PSItem", row)]).LastOrDefault();
        }
        catch (RuntimeException error)
        {
            throw new PartnerCenterException(ErrorIds.InvalidNote, Messages.ScriptFailed.With(parameter, error.Message), error);
        }
    }
}
