using System.Text;

namespace PartnerCenterSR.Core.Csv;

/// <summary>How a file is to be read, and what its rows get that it does not have.</summary>
/// <param name="Delimiter">What separates the cells. Null: the file tells.</param>
/// <param name="Encoding">The encoding of a file that does not tell its own. Null: UTF-8, or else the code page of the culture.</param>
/// <param name="Note">The note for every row. Null: each has its own.</param>
/// <param name="Status">The status for every row. Null: likewise.</param>
/// <param name="CustomerId">The customer of every row. Null: likewise.</param>
internal sealed record CsvOptions(char? Delimiter = null, Encoding? Encoding = null, string? Note = null, string? Status = null, string? CustomerId = null);
