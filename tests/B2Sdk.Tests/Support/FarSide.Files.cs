using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace B2Sdk.Tests;

internal sealed partial class FarSide
{
    public IReadOnlyDictionary<string, SortedDictionary<int, byte[]>> Parts => _parts;

    /// <summary>A version as JSON answers show it.</summary>
    public static JsonObject Row(Stored version)
    {
        var info = new JsonObject();
        foreach (var (key, value) in version.Info)
        {
            info[key] = value;
        }
        return new()
        {
            ["accountId"] = AccountId,
            ["action"] = version.Action,
            ["bucketId"] = version.BucketId,
            ["contentLength"] = version.Bytes.Length,
            ["contentMd5"] = null,
            ["contentSha1"] = version.Sha1 ?? "none",
            ["contentType"] = version.Type,
            ["fileId"] = version.FileId,
            ["fileInfo"] = info,
            ["fileName"] = version.Name,
            ["uploadTimestamp"] = version.At.ToUnixTimeSeconds() * 1000,
        };
    }

    private HttpResponseMessage StoreFile(Exchange exchange, byte[] body)
    {
        if (!TryTakeDigest(exchange, body, out var bytes))
        {
            return Refuse(400, "bad_request", "Sha1 did not match data received");
        }
        var stored = new Stored(
            $"4_z{++_ids:d6}",
            _uploadUrls[exchange.Url.AbsoluteUri].Target,
            Uri.UnescapeDataString(exchange.Headers["X-Bz-File-Name"]),
            "upload",
            bytes
        )
        {
            Sha1 = HexSha1(bytes),
            At = clock.GetUtcNow() + ClockSkew,
            Type = exchange.Headers["Content-Type"] is "b2/x-auto" ? "application/octet-stream" : exchange.Headers["Content-Type"],
            Info = exchange
                .Headers.Where(header => header.Key.StartsWith("X-Bz-Info-", StringComparison.OrdinalIgnoreCase))
                .ToDictionary(
                    header => header.Key["X-Bz-Info-".Length..].ToLowerInvariant(),
                    header => Uri.UnescapeDataString(header.Value)
                ),
        };
        _versions.Add(stored);
        return Say(Row(stored));
    }

    private HttpResponseMessage StorePart(Exchange exchange, byte[] body)
    {
        if (!TryTakeDigest(exchange, body, out var bytes))
        {
            return Refuse(400, "bad_request", "Sha1 did not match data received");
        }
        var fileId = _uploadUrls[exchange.Url.AbsoluteUri].Target;
        var number = int.Parse(exchange.Headers["X-Bz-Part-Number"], CultureInfo.InvariantCulture);
        _parts[fileId][number] = bytes;
        return Say(
            new JsonObject
            {
                ["fileId"] = fileId,
                ["partNumber"] = number,
                ["contentLength"] = bytes.Length,
                ["contentSha1"] = HexSha1(bytes),
                ["uploadTimestamp"] = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            }
        );
    }

    private static bool TryTakeDigest(Exchange exchange, byte[] body, out byte[] bytes)
    {
        bytes = [];
        if (body.Length < 40 || exchange.ContentLength != body.Length || exchange.Headers["X-Bz-Content-Sha1"] != "hex_digits_at_end")
        {
            return false;
        }
        bytes = body[..^40];
        return Encoding.ASCII.GetString(body[^40..]) == HexSha1(bytes);
    }

    private HttpResponseMessage Start(Exchange exchange)
    {
        var stored = new Stored($"4_z{++_ids:d6}", exchange.Text("bucketId")!, exchange.Text("fileName")!, "start", [])
        {
            At = clock.GetUtcNow(),
            Type = exchange.Text("contentType")!,
            Info = exchange.Json.TryGetProperty("fileInfo", out var info) ? info.Deserialize<Dictionary<string, string>>()! : [],
        };
        _versions.Add(stored);
        _parts[stored.FileId] = [];
        return Say(Row(stored));
    }

