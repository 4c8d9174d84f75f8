using System.Buffers;
using System.Security.Cryptography;
using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;
using Microsoft.Win32.SafeHandles;

namespace B2Sdk.Emulator.Storage;

internal sealed partial class Store
{
    /// <summary>Up to this many bytes are kept in the database, where they are committed with all that is known of them.</summary>
    private const int LargestInDatabase = 64 * 1024;

    /// <summary>Up to this many bytes are kept even where others are not: what clients note down for themselves.</summary>
    private const int LargestInSparse = 4096;

    private const int BufferSize = 256 * 1024;

    /// <summary>Takes bytes in, hashing them as they pass. When it returns they are safe; when it throws they are gone.</summary>
    /// <exception cref="EndOfStreamException">There were fewer bytes than promised.</exception>
    public async Task<NewBlob> ReceiveAsync(Stream body, long length, CancellationToken cancellationToken)
    {
        using var sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        if (_options.IsSparse && length > LargestInSparse)
        {
            return await ReceiveAndForgetAsync(body, length, sha1, md5, cancellationToken);
        }
        var id = NextBlob(isFile: length > LargestInDatabase);
        if (length <= LargestInDatabase)
        {
            var bytes = new byte[length];
            await body.ReadExactlyAsync(bytes, cancellationToken);
            sha1.AppendData(bytes);
            md5.AppendData(bytes);
            return new(this, id, bytes, fill: null, length, Digest(sha1), Digest(md5));
        }

        try
        {
            await ReceiveIntoFileAsync(id, body, length, sha1, md5, cancellationToken);
        }
        catch
        {
            Blobs.Delete(id);
            HasArrived(id);
            throw;
        }
        return new(this, id, bytes: null, fill: null, length, Digest(sha1), Digest(md5));
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
            var (bytes, fill) = await FindBytesAsync(segment.Blob);
            if (bytes is not null)
            {
                await take(bytes.AsMemory((int)segment.Start, (int)segment.Length));
            }
            else if (fill is { } number)
            {
                await MakeUpAsync(number, segment, take, cancellationToken);
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
        IncrementalHash sha1,
        IncrementalHash md5,
        CancellationToken cancellationToken
    )
    {
        using var file = Blobs.Create(id);
        // While one buffer is filled from the network, the other is hashed and written.
        byte[][] buffers = [ArrayPool<byte>.Shared.Rent(BufferSize), ArrayPool<byte>.Shared.Rent(BufferSize)];
        var work = Task.CompletedTask;
        try
        {
            var turn = 0;
            for (long position = 0; position < length; turn ^= 1)
            {
                var buffer = buffers[turn].AsMemory(0, (int)Math.Min(BufferSize, length - position));
                await body.ReadExactlyAsync(buffer, cancellationToken);
                await work;
                work = TakeAsync(file, buffer, position, sha1, md5);
                position += buffer.Length;
            }
            await work;
            Blobs.Flush(file, id);
        }
        finally
        {
            // A buffer is given back when nobody reads it any more.
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Array.ForEach(buffers, buffer => ArrayPool<byte>.Shared.Return(buffer));
        }
    }

    private static Task TakeAsync(
        SafeFileHandle file,
        ReadOnlyMemory<byte> bytes,
        long position,
        IncrementalHash sha1,
        IncrementalHash md5
    ) =>
        Task.WhenAll(
            Task.Run(() => md5.AppendData(bytes.Span)),
            Task.Run(() =>
            {
                sha1.AppendData(bytes.Span);
                RandomAccess.Write(file, bytes.Span, position);
            })
        );

    private async Task SendFromFileAsync(Segment segment, Func<ReadOnlyMemory<byte>, ValueTask> take, CancellationToken cancellationToken)
    {
        using var file = Blobs.TryOpen(segment.Blob) ?? throw Gone();
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

    private static async Task MakeUpAsync(
        long number,
        Segment segment,
        Func<ReadOnlyMemory<byte>, ValueTask> take,
        CancellationToken cancellationToken
    )
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            for (long sent = 0; sent < segment.Length; )
            {
                cancellationToken.ThrowIfCancellationRequested();
                var count = (int)Math.Min(BufferSize, segment.Length - sent);
                MadeUpBytes.Write(number, segment.Start + sent, buffer.AsSpan(0, count));
                await take(buffer.AsMemory(0, count));
                sent += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Hashes bytes and lets them go. What is all one byte can be made again; what is not gets noise to stand in for it.</summary>
    private async Task<NewBlob> ReceiveAndForgetAsync(
        Stream body,
        long length,
        IncrementalHash sha1,
        IncrementalHash md5,
        CancellationToken cancellationToken
    )
    {
        var id = NextBlob(isFile: false);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            byte? only = null;
            var isOne = true;
            for (long position = 0; position < length; )
            {
                var bytes = buffer.AsMemory(0, (int)Math.Min(BufferSize, length - position));
                await body.ReadExactlyAsync(bytes, cancellationToken);
                sha1.AppendData(bytes.Span);
                md5.AppendData(bytes.Span);
                only ??= bytes.Span[0];
                isOne = isOne && !bytes.Span.ContainsAnyExcept(only.Value);
                position += bytes.Length;
            }
            return new(this, id, bytes: null, fill: isOne ? only : -id, length, Digest(sha1), Digest(md5));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<(byte[]? Bytes, long? Fill)> FindBytesAsync(long blob) =>
        await _database.RunAsync(sql =>
        {
            using var row = sql.Query("SELECT bytes, fill FROM blobs WHERE id = $1", blob);
            return row.Read()
                ? (row.IsDBNull(0) ? null : row.GetFieldValue<byte[]>(0), row.IsDBNull(1) ? (long?)null : row.GetInt64(1))
                : throw Gone();
        });

    // Somebody deleted it since its version was looked up.
    private static Refusal Gone() => Refusal.NotFound("The file has just been deleted");

    private static string Digest(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());
}
