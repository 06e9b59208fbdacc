using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Input;

/// <summary>What a parameter was given on the command line: for all rows, or as a script block that is asked for each, with it as $_.</summary>
internal static class RowScript
{
    /// <param name="argument">What was given. Null: nothing.</param>
    /// <param name="row">The row. Null: none was piped.</param>
    /// <param name="parameter">The parameter.</param>
    /// <exception cref="PartnerCenterException">The script block has nothing to be asked for, or failed.</exception>
    public static object? Ask(object? argument, PSObject? row, string parameter)
    {
        string errorId = parameter switch { "Id" => ErrorIds.InvalidId, "Status" => ErrorIds.InvalidStatus, _ => ErrorIds.InvalidNote };
        if ((argument is PSObject wrapped ? wrapped.BaseObject : argument) is not ScriptBlock script)
        {
            return argument;
        }

        if (row is null)
        {
            throw new PartnerCenterException(errorId, Messages.ScriptNeedsInput.With(parameter));
        }

        try
        {
            // What a block could not read is not left out of a note: its errors end it, unless it says otherwise itself.
            Collection<PSObject> given = script.InvokeWithContext(null, [new PSVariable("_", row), new PSVariable("PSItem", row), new PSVariable("ErrorActionPreference", ActionPreference.Stop)]);
            return given.Count <= 1 ? given.FirstOrDefault()
                : throw new PartnerCenterException(errorId, Messages.ScriptGaveSeveral.With(parameter, given.Count)) { RecommendedAction = Messages.ScriptGaveSeveralAction };
        }
        catch (RuntimeException error)
        {
            throw new PartnerCenterException(errorId, Messages.ScriptFailed.With(parameter, error.Message), error);
        }
    }
}
