using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Journal;

/// <summary>Reads a journal. What a crash leaves at its end is passed over, by bytes; any other damage is an error.</summary>
internal static class JournalReader
{
    private const string Beginning = "{\"type\":\"header\"";

    /// <summary>What a journal has come to.</summary>
    /// <param name="stream">The journal, from its beginning.</param>
    /// <param name="path">Its name, for errors.</param>
    /// <param name="whole">The length in bytes of what is whole.</param>
    /// <exception cref="PartnerCenterException">The file is damaged, or no journal.</exception>
    public static JournalState Read(Stream stream, string path, out long whole)
    {
        JournalState state = new();
        whole = 0;
        long end = 0;
        long number = 0;
        long? firstBad = null;
        foreach ((byte[] bytes, bool isEnded) in Lines(stream))
        {
            number++;
            end += bytes.Length + (isEnded ? 1 : 0);
            bool isSound = isEnded && firstBad is null && JournalLine.Parse(bytes) is { } line && state.TryAdd(line);
            if (isSound)
            {
                whole = end;
                continue;
            }

            if (number == 1 && !IsTornBeginning(bytes, isEnded))
            {
                throw Damaged(path, number);
            }

            if (firstBad is { } bad && isEnded && JournalLine.Parse(bytes) is not null)
            {
                // A line that is whole behind one that is not: no crash leaves that.
                throw Damaged(path, bad);
            }

            firstBad ??= number;
            if (isEnded && JournalLine.Parse(bytes) is not null)
            {
                // It is whole, but says what no journal says.
                throw Damaged(path, number);
            }
        }

        return state;
    }

    /// <summary>The updates of a journal, by their rows.</summary>
    public static IEnumerable<JournalRecord> ReadRecords(Stream stream, string path) => Read(stream, path, out _).Records.OrderBy(record => record.Intent.Row);

    private static bool IsTornBeginning(byte[] bytes, bool isEnded)
    {
        string text = Encoding.UTF8.GetString(bytes);
        return !isEnded && (Beginning.StartsWith(text, StringComparison.Ordinal) || text.StartsWith(Beginning, StringComparison.Ordinal));
    }

    private static IEnumerable<(byte[] Bytes, bool IsEnded)> Lines(Stream stream)
    {
        byte[] buffer = new byte[65536];
        using MemoryStream line = new();
        int count;
        while ((count = stream.Read(buffer, 0, buffer.Length)) > 0)
        {
            int from = 0;
            for (int i = 0; i < count; i++)
            {
                if (buffer[i] == (byte)'\n')
                {
                    line.Write(buffer, from, i - from);
                    from = i + 1;
                    yield return (line.ToArray(), true);
                    line.SetLength(0);
                }
            }

            line.Write(buffer, from, count - from);
        }

        if (line.Length > 0)
        {
            yield return (line.ToArray(), false);
        }
    }

    private static PartnerCenterException Damaged(string path, long line) =>
        new(ErrorIds.InvalidJournal, Messages.InvalidJournal.With(path, line)) { RecommendedAction = Messages.InvalidJournalAction };
}
