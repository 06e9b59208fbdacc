using System;
using System.Threading;
using System.Threading.Tasks;

namespace PartnerCenterSR.Core.Updates;

/// <summary>The place of one update among those under way. What it waits for, it waits for outside.</summary>
internal sealed class UpdatePlace(Places places, Clock clock, CancellationToken cancellation)
{
    private bool _isTaken;

    public async Task TakeAsync()
    {
        await places.EnterAsync(cancellation).ConfigureAwait(false);
        _isTaken = true;
    }

    public void Leave()
    {
        if (_isTaken)
        {
            _isTaken = false;
            places.Leave();
        }
    }

    public async Task WaitAsync(TimeSpan time)
    {
        Leave();
        await clock.DelayAsync(time, cancellation).ConfigureAwait(false);
        await TakeAsync().ConfigureAwait(false);
    }
}
