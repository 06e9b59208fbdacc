using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core;

/// <summary>Whether an update can be sent.</summary>
internal static class UpdateValidator
{
    private static readonly Regex PossibleId = new(
        @"^([0-9]{1,10}|[0-9]{15}|[0-9]{16}|[0-9]-[0-9]{13})\z", RegexOptions.CultureInvariant);

    /// <summary>What Guid reads may be less: it takes signs and other forms of digits.</summary>
    private static readonly Regex PossibleGuid = new(@"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\z", RegexOptions.CultureInvariant);

    /// <summary>What spreadsheets and databases write, in whatever language, where they have no value; and what programs write of an object.</summary>
    private static readonly Regex Literal = new(
        @"^(#+|#[¡¿]?[\p{Lu}_]+(/[\p{Lu}0])?[!?]|#\p{Lu}+/\p{Lu}|#N[VAD]|#N\.?/?[AD]\.?|#GETTING_DATA|#(Error|Deleted|(Name|Num|Type|Size|Func|Div/0)[!?])|Err:\d+|NULL|\(null\)|\[NULL\]|<NULL>|\\N|NaN|(System|PartnerCenterSR)\.[\w.\[\],`+]+|@\{.*\})$",
        RegexOptions.CultureInvariant);

    /// <summary>An id in the armour of a spreadsheet or a program, taken off only where what is left is exact: of a number with a fraction, fifteen digits.</summary>
    private static readonly Regex Armour = new("""^(?:="(?<id>[^"]*)"|'(?<id>.*)|(?<id>[0-9]{1,15})[.,]0{1,2})$""", RegexOptions.CultureInvariant);

    private static readonly Regex Mangled = new(@"^([0-9]([.,][0-9]+)?[eE]\+?[0-9]+|[0-9]{16,}[.,]0+)$", RegexOptions.CultureInvariant);

    /// <param name="input">The update as written.</param>
    /// <param name="common">What changes beside it on every request.</param>
    /// <exception cref="PartnerCenterException">It cannot be sent.</exception>
    public static ServiceRequestUpdate Validate(UpdateInput input, ServiceRequestChanges common)
    {
        if (!string.IsNullOrWhiteSpace(input.OwnNote) && string.IsNullOrWhiteSpace(input.Note))
        {
            throw new PartnerCenterException(ErrorIds.InvalidNote, Messages.ExportNewNote);
        }

        ServiceRequestUpdate update = new(input.Row, Id(input.Id), CustomerId(input.CustomerId), common with
        {
            Note = string.IsNullOrWhiteSpace(input.Note) ? common.Note : Text(input.Note!.Trim()),
            Status = Status(input.Status) ?? common.Status,
            Severity = common.Severity ?? Severity(input.Severity),
            Title = common.Title ?? (string.IsNullOrWhiteSpace(input.Title) ? null : Text(input.Title!)),
            Description = common.Description ?? (string.IsNullOrWhiteSpace(input.Description) ? null : Text(input.Description!)),
        }, input.Location, input.Source);
        return update.Changes.IsEmpty
            ? throw new PartnerCenterException(ErrorIds.NothingToUpdate, Messages.NothingToUpdate)
            : update;
    }

    /// <summary>Whether a request can have this id.</summary>
    public static bool IsId(string id) => PossibleId.IsMatch(id) || PossibleGuid.IsMatch(id);

    /// <exception cref="PartnerCenterException">No request can have this id.</exception>
    public static string Id(string? text)
    {
        string id = Bare(text);
        if (IsId(id))
        {
            return id;
        }

        throw Mangled.IsMatch(id) ? new PartnerCenterException(ErrorIds.MangledId, Messages.MangledId.With(id))
            : id.Length == 0 ? new PartnerCenterException(ErrorIds.InvalidId, Messages.MissingId)
            : new PartnerCenterException(ErrorIds.InvalidId, Messages.InvalidId.With(id)) { RecommendedAction = Messages.InvalidIdAction };
    }

    /// <summary>Whether a text is an id in the armour that keeps a spreadsheet from shortening it.</summary>
    public static bool IsArmoured(string text) => Armour.IsMatch(text.Trim());

    private static string Bare(string? text)
    {
        string id = new([.. (text ?? string.Empty).Where(c => char.GetUnicodeCategory(c) != UnicodeCategory.Format)]);
        Match armour = Armour.Match(id.Trim());
        return (armour.Success ? armour.Groups["id"].Value : id).Trim();
    }

    /// <exception cref="PartnerCenterException">It is no note that anybody wrote.</exception>
    public static string Text(string text)
    {
        bool isBroken = text.IndexOf('\uFFFD') >= 0
            || Enumerable.Range(0, text.Length).Any(i => char.IsSurrogate(text[i]) && !char.IsSurrogatePair(text, i) && !(i > 0 && char.IsSurrogatePair(text, i - 1)));
        return isBroken ? throw new PartnerCenterException(ErrorIds.InvalidNote, Messages.NoteIsBroken.With(text)) { RecommendedAction = Messages.NoteIsBrokenAction }
            : Literal.IsMatch(text) ? throw new PartnerCenterException(ErrorIds.InvalidNote, Messages.NoteIsLiteral.With(text))
            : text;
    }

    /// <returns>Null: none given.</returns>
    /// <exception cref="PartnerCenterException">No customer can have this id.</exception>
    public static string? CustomerId(string? text)
    {
        string id = text?.Trim() ?? string.Empty;
        return id.Length == 0 ? null
            : Guid.TryParse(id, out Guid customer) && !id.Any(c => c is '+' or 'x' or 'X' || char.IsWhiteSpace(c)) ? customer.ToString("D")
            : throw new PartnerCenterException(ErrorIds.InvalidId, Messages.InvalidCustomerId.With(id));
    }

    /// <returns>Null: none given.</returns>
    /// <exception cref="PartnerCenterException">There is no such state, or a request cannot be put into it.</exception>
    public static ServiceRequestStatus? Status(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        return WireWords.TryParseStatus(text!.Trim(), out ServiceRequestStatus status)
            && status is ServiceRequestStatus.Open or ServiceRequestStatus.Closed or ServiceRequestStatus.AttentionNeeded
            ? status
            : throw new PartnerCenterException(ErrorIds.InvalidStatus, Messages.InvalidStatus.With(text!.Trim()))
            {
                RecommendedAction = Messages.InvalidStatusAction,
            };
    }

    /// <returns>Null: none given.</returns>
    /// <exception cref="PartnerCenterException">There is no such severity.</exception>
    private static ServiceRequestSeverity? Severity(string? text) => string.IsNullOrWhiteSpace(text) ? null
        : WireWords.Severity(text!.Trim()) is { Value: not ServiceRequestSeverity.Unknown and var severity } ? severity
        : throw new PartnerCenterException(ErrorIds.InvalidStatus, Messages.InvalidSeverity.With(text!.Trim()));

    /// <summary>A state to look for, which may be any that a request can have.</summary>
    /// <exception cref="PartnerCenterException">There is no such state.</exception>
    public static ServiceRequestStatus AnyStatus(string? text) => WireWords.TryParseStatus(text?.Trim() ?? string.Empty, out ServiceRequestStatus status)
        ? status
        : throw new PartnerCenterException(ErrorIds.InvalidStatus, Messages.NoSuchStatus.With(text, string.Join(", ", Enum.GetNames(typeof(ServiceRequestStatus)))));
}
