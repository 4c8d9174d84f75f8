using System.Buffers;
using System.Security.Cryptography;
using B2Sdk.Emulator.Rules;

namespace B2Sdk.Emulator.Storage;

internal sealed partial class Store
{
    /// <summary>Up to this many bytes are kept in the database, where they are committed with all that is known of them.</summary>
    private const int LargestInDatabase = 64 * 1024;

    private const int BufferSize = 256 * 1024;

    /// <summary>Takes bytes in, hashing them as they pass. When it returns they are safe; when it throws they are gone.</summary>
    /// <exception cref="EndOfStreamException">There were fewer bytes than promised.</exception>
    public async Task<NewBlob> ReceiveAsync(Stream body, long length, CancellationToken cancellationToken)
    {
        using var sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var id = NextBlob(isFile: length > LargestInDatabase);
        if (length <= LargestInDatabase)
        {
            var bytes = new byte[length];
            await body.ReadExactlyAsync(bytes, cancellationToken);
            sha1.AppendData(bytes);
            md5.AppendData(bytes);
            return new(this, id, bytes, length, Digest(sha1), Digest(md5));
        }

        try
        {
            await ReceiveIntoFileAsync(id, body, length, [sha1, md5], cancellationToken);
        }
        catch
        {
            Blobs.Delete(id);
            HasArrived(id);
            throw;
        }
        return new(this, id, bytes: null, length, Digest(sha1), Digest(md5));
    }

    /// <summary>Hands on the bytes of a stretch in order.</summary>
    public async Task SendAsync(
        IReadOnlyList<Segment> segments,
        ByteStretch stretch,
        Func<ReadOnlyMemory<byte>, ValueTask> take,
        CancellationToken cancellationToken
    )
    {
        foreach (var segment in Cut(segments, stretch))
        {
            if (await FindBytesAsync(segment.Blob) is { } bytes)
            {
                await take(bytes.AsMemory((int)segment.Start, (int)segment.Length));
            }
            else
            {
                await SendFromFileAsync(segment, take, cancellationToken);
            }
        }
    }

    /// <summary>Hashes a stretch.</summary>
    public async Task<(string Sha1, string Md5)> HashAsync(
        IReadOnlyList<Segment> segments,
        ByteStretch stretch,
        CancellationToken cancellationToken
    )
    {
        using var sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        await SendAsync(
            segments,
            stretch,
            bytes =>
            {
                sha1.AppendData(bytes.Span);
                md5.AppendData(bytes.Span);
                return default;
            },
            cancellationToken
        );
        return (Digest(sha1), Digest(md5));
    }

    private async Task ReceiveIntoFileAsync(
        long id,
        Stream body,
        long length,
        IncrementalHash[] hashes,
        CancellationToken cancellationToken
    )
    {
        using var file = Blobs.Create(id);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            for (long position = 0; position < length; )
            {
                var wanted = (int)Math.Min(buffer.Length, length - position);
                // A full buffer makes one write; the network gives a few kilobytes at a time.
                var read = await body.ReadAtLeastAsync(buffer.AsMemory(0, wanted), wanted, throwOnEndOfStream: true, cancellationToken);
                foreach (var hash in hashes)
                {
                    hash.AppendData(buffer, 0, read);
                }
                RandomAccess.Write(file, buffer.AsSpan(0, read), position);
                position += read;
            }
            if (IsDurable)
            {
                RandomAccess.FlushToDisk(file);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task SendFromFileAsync(Segment segment, Func<ReadOnlyMemory<byte>, ValueTask> take, CancellationToken cancellationToken)
    {
        using var file = Blobs.Open(segment.Blob);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            for (long sent = 0; sent < segment.Length; )
            {
                var wanted = (int)Math.Min(buffer.Length, segment.Length - sent);
                var read = await RandomAccess.ReadAsync(file, buffer.AsMemory(0, wanted), segment.Start + sent, cancellationToken);
                if (read == 0)
                {
                    throw new EndOfStreamException($"The blob {segment.Blob} is shorter than what is known of it.");
                }
                await take(buffer.AsMemory(0, read));
                sent += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<byte[]?> FindBytesAsync(long blob) =>
        await _database.RunAsync(sql =>
            sql.Find("SELECT bytes FROM blobs WHERE id = $1 AND bytes IS NOT NULL", row => row.GetFieldValue<byte[]>(0), blob)
        );

    private static string Digest(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());
}
