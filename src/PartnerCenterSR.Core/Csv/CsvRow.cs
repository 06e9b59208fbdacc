
namespace PartnerCenterSR.Core.Csv;

/// <summary>A row of a file of updates.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Input">The update as written. Null: the row is no row.</param>
/// <param name="Problem">Why the row is no row. Null: it is one.</param>
internal sealed record CsvRow(long Line, UpdateInput? Input, string? Problem);
