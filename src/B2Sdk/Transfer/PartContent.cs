using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using B2Sdk.Diagnostics;
using B2Sdk.Wire;

namespace B2Sdk.Transfer;

/// <summary>One stretch of a source on its way to B2.</summary>
/// <remarks>
/// (1) The stretch is read once, through one pooled buffer. (2) Each piece is hashed while it is sent. (3) Before the last 40 bytes, the digest, the source is asked
/// whether it is still what it was: without a digest B2 stores nothing.
/// </remarks>
internal sealed class PartContent : UploadBody
{
    private const int BufferSize = 256 * 1024;
    private const int DigestLength = 40;

    private readonly UploadSource _source;
    private readonly long _offset;
    private readonly Action<long> _report;
    private readonly string? _expectedSha1;

    public PartContent(UploadSource source, long offset, long length, Action<long> report, string? expectedSha1 = null)
    {
        _source = source;
        _offset = offset;
        Length = length;
        _report = report;
        _expectedSha1 = expectedSha1;
        Headers.ContentLength = length + DigestLength;
    }

    /// <summary>The bytes of the stretch, without the digest.</summary>
    public long Length { get; }

    /// <summary>The digest of what was sent; null until all was.</summary>
    public string? Sha1 { get; private set; }

    protected override bool TryComputeLength(out long length)
    {
        length = Length + DigestLength;
        return true;
    }

    protected override async Task WriteAsync(Stream connection, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(BufferSize, Math.Max(Length, 1)));
        try
        {
            using var sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
            for (long sent = 0; sent < Length; )
            {
                var wanted = (int)Math.Min(buffer.Length, Length - sent);
                var read = await ReadAsync(sent, buffer.AsMemory(0, wanted), cancellationToken).ConfigureAwait(false); // (1)
                sha1.AppendData(buffer, 0, read); // (2)
                await connection.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                sent += read;
                Telemetry.Sent(read);
                BytesMoved?.Invoke();
                _report(sent);
            }
            var digest = Convert.ToHexStringLower(sha1.GetHashAndReset());
            Check(digest); // (3)
            await connection.WriteAsync(Encoding.ASCII.GetBytes(digest), cancellationToken).ConfigureAwait(false);
            Sha1 = digest;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask<int> ReadAsync(long sent, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            var read = await _source.ReadAsync(_offset + sent, buffer, cancellationToken).ConfigureAwait(false);
            return read > 0
                ? read
                : throw new B2ChecksumException(
                    $"The source ended after {_offset + sent} bytes, though it had {_offset + Length} at the beginning; nothing of it was stored."
                );
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw Blame(e);
        }
    }

    private void Check(string digest)
    {
        try
        {
            _source.EnsureUnchanged();
            if (_expectedSha1 is not null && !_expectedSha1.Equals(digest, StringComparison.OrdinalIgnoreCase))
            {
                throw new B2ChecksumException(
                    $"The content has the SHA-1 {digest}, not {_expectedSha1} as it should; nothing of it was stored."
                );
            }
        }
        catch (IOException e)
        {
            throw Blame(e);
        }
    }
}
