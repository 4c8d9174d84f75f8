using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace B2Sdk.Benchmarks;

/// <summary>How quickly an emulator does the small things.</summary>
internal static class EmulatorMeasures
{
    private const int Connections = 16;
    private const int Rounds = 11;

    /// <summary>Prints the seconds from starting the program to the line that says it is ready: median and best.</summary>
    public static async Task<int> StartAsync(string b2)
    {
        var seconds = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            using var process = Process.Start(
                new ProcessStartInfo(b2, ["emulator", "--port", "0", "--json"]) { RedirectStandardOutput = true, UseShellExecute = false }
            )!;
            var line = await process.StandardOutput.ReadLineAsync();
            seconds.Add(clock.Elapsed.TotalSeconds);
            process.Kill();
            await process.WaitForExitAsync();
            if (line is null)
            {
                throw new InvalidOperationException("The emulator did not say that it is ready.");
            }
        }
        seconds.Sort();
        return Print(seconds[seconds.Count / 2], seconds[0]);
    }

    /// <summary>Prints the milliseconds that a reset takes: median and best.</summary>
    public static async Task<int> ResetAsync(Uri url)
    {
        using var connection = await Connection.OpenAsync(url);
        var request = Encoding.UTF8.GetBytes(
            $"POST /_emulator/reset HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n"
        );
        var milliseconds = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            await connection.CallAsync(request);
            milliseconds.Add(clock.Elapsed.TotalMilliseconds);
        }
        milliseconds.Sort();
        return Print(milliseconds[milliseconds.Count / 2], milliseconds[0]);
    }

    /// <summary>Fills a new bucket with files, all but the first copies of it: a copy has no bytes of its own to send or to keep.</summary>
    public static async Task<int> FillAsync(Account account, string bucket, long count)
    {
        using var first = await Connection.OpenAsync(account.Url);
        var bucketId = await account.CreateBucketAsync(first, bucket);
        var target = await account.GetUploadUrlAsync(first, bucketId);
        var content = "A small file."u8.ToArray();
        using var source = JsonDocument.Parse(
            await first.CallAsync((byte[])[.. account.UploadHead(target, Name(0), content.Length, Sha1(content)), .. content])
        );
        var sourceId = Account.Text(source, "fileId");
        return await RunAsync(
            account,
            count - 1,
            connection =>
                Task.FromResult<Func<long, Task>>(number =>
                    connection.CallAsync(
                        account.Request("b2_copy_file", $$"""{"sourceFileId":"{{sourceId}}","fileName":"{{Name(number + 1)}}"}""")
                    )
                )
        );
    }

    /// <summary>Uploads files of 1 KB; prints how many a second.</summary>
    public static async Task<int> UploadSmallAsync(Account account, string bucket, long count)
    {
        using var first = await Connection.OpenAsync(account.Url);
        var bucketId = await account.CreateBucketAsync(first, bucket);
        var content = RandomNumberGenerator.GetBytes(1000);
        var sha1 = Sha1(content);
        return await RunAsync(
            account,
            count,
            async connection =>
            {
                var target = await account.GetUploadUrlAsync(connection, bucketId);
                return number =>
                    connection.CallAsync((byte[])[.. account.UploadHead(target, Name(number), content.Length, sha1), .. content]);
            }
        );
    }

    /// <summary>Lists a bucket in pages of so many rows; prints rows, seconds, and the milliseconds of a page: quickest, median, 99 of 100, and slowest.</summary>
    public static async Task<int> ListAsync(Account account, string bucket, long pageSize)
    {
        using var connection = await Connection.OpenAsync(account.Url);
        var bucketId = await account.FindBucketAsync(connection, bucket);
        var milliseconds = new List<double>();
        long rows = 0;
        string? next = "";
        var all = Stopwatch.StartNew();
        do
        {
            var request = account.Request(
                "b2_list_file_names",
                $$"""{"bucketId":"{{bucketId}}","startFileName":"{{next}}","maxFileCount":{{pageSize}}}"""
            );
            var clock = Stopwatch.StartNew();
            var page = await connection.CallAsync(request);
            milliseconds.Add(clock.Elapsed.TotalMilliseconds);
            using var answer = JsonDocument.Parse(page);
            rows += answer.RootElement.GetProperty("files").GetArrayLength();
            next = answer.RootElement.GetProperty("nextFileName").GetString();
        } while (next is not null);
        var seconds = all.Elapsed.TotalSeconds;
        milliseconds.Sort();
        return Print(
            rows,
            seconds,
            milliseconds[0],
            milliseconds[milliseconds.Count / 2],
            milliseconds[milliseconds.Count * 99 / 100],
            milliseconds[^1]
        );
    }

    public static string Sha1(ReadOnlySpan<byte> content) =>
#pragma warning disable CA5350 // B2's digest.
        Convert.ToHexStringLower(SHA1.HashData(content));
#pragma warning restore CA5350

    public static int Print(params ReadOnlySpan<double> figures)
    {
        foreach (var figure in figures)
        {
            Console.Write(figure.ToString("0.####", CultureInfo.InvariantCulture) + " ");
        }
        Console.WriteLine();
        return 0;
    }

    /// <summary>Does something a number of times over all connections; prints how often a second.</summary>
    private static async Task<int> RunAsync(Account account, long count, Func<Connection, Task<Func<long, Task>>> prepare)
    {
        var taken = -1L;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => WorkAsync()));
        return Print(count / clock.Elapsed.TotalSeconds);

        async Task WorkAsync()
        {
            using var connection = await Connection.OpenAsync(account.Url);
            var act = await prepare(connection);
            long number;
            while ((number = Interlocked.Increment(ref taken)) < count)
            {
                await act(number);
            }
        }
    }

    // A name as people have them: folders, and some length.
    private static string Name(long number) =>
        string.Create(CultureInfo.InvariantCulture, $"photos/{number / 10_000:0000}/holiday-{number:00000000}.jpg");
}