    private HttpResponseMessage Finish(Exchange exchange)
    {
        var fileId = exchange.Text("fileId")!;
        var index = _versions.FindIndex(version => version.FileId == fileId && version.Action == "start");
        var digests = exchange.Json.GetProperty("partSha1Array").EnumerateArray().Select(digest => digest.GetString()).ToList();
        if (index < 0 || !digests.SequenceEqual(_parts[fileId].Values.Select(HexSha1)))
        {
            return Refuse(400, "bad_request", $"No active upload for: {fileId}");
        }
        var whole = _parts[fileId].Values.SelectMany(part => part).ToArray();
        _versions[index] = _versions[index] with { Action = "upload", Bytes = whole };
        return Say(Row(_versions[index]));
    }

    private HttpResponseMessage Cancel(Exchange exchange)
    {
        var fileId = exchange.Text("fileId")!;
        if (_versions.RemoveAll(version => version.FileId == fileId && version.Action == "start") == 0)
        {
            return Refuse(400, "bad_request", $"No active upload for: {fileId}");
        }
        return Say(
            new JsonObject
            {
                ["fileId"] = fileId,
                ["fileName"] = "-",
                ["accountId"] = AccountId,
                ["bucketId"] = "-",
            }
        );
    }

    private JsonObject ListUnfinished(Exchange exchange) =>
        new()
        {
            ["files"] = new JsonArray([
                .. _versions
                    .Where(version => version.Action == "start" && version.BucketId == exchange.Text("bucketId"))
                    .Where(version => version.Name.StartsWith(exchange.Text("namePrefix") ?? "", StringComparison.Ordinal))
                    .Select(version => (JsonNode)Row(version)),
            ]),
            ["nextFileId"] = null,
        };

    private JsonObject ListParts(Exchange exchange) =>
        new()
        {
            ["parts"] = new JsonArray([
                .. _parts[exchange.Text("fileId")!]
                    .Select(part =>
                        (JsonNode)
                            new JsonObject
                            {
                                ["fileId"] = exchange.Text("fileId"),
                                ["partNumber"] = part.Key,
                                ["contentLength"] = part.Value.Length,
                                ["contentSha1"] = HexSha1(part.Value),
                            }
                    ),
            ]),
            ["nextPartNumber"] = null,
        };

    private HttpResponseMessage GetInfo(Exchange exchange) =>
        _versions.Find(version => version.FileId == exchange.Text("fileId") && version.Action != "start") is { } found
            ? Say(Row(found))
            : Refuse(404, "not_found", "");

    private HttpResponseMessage Hide(Exchange exchange)
    {
        var name = exchange.Text("fileName")!;
        var newest = _versions.FindLast(version => version.Name == name);
        if (newest is null or { Action: "hide" })
        {
            return newest is null
                ? Refuse(400, "no_such_file", $"File not present: {name}")
                : Refuse(400, "already_hidden", $"File already hidden: {name}");
        }
        var marker = new Stored($"4_z{++_ids:d6}", exchange.Text("bucketId")!, name, "hide", []) { At = clock.GetUtcNow() };
        _versions.Add(marker);
        return Say(Row(marker));
    }

    private HttpResponseMessage DeleteVersion(Exchange exchange)
    {
        var (name, fileId) = (exchange.Text("fileName"), exchange.Text("fileId"));
        return _versions.RemoveAll(version => version.Name == name && version.FileId == fileId) == 0
            ? Refuse(400, "file_not_present", $"File not present: {name} {fileId}")
            : Say(new JsonObject { ["fileId"] = fileId, ["fileName"] = name });
    }

    private JsonObject ListNames(Exchange exchange)
    {
        var rows = Matching(exchange)
            .GroupBy(version => version.Name)
            .Select(versions => versions.Last())
            .Where(version => version.Action == "upload")
            .ToList();
        var size = exchange.Json.GetProperty("maxFileCount").GetInt32();
        return new()
        {
            ["files"] = new JsonArray([.. rows.Take(size).Select(Row)]),
            ["nextFileName"] = rows.Count > size ? rows[size].Name : null,
        };
    }

