using System.Management.Automation;

namespace PartnerCenterSR.Output;

/// <summary>PowerShell's -Skip and -First over a stream of objects.</summary>
internal sealed class PagingWindow(PagingParameters paging)
{
    private ulong _toSkip = paging.Skip;
    private ulong _left = paging.First;

    /// <summary>Whether nothing more is wanted.</summary>
    public bool IsFull => _left == 0;

    /// <summary>Whether the next object is wanted.</summary>
    public bool TryAccept()
    {
        if (_toSkip > 0)
        {
            _toSkip--;
            return false;
        }

        if (_left == 0)
        {
            return false;
        }

        _left--;
        return true;
    }
}
