using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace B2Sdk.Transfer;

/// <summary>Cuts a stream that gives its bytes once into parts in memory. Buffers of acknowledged parts are used again.</summary>
/// <remarks>
/// One byte beyond a part is read ahead, so that the last part is known to be the last: a file that fits into one part is no large file, and no part is empty.
/// </remarks>
internal sealed class PartReader(Stream stream, long? length, long partSize, bool hashes) : IDisposable
{
    private const int FirstBuffer = 128 * 1024;
    private readonly ConcurrentBag<byte[]> _free = [];
    private readonly byte[] _ahead = new byte[1];
    private readonly IncrementalHash? _sha1 = hashes ? IncrementalHash.CreateHash(HashAlgorithmName.SHA1) : null;
    private bool _hasAhead;
    private long _taken;

    public bool IsAtEnd { get; private set; }

    /// <summary>Reads the first part. Its buffer grows with what comes, as most streams are short.</summary>
    public async Task<MemorySource> ReadFirstAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[Math.Min(partSize, length ?? FirstBuffer)];
        var filled = 0;
        while (true)
        {
            filled += await FillAsync(buffer.AsMemory(filled), cancellationToken).ConfigureAwait(false);
            if (filled < buffer.Length || buffer.Length == partSize || buffer.Length == length)
            {
                break;
            }
            Array.Resize(ref buffer, (int)Math.Min(partSize, buffer.Length * 2L));
        }
        _taken = filled;
        _sha1?.AppendData(buffer, 0, filled);
        await LookAheadAsync(cancellationToken).ConfigureAwait(false);
        return new(buffer.AsMemory(0, filled));
    }

    /// <summary>Gives all parts in order, beginning with the first.</summary>
    public async IAsyncEnumerable<Part> ReadAllAsync(MemorySource first, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new(1, first, 0, first.Length);
        for (var number = 2; !IsAtEnd; number++)
        {
            if (number > PartSizes.MaxParts)
            {
                throw new IOException(
                    $"The stream goes on after {PartSizes.MaxParts} parts of {partSize} bytes, which is as many as B2 takes. State a larger part size."
                );
            }
            var buffer = _free.TryTake(out var used) ? used : GC.AllocateUninitializedArray<byte>((int)partSize);
            buffer[0] = _ahead[0];
            _hasAhead = false;
            var filled = 1 + await FillAsync(buffer.AsMemory(1), cancellationToken).ConfigureAwait(false);
            _taken += filled;
            _sha1?.AppendData(buffer, 0, filled);
            await LookAheadAsync(cancellationToken).ConfigureAwait(false);
            yield return new(number, new MemorySource(buffer.AsMemory(0, filled)), 0, filled, () => _free.Add(buffer));
        }
    }

    /// <summary>The digest of all that was read, once; null from a reader that does not hash.</summary>
    public string? TakeSha1() => _sha1 is null ? null : Convert.ToHexStringLower(_sha1.GetHashAndReset());

    public void Dispose()
    {
        _free.Clear();
        _sha1?.Dispose();
    }

    private async Task<int> FillAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);

    private async Task LookAheadAsync(CancellationToken cancellationToken)
    {
        if (!_hasAhead)
        {
            _hasAhead = await stream.ReadAsync(_ahead, cancellationToken).ConfigureAwait(false) > 0;
        }
        IsAtEnd = !_hasAhead;
        var given = _taken + (_hasAhead ? 1 : 0);
        if (length is { } promised && (given > promised || (IsAtEnd && given < promised)))
        {
            throw new B2ChecksumException(
                $"The stream gave {(IsAtEnd ? "only " : "more than ")}{(IsAtEnd ? given : promised)} bytes, though {promised} were promised; nothing of it was stored."
            );
        }
    }
}
