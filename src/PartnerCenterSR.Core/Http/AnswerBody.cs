using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace PartnerCenterSR.Core.Http;

/// <summary>The bytes of an answer as they come, up to a limit. In borrowed pieces, so that much that is thrown away costs little.</summary>
/// <param name="most">How many bytes there may be, unpacked.</param>
internal sealed class AnswerBody(int most) : IDisposable
{
    private const int PieceSize = 64 * 1024;

    private readonly List<byte[]> _pieces = [];
    private int _length;

    /// <summary>Reads to the end.</summary>
    /// <returns>False: there is more than may be.</returns>
    public async Task<bool> ReadAsync(Stream from, CancellationToken cancellation)
    {
        while (true)
        {
            int used = _length % PieceSize;
            if (used == 0 && _pieces.Count * PieceSize == _length)
            {
                _pieces.Add(ArrayPool<byte>.Shared.Rent(PieceSize));
            }

            byte[] piece = _pieces[_pieces.Count - 1];
            int wanted = Math.Min(PieceSize - used, most + 1 - _length);
#if NET
            int read = await from.ReadAsync(piece.AsMemory(used, wanted), cancellation).ConfigureAwait(false);
#else
            int read = await from.ReadAsync(piece, used, wanted, cancellation).ConfigureAwait(false);
#endif
            _length += read;
            if (read == 0 || _length > most)
            {
                return read == 0;
            }
        }
    }

    /// <summary>What has come so far.</summary>
    public byte[] ToArray()
    {
        byte[] all = new byte[_length];
        for (int i = 0; i * PieceSize < _length; i++)
        {
            Buffer.BlockCopy(_pieces[i], 0, all, i * PieceSize, Math.Min(PieceSize, _length - (i * PieceSize)));
        }

        return all;
    }

    public void Dispose()
    {
        _pieces.ForEach(piece => ArrayPool<byte>.Shared.Return(piece));
        _pieces.Clear();
    }
}
