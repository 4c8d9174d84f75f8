using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using B2Sdk.Tests.Processes;

namespace B2Sdk.KillStorm;

/// <summary>Workers against one data folder, whose emulator is killed under them.</summary>
internal sealed class Storm(string b2, string data, int seed)
{
    private const int WorkerCount = 8;
    private const int LargestInDatabase = 64 * 1024;
    private const int PageSize = 1_000;

    // Beyond this many calls a listing does not end.
    private const int MostPages = 1_000;
    private readonly Random _random = new(seed);
    private readonly Dictionary<string, int> _happened = new(StringComparer.Ordinal);
    private List<Worker> _workers = [];
    private int _undone;

    public async Task RunAsync(int kills)
    {
        var port = FindPort();
        var clock = Stopwatch.StartNew();
        using var wire = new WireClient(new Uri($"http://127.0.0.1:{port}"));
        string bucketId;
        await using (var first = await StartAsync(port))
        {
            // Once: tokens and upload URLs are to outlive every kill.
            await wire.AuthorizeAsync(first.KeyId, first.Key);
            bucketId = await wire.CreateBucketAsync("kill-storm");
            _workers = [.. Enumerable.Range(0, WorkerCount).Select(i => new Worker(wire, bucketId, $"w{i}/", new Random(seed + i)))];
        }

        for (var kill = 1; kill <= kills; kill++)
        {
            await using (var emulator = await StartAsync(port))
            {
                await ProveAsync(wire, bucketId, readsAll: false);
                var storm = _workers.Select(worker => Task.Run(worker.RunAsync)).ToList();
                await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(5, 500)), TimeProvider.System);
                await emulator.KillAsync();
                await Task.WhenAll(storm);
            }
        }

        await using var last = await StartAsync(port);
        await ProveAsync(wire, bucketId, readsAll: true);
        Console.WriteLine(
            $"{kills} kills in {clock.Elapsed.TotalSeconds:0} s: {_workers.Sum(worker => worker.Acknowledged):n0} acknowledged steps, all there and right; "
                + $"unanswered when killed: {_undone} had not happened, {_happened.Values.Sum()} had, whole ({string.Join(", ", _happened.Select(entry => $"{entry.Key} {entry.Value}"))}); "
                + $"{_workers.Sum(worker => worker.Versions.Count)} versions at the end, and no byte beside them"
        );
    }

    private Task<EmulatorProcess> StartAsync(int port) =>
        EmulatorProcess.StartAsync(b2, "--port", $"{port}", "--data", data, "--min-part-size", "1000", "--recommended-part-size", "1000");

    private static int FindPort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private async Task ProveAsync(WireClient wire, string bucketId, bool readsAll)
    {
        var found = await ListAsync(wire, bucketId);
        foreach (var worker in _workers)
        {
            Settle(worker, found);
            foreach (var expected in worker.Versions.Values)
            {
                if (!found.Remove(expected.FileId, out var actual))
                {
                    throw new WrongStateException($"Acknowledged, and gone: {Describe(expected)}");
                }
                if (!IsSame(expected, actual))
                {
                    throw new WrongStateException($"Acknowledged as {Describe(expected)}, found as {Describe(actual)}");
                }
            }
        }
        if (found.Count > 0)
        {
            throw new WrongStateException($"Never asked for, or undone, and there: {Describe(found.Values.First())}");
        }
        await ReadBackAsync(wire, readsAll);
        CompareFolder();
    }

    /// <summary>Finds out whether what a worker was not answered has happened.</summary>
    private void Settle(Worker worker, Dictionary<string, Version> found)
    {
        if (worker.Pending is not { } pending)
        {
            return;
        }
        worker.Pending = null;
        var hasHappened = false;
        if (pending.Appears is { } appears)
        {
            var made = found.Values.FirstOrDefault(version =>
                !worker.Versions.ContainsKey(version.FileId)
                && version.Name == appears.Name
                && IsSame(appears with { FileId = version.FileId }, version)
            );
            if (made is not null)
            {
                worker.Keep(appears with { FileId = made.FileId });
                hasHappened = true;
            }
        }
        else if (pending.Changes is { } changes)
        {
            hasHappened = found.TryGetValue(changes.FileId, out var actual)
                ? pending.After is { } after && IsSame(after, actual)
                : pending.After is null;
            if (hasHappened)
            {
                worker.Forget(changes.FileId);
                if (pending.After is { } next)
                {
                    worker.Keep(next);
                }
            }
        }
        _undone += hasHappened ? 0 : 1;
        if (hasHappened)
        {
            _happened[pending.Kind] = _happened.GetValueOrDefault(pending.Kind) + 1;
        }
    }

    private async Task ReadBackAsync(WireClient wire, bool readsAll)
    {
        foreach (var worker in _workers)
        {
            foreach (
                var version in worker.Versions.Values.Where(version =>
                    version.Action == "upload" && (readsAll || worker.Unread.Contains(version.FileId))
                )
            )
            {
                await ReadBackAsync(wire, version);
            }
            worker.Unread.Clear();
        }
    }

    private static async Task ReadBackAsync(WireClient wire, Version version)
    {
        long start = 0;
        foreach (var content in version.Parts.Values)
        {
            var range = content.Length == 0 ? null : new RangeHeaderValue(start, start + content.Length - 1);
            var (length, sha1) = await wire.DownloadAsync(version.FileId, range);
            if (length != content.Length || sha1 != content.Sha1)
            {
                throw new WrongStateException($"Downloaded from {start} as {length} bytes with the SHA-1 {sha1}: {Describe(version)}");
            }
            start += content.Length;
        }
    }

    /// <summary>The files of the data folder are the contents of what is there, each once, and none besides.</summary>
    private void CompareFolder()
    {
        var expected = _workers
            .SelectMany(worker => worker.Versions.Values)
            .SelectMany(version => version.Parts.Values)
            .Where(content => content.Length > LargestInDatabase)
            // A copied file shares the bytes of its source, and so does a part that is all of a small file.
            .Distinct(ReferenceEqualityComparer.Instance)
            .Cast<Content>()
            .Select(content => content.Sha1)
            .ToList();
        foreach (var file in BlobFiles())
        {
            using var stream = File.OpenRead(file);
            if (!expected.Remove(Convert.ToHexStringLower(SHA1.HashData(stream))))
            {
                throw new WrongStateException($"The file '{file}' of {stream.Length} bytes belongs to nothing that is there.");
            }
        }
        if (expected.Count > 0)
        {
            throw new WrongStateException($"No file holds the content with the SHA-1 {expected[0]}.");
        }
    }

    private IEnumerable<string> BlobFiles()
    {
        var folder = Path.Combine(data, "blobs");
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [];
    }

    private static async Task<Dictionary<string, Version>> ListAsync(WireClient wire, string bucketId)
    {
        var found = new Dictionary<string, Version>(StringComparer.Ordinal);
        var query = new JsonObject { ["bucketId"] = bucketId, ["maxFileCount"] = PageSize };
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await wire.CallAsync("b2_list_file_versions", (JsonObject)query.DeepClone());
            foreach (var row in answer["files"]!.AsArray())
            {
                var version = await ReadAsync(wire, row!);
                found.Add(version.FileId, version);
            }
            if (answer["nextFileName"] is null)
            {
                return found;
            }
            query["startFileName"] = answer["nextFileName"]!.DeepClone();
            query["startFileId"] = answer["nextFileId"]!.DeepClone();
        }
        throw new WrongStateException("The listing does not end.");
    }

    private static async Task<Version> ReadAsync(WireClient wire, JsonNode row)
    {
        var version = new Version(WireClient.Text(row, "fileId"), WireClient.Text(row, "fileName"), WireClient.Text(row, "action"));
        if (version.Action == "upload")
        {
            // What parts a finished file was made of cannot be asked any more; its length and its bytes can.
            version.Parts[1] = new(row["contentLength"]!.GetValue<long>(), WireClient.Text(row, "contentSha1"));
        }
        else if (version.Action == "start")
        {
            var parts = await wire.CallAsync("b2_list_parts", new() { ["fileId"] = version.FileId, ["maxPartCount"] = PageSize });
            foreach (var part in parts["parts"]!.AsArray())
            {
                version.Parts[part!["partNumber"]!.GetValue<int>()] = new(
                    part["contentLength"]!.GetValue<long>(),
                    WireClient.Text(part, "contentSha1")
                );
            }
        }
        return version;
    }

    private static bool IsSame(Version expected, Version actual) =>
        expected.Name == actual.Name
        && expected.Action == actual.Action
        && (
            expected.Action != "upload" ? expected.Parts.SequenceEqual(actual.Parts)
            : actual.Parts[1].Sha1 == "none" ? expected.Parts.Count > 1 && expected.Length == actual.Length
            : expected.Parts.Count == 1 && expected.Parts[1] == actual.Parts[1]
        );

    private static string Describe(Version version) =>
        $"{version.Action} {version.Name} ({version.FileId}), parts {string.Join(", ", version.Parts.Select(part => $"{part.Key}: {part.Value.Length} bytes {part.Value.Sha1}"))}";
}