    private JsonObject ListVersions(Exchange exchange)
    {
        var rows = Matching(exchange).GroupBy(version => version.Name).SelectMany(versions => versions.Reverse()).ToList();
        var startId = exchange.Text("startFileId");
        rows = startId is null ? rows : [.. rows.SkipWhile(row => row.FileId != startId)];
        var size = exchange.Json.GetProperty("maxFileCount").GetInt32();
        return new()
        {
            ["files"] = new JsonArray([.. rows.Take(size).Select(Row)]),
            ["nextFileName"] = rows.Count > size ? rows[size].Name : null,
            ["nextFileId"] = rows.Count > size ? rows[size].FileId : null,
        };
    }

    private IEnumerable<Stored> Matching(Exchange exchange) =>
        _versions
            .Where(version => version.BucketId == exchange.Text("bucketId"))
            .Where(version => version.Name.StartsWith(exchange.Text("prefix") ?? "", StringComparison.Ordinal))
            .OrderBy(version => version.Name, Utf8Order)
            .Where(version => Utf8Order.Compare(version.Name, exchange.Text("startFileName") ?? "") >= 0);

    private static Comparer<string> Utf8Order { get; } =
        Comparer<string>.Create((one, other) => Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other)));

    private HttpResponseMessage Download(Exchange exchange)
    {
        var found =
            exchange.Operation == "b2_download_file_by_id"
                ? _versions.Find(version => version.FileId == Uri.UnescapeDataString(exchange.Url.Query["?fileId=".Length..]))
                : FindByPath(exchange.Url.AbsolutePath);
        if (found is not { Action: "upload" })
        {
            return exchange.Method == "HEAD"
                ? new(HttpStatusCode.NotFound) { Content = new ByteArrayContent([]) }
                : Refuse(404, "not_found", "File with such name does not exist.");
        }
        var (from, to, isPart) = (0L, found.Bytes.LongLength - 1, false);
        if (exchange.Headers.TryGetValue("Range", out var range))
        {
            var wanted = RangeHeaderValue.Parse(range).Ranges.Single();
            (from, to, isPart) = (wanted.From!.Value, Math.Min(wanted.To ?? long.MaxValue, to), true);
            if (from >= found.Bytes.Length)
            {
                return Refuse(416, "range_not_satisfiable", "The range is not satisfiable");
            }
        }
        var slice = found.Bytes[(int)from..(int)(to + 1)];
        var response = new HttpResponseMessage(isPart ? HttpStatusCode.PartialContent : HttpStatusCode.OK)
        {
            Content = new ByteArrayContent(exchange.Method == "HEAD" ? [] : slice),
        };
        response.Content.Headers.ContentLength = slice.Length;
        response.Content.Headers.TryAddWithoutValidation("Content-Type", found.Type);
        if (isPart)
        {
            response.Content.Headers.ContentRange = new(from, to, found.Bytes.Length);
        }
        response.Headers.TryAddWithoutValidation("X-Bz-File-Id", found.FileId);
        response.Headers.TryAddWithoutValidation(
            "X-Bz-File-Name",
            Uri.EscapeDataString(found.Name).Replace("%2F", "/", StringComparison.Ordinal)
        );
        response.Headers.TryAddWithoutValidation("X-Bz-Content-Sha1", found.Sha1 ?? "none");
        response.Headers.TryAddWithoutValidation(
            "X-Bz-Upload-Timestamp",
            found.At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)
        );
        foreach (var (key, value) in found.Info)
        {
            response.Headers.TryAddWithoutValidation("X-Bz-Info-" + key, Uri.EscapeDataString(value));
        }
        return response;
    }

    private Stored? FindByPath(string path)
    {
        var rest = path["/file/".Length..];
        var bucket = rest[..rest.IndexOf('/', StringComparison.Ordinal)];
        var name = Uri.UnescapeDataString(rest[(bucket.Length + 1)..]);
        return _buckets.TryGetValue(bucket, out var found)
            ? _versions.FindLast(version => version.BucketId == found.Id && version.Name == name && version.Action != "start")
            : null;
    }
}
