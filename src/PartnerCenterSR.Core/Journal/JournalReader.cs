using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Journal;

/// <summary>Reads a journal. A torn last line is what a crash leaves, and is passed over; any other damage is an error.</summary>
internal static class JournalReader
{
    /// <summary>Calls <paramref name="read"/> for every line but the first.</summary>
    /// <returns>The length in bytes of what is whole.</returns>
    /// <exception cref="PartnerCenterException">The file is damaged, or no journal.</exception>
    public static long Read(Stream stream, string path, Action<JournalLine> read)
    {
        using StreamReader reader = new(stream, new UTF8Encoding(false), false, 65536, leaveOpen: true);
        long whole = 0;
        long number = 0;
        string? text = ReadLine(reader, out bool ended);
        while (text is not null)
        {
            number++;
            string? following = ReadLine(reader, out bool followingEnded);
            JournalLine? line = ended ? JournalLine.Parse(text) : null;
            if (line is null || !IsSound(line, number))
            {
                if (following is null && (number > 1 || JournalLine.FirstLine.StartsWith(text, StringComparison.Ordinal)))
                {
                    return whole;
                }

                throw Damaged(path, number);
            }

            whole += Encoding.UTF8.GetByteCount(text) + 1;
            if (number > 1)
            {
                read(line);
            }

            (text, ended) = (following, followingEnded);
        }

        return whole;
    }

    /// <summary>The updates of a journal, by their rows.</summary>
    public static IEnumerable<JournalRecord> ReadRecords(Stream stream, string path)
    {
        Dictionary<string, JournalRecord> records = [];
        Read(stream, path, line =>
        {
            if (line.Type == JournalLine.Intent)
            {
                records[line.Key!] = new(line);
            }
            else if (records.TryGetValue(line.Key!, out JournalRecord? record))
            {
                record.End = line;
            }
        });
        return records.Values.OrderBy(record => record.Intent.Row);
    }

    private static bool IsSound(JournalLine line, long number) => number == 1
        ? line is { Type: JournalLine.Header, Version: JournalLine.CurrentVersion }
        : line.Type switch
        {
            JournalLine.Intent => JournalKey.Parse(line.Key) is not null && line is { Id: not null, RequestId: not null, Time: not null },
            JournalLine.End => JournalKey.Parse(line.Key) is not null && line is { Outcome: not null, Time: not null },
            _ => false,
        };

    private static string? ReadLine(StreamReader reader, out bool ended)
    {
        StringBuilder line = new();
        int next;
        while ((next = reader.Read()) >= 0)
        {
            if (next == '\n')
            {
                ended = true;
                return line.ToString();
            }

            line.Append((char)next);
        }

        ended = false;
        return line.Length == 0 ? null : line.ToString();
    }

    private static PartnerCenterException Damaged(string path, long line) =>
        new(ErrorIds.InvalidJournal, Messages.InvalidJournal.With(path, line)) { RecommendedAction = Messages.InvalidJournalAction };
}
