using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Security;
using System.Text;
using System.Threading.Tasks;
using PartnerCenterSR.Core;
using PartnerCenterSR.Core.Csv;
using PartnerCenterSR.Core.Journal;

namespace PartnerCenterSR.DesktopGuards;

/// <summary>Files, code pages, locks and hashes are what they are on .NET.</summary>
internal static class FileGuards
{
    private const string Id = "616122292874576";
    private static readonly JournalBinding Binding = new("https://api.example", null, null);

    public static IReadOnlyList<(string Promise, Func<Task> Guard)> All =>
    [
        ("code pages are found by number and by name, and throw at what they do not have", () => Run(CodePagesAreThere)),
        ("a file in UTF-8, UTF-16 or a code page is read", () => InFolder(FilesAreRead)),
        ("a journal is one run's, and has after it what it was given", () => InFolder(AJournalIsOneRuns)),
        ("hashes of notes are those of .NET, so that a journal goes from one edition to the other", () => Run(HashesAreTheSame)),
        ("a secure string gives back its text", () => Run(ASecureStringGivesItsText)),
    ];

    private static void CodePagesAreThere()
    {
        foreach ((string name, int number) in new[] { ("windows-1252", 1252), ("shift_jis", 932), ("ibm850", 850) })
        {
            Program.Same(number, CodePages.Get(number)?.CodePage);
            Program.Same(number, CodePages.Get(name)?.CodePage);
        }

        Program.Same(null, CodePages.Get("no such page"));
        Program.Same(null, CodePages.Get(-1));

        // Mono's own code pages replace what they do not have.
        if (Type.GetType("Mono.Runtime") is not null)
        {
            return;
        }

        try
        {
            Program.Same("an exception", CodePages.Get(932)!.GetString([0x81]));
        }
        catch (DecoderFallbackException)
        {
            return;
        }
    }

    private static void FilesAreRead(string folder)
    {
        foreach (Encoding encoding in new[] { new UTF8Encoding(false), new UTF8Encoding(true), Encoding.Unicode, CodePages.Get(1252)! })
        {
            string path = Path.Combine(folder, encoding.WebName + encoding.GetPreamble().Length + ".csv");
            File.WriteAllText(path, $"Id;Note\r\n{Id};\"Grüße; déjà vu\"\r\n", encoding);
            using CsvUpdateFile file = new(path, new(Encoding: encoding.WebName == "windows-1252" ? encoding : null));
            Program.Same("Grüße; déjà vu", file.Rows().Single().Input?.Note);
        }
    }

    private static void AJournalIsOneRuns(string folder)
    {
        string path = Path.Combine(folder, "run.journal");
        using (JournalFile.Open(path, Binding, new(TimeProvider.System)))
        {
            try
            {
                using JournalFile second = JournalFile.Open(path, Binding, new(TimeProvider.System));
                throw new InvalidOperationException("Two runs have it.");
            }
            catch (PartnerCenterException error)
            {
                Program.Same(ErrorIds.JournalInUse, error.ErrorId);
            }
        }

        using JournalFileStore store = JournalFileStore.Open(path);
        store.Truncate(0);
        store.Append(Encoding.ASCII.GetBytes("whole\nhal"));
        store.Truncate(6);
        store.Append(Encoding.ASCII.GetBytes("next\n"));
        store.Flush();
        using StreamReader reader = new(store.Open());
        Program.Same("whole\nnext\n", reader.ReadToEnd());
    }

    /// <summary>The number is what .NET gives; <c>DesktopGuardTests</c> holds that.</summary>
    private static void HashesAreTheSame() => Console.WriteLine("hash: " + NoteText.Hash("Grüße 😀"));

    private static void ASecureStringGivesItsText()
    {
        using SecureString secret = new();
        foreach (char c in "pä$$😀")
        {
            secret.AppendChar(c);
        }

        Program.Same("pä$$😀", new NetworkCredential(string.Empty, secret).Password);
    }

    private static Task Run(Action guard)
    {
        guard();
        return Task.CompletedTask;
    }

    private static Task InFolder(Action<string> guard)
    {
        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Directory.CreateDirectory(folder);
        try
        {
            guard(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return Task.CompletedTask;
    }
}
