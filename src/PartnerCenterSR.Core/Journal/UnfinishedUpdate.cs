using System;

namespace PartnerCenterSR.Core.Journal;

/// <summary>An update that an earlier run began and whose outcome it did not write down.</summary>
/// <param name="RequestId">Its MS-RequestId, which it keeps.</param>
/// <param name="Began">When the earlier run wrote down its intent.</param>
/// <param name="Earlier">Identical notes that came just before it. Null: it adds no note.</param>
internal sealed record UnfinishedUpdate(string RequestId, DateTimeOffset Began, RecentNotes.Earlier? Earlier);
