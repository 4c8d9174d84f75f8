using System.Buffers;

namespace B2Sdk.Emulator.Http;

/// <summary>Bytes that are written before it is known how many they are, in pieces of memory that are borrowed.</summary>
/// <remarks>Not thread-safe. A page of 10,000 files has megabytes, which would be garbage of the costly kind if they were not borrowed.</remarks>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int FirstSize = 4096;
    private const int LargestSize = 256 * 1024;
    private readonly List<(byte[] Bytes, int Count)> _full = [];
    private byte[] _last = ArrayPool<byte>.Shared.Rent(FirstSize);
    private int _count;

    public int Length => _full.Sum(piece => piece.Count) + _count;

    /// <summary>What was written, in order.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Pieces =>
        _full.Select(piece => (ReadOnlyMemory<byte>)piece.Bytes.AsMemory(0, piece.Count)).Append(_last.AsMemory(0, _count));

    public byte[] ToArray()
    {
        var all = new byte[Length];
        var position = 0;
        foreach (var piece in Pieces)
        {
            piece.CopyTo(all.AsMemory(position));
            position += piece.Length;
        }
        return all;
    }

    public void Advance(int count) => _count += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Require(sizeHint);
        return _last.AsMemory(_count);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose()
    {
        foreach (var (bytes, _) in _full)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
        _full.Clear();
        if (_last.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_last);
        }
        _last = [];
        _count = 0;
    }

    private void Require(int more)
    {
        if (_last.Length - _count >= Math.Max(more, 1))
        {
            return;
        }
        _full.Add((_last, _count));
        _last = ArrayPool<byte>.Shared.Rent(Math.Max(more, Math.Min(_last.Length * 2, LargestSize)));
        _count = 0;
    }
}
