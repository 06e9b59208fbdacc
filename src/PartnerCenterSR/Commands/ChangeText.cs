using System.Collections.Generic;
using PartnerCenterSR.Core.Updates;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Commands;

/// <summary>What an update does, in words.</summary>
internal static class ChangeText
{
    public static string Describe(ServiceRequestChanges changes)
    {
        List<string> parts = [];
        if (changes.Note is { } note)
        {
            parts.Add(Messages.ChangeNote.With(note.Length));
        }

        if (changes.Status is { } status)
        {
            parts.Add(Messages.ChangeStatus.With(status));
        }

        if (changes.Severity is { } severity)
        {
            parts.Add(Messages.ChangeSeverity.With(severity));
        }

        if (changes.Title is { } title)
        {
            parts.Add(Messages.ChangeTitle.With(title));
        }

        if (changes.Description is { } description)
        {
            parts.Add(Messages.ChangeDescription.With(description.Length));
        }

        return string.Join(", ", parts);
    }
}
