using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace B2Sdk.Benchmarks;

/// <summary>How an emulator deals with large files.</summary>
internal static class BigFiles
{
    private const int BlockSize = 1024 * 1024;

    /// <summary>Uploads one file; prints the seconds that it takes to write its bytes to a disk and hash them, and those that the upload takes.</summary>
    public static async Task<int> UploadAsync(Account account, string bucket, long bytes, string scratch)
    {
        var block = RandomNumberGenerator.GetBytes(BlockSize);
        var clock = Stopwatch.StartNew();
        var sha1 = await WriteAsync(scratch, block, bytes);
        var floor = clock.Elapsed.TotalSeconds;
        File.Delete(scratch);

        clock.Restart();
        using var connection = await Connection.OpenAsync(account.Url);
        await SendAsync(account, connection, await account.CreateBucketAsync(connection, bucket), block, bytes, sha1);
        return EmulatorMeasures.Print(floor, clock.Elapsed.TotalSeconds);
    }

    /// <summary>Makes one huge file: its first part is sent as a file of zeros, and all its parts are copies of that. Prints its length and the seconds.</summary>
    public static async Task<int> AssembleAsync(Account account, string bucket, long parts, long partSize)
    {
        var clock = Stopwatch.StartNew();
        using var connection = await Connection.OpenAsync(account.Url);
        var bucketId = await account.CreateBucketAsync(connection, bucket);
        var sha1 = await WriteAsync(path: null, new byte[BlockSize], partSize);
        var sourceId = await SendAsync(account, connection, bucketId, new byte[BlockSize], partSize, sha1);
        using var started = await account.CallAsync(
            connection,
            "b2_start_large_file",
            $$"""{"bucketId":"{{bucketId}}","fileName":"huge.bin","contentType":"b2/x-auto"}"""
        );
        var fileId = Account.Text(started, "fileId");
        for (var number = 1; number <= parts; number++)
        {
            await connection.CallAsync(
                account.Request(
                    "b2_copy_part",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $$"""{"sourceFileId":"{{sourceId}}","largeFileId":"{{fileId}}","partNumber":{{number}}}"""
                    )
                )
            );
        }
        var digests = string.Join(',', Enumerable.Repeat($"\"{sha1}\"", (int)parts));
        using var finished = await account.CallAsync(
            connection,
            "b2_finish_large_file",
            $$"""{"fileId":"{{fileId}}","partSha1Array":[{{digests}}]}"""
        );
        return EmulatorMeasures.Print(finished.RootElement.GetProperty("contentLength").GetInt64(), clock.Elapsed.TotalSeconds);
    }

    private static async Task<string> SendAsync(
        Account account,
        Connection connection,
        string bucketId,
        ReadOnlyMemory<byte> block,
        long bytes,
        string sha1
    )
    {
        var target = await account.GetUploadUrlAsync(connection, bucketId);
        await connection.SendAsync(account.UploadHead(target, "big.bin", bytes, sha1));
        for (var left = bytes; left > 0; left -= BlockSize)
        {
            await connection.SendAsync(block[..(int)Math.Min(BlockSize, left)]);
        }
        using var answer = JsonDocument.Parse(await connection.ReceiveAsync());
        return Account.Text(answer, "fileId");
    }

    /// <summary>Hashes bytes as B2 does, SHA-1 and MD5, while they are written; returns their SHA-1. Without a path they are not written, and only that is computed.</summary>
    private static async Task<string> WriteAsync(string? path, byte[] block, long bytes)
    {
        using var sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        await using var file = path is null ? null : new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var left = bytes; left > 0; left -= BlockSize)
        {
            var part = block.AsMemory(0, (int)Math.Min(BlockSize, left));
            sha1.AppendData(part.Span);
            if (file is not null)
            {
                md5.AppendData(part.Span);
                await file.WriteAsync(part);
            }
        }
        file?.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(sha1.GetHashAndReset());
    }
}
