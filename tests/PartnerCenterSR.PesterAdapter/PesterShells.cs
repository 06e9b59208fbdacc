using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace PartnerCenterSR.PesterAdapter;

/// <summary>The shells of a run: each file gets one that is free, or a new one where none is, or where it says that it needs one of its own.</summary>
internal sealed class PesterShells(PesterSettings settings) : IDisposable
{
    /// <summary>The line at a file's beginning that says so: what it looks at belongs to the process.</summary>
    private const string OfItsOwn = "# Needs a shell of its own";

    private readonly ConcurrentBag<PesterShell> _free = [];

    /// <summary>The tests of a file, not run.</summary>
    public Task<IReadOnlyList<PesterTest>> DiscoverAsync(string file, CancellationToken cancellation) => InvokeAsync(file, [], isRun: false, cancellation);

    /// <summary>The tests of a file, run.</summary>
    /// <param name="file">The file.</param>
    /// <param name="lines">The lines of the tests wanted. Empty: all.</param>
    /// <param name="cancellation">Ends the shell and all it started.</param>
    public Task<IReadOnlyList<PesterTest>> RunAsync(string file, IReadOnlyCollection<int> lines, CancellationToken cancellation) => InvokeAsync(file, lines, isRun: true, cancellation);

    /// <summary>Ends all shells.</summary>
    public void Dispose()
    {
        while (_free.TryTake(out PesterShell? shell))
        {
            shell.Dispose();
        }
    }

    private async Task<IReadOnlyList<PesterTest>> InvokeAsync(string file, IReadOnlyCollection<int> lines, bool isRun, CancellationToken cancellation)
    {
        bool isShared = !isRun || !File.ReadLines(file).Take(3).Any(line => line.StartsWith(OfItsOwn, StringComparison.Ordinal));
        PesterShell shell = isShared && _free.TryTake(out PesterShell? free) ? free : new(settings);
        try
        {
            return await shell.InvokeAsync(file, lines, isRun, cancellation).ConfigureAwait(false);
        }
        finally
        {
            if (isShared && shell.IsSound)
            {
                _free.Add(shell);
            }
            else
            {
                shell.Dispose();
            }
        }
    }
}
