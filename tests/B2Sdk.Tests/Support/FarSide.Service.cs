using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace B2Sdk.Tests;

internal sealed partial class FarSide
{
    public const string AccountId = "8d1c0f42b7aa";
    private readonly Dictionary<string, UploadUrlState> _uploadUrls = [];
    private readonly HashSet<string> _deadTokens = [];
    private readonly List<Stored> _versions = [];
    private readonly Dictionary<string, SortedDictionary<int, byte[]>> _parts = [];
    private readonly Dictionary<string, (string Id, string Type)> _buckets = [];
    private int _tokens;
    private int _ids;

    public long MinimumPartSize { get; set; } = 1_000;

    public long RecommendedPartSize { get; set; } = 10_000;

    public string ApiUrl { get; set; } = "https://api000.backblazeb2.com";

    public string DownloadUrl { get; set; } = "https://f000.backblazeb2.com";

    public string PodUrl { get; set; } = "https://pod-000.backblaze.com";

    /// <summary>What authorization says of the key.</summary>
    public JsonObject Allowed { get; set; } =
        new()
        {
            ["buckets"] = null,
            ["capabilities"] = new JsonArray(
                "listBuckets",
                "writeBuckets",
                "deleteBuckets",
                "listFiles",
                "readFiles",
                "writeFiles",
                "deleteFiles"
            ),
            ["namePrefix"] = null,
        };

    /// <summary>Every version, hide marker and unfinished file, in the order in which they came.</summary>
    public IReadOnlyList<Stored> Versions
    {
        get
        {
            lock (_lock)
            {
                return [.. _versions];
            }
        }
    }

    public IReadOnlyList<Stored> Uploads => [.. Versions.Where(version => version.Action == "upload")];

    /// <summary>All account tokens that were given so far die.</summary>
    public void ExpireTokens()
    {
        lock (_lock)
        {
            for (var i = 1; i <= _tokens; i++)
            {
                _deadTokens.Add(TokenNumber(i));
            }
        }
    }

    public string AddBucket(string name, string type = "allPrivate")
    {
        lock (_lock)
        {
            var id = $"b8adc1404fd24b779a00{++_ids:x4}";
            _buckets[name] = (id, type);
            return id;
        }
    }

    public Stored Add(string bucketId, string name, byte[] bytes, string action = "upload")
    {
        lock (_lock)
        {
            var stored = new Stored($"4_z{++_ids:d6}", bucketId, name, action, bytes) { Sha1 = HexSha1(bytes), At = clock.GetUtcNow() };
            _versions.Add(stored);
            return stored;
        }
    }

    public void AddPart(string fileId, int number, byte[] bytes)
    {
        lock (_lock)
        {
            _parts[fileId][number] = bytes;
        }
    }

    public Stored Replace(Stored old, Stored changed)
    {
        lock (_lock)
        {
            _versions[_versions.FindIndex(version => version.FileId == old.FileId)] = changed;
            return changed;
        }
    }

    public static string HexSha1(byte[] bytes) => Convert.ToHexStringLower(SHA1.HashData(bytes));

    /// <summary>Does what is asked and says so, as the service would with nothing in its way.</summary>
    public async Task<HttpResponseMessage> AnswerWellAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var body = await exchange.ReadBodyAsync(cancellationToken);
        lock (_lock)
        {
            if (
                exchange.Operation is not ("b2_authorize_account" or "b2_upload_file" or "b2_upload_part")
                && _deadTokens.Contains(exchange.Token)
            )
            {
                return Refuse(401, "expired_auth_token", "Authorization token has expired");
            }
            return exchange.Operation switch
            {
                "b2_authorize_account" => Say(Authorization()),
                "b2_list_buckets" => Say(new JsonObject { ["buckets"] = FindBuckets(exchange) }),
                "b2_create_bucket" => CreateBucket(exchange),
                "b2_delete_bucket" => DeleteBucket(exchange),
                "b2_get_upload_url" => Say(GiveUploadUrl("b2_upload_file", "bucketId", exchange.Text("bucketId")!)),
                "b2_get_upload_part_url" => Say(GiveUploadUrl("b2_upload_part", "fileId", exchange.Text("fileId")!)),
                "b2_upload_file" => StoreFile(exchange, body),
                "b2_upload_part" => StorePart(exchange, body),
                "b2_start_large_file" => Start(exchange),
                "b2_finish_large_file" => Finish(exchange),
                "b2_cancel_large_file" => Cancel(exchange),
                "b2_list_unfinished_large_files" => Say(ListUnfinished(exchange)),
                "b2_list_parts" => Say(ListParts(exchange)),
                "b2_get_file_info" => GetInfo(exchange),
                "b2_hide_file" => Hide(exchange),
                "b2_delete_file_version" => DeleteVersion(exchange),
                "b2_list_file_names" => Say(ListNames(exchange)),
                "b2_list_file_versions" => Say(ListVersions(exchange)),
                "b2_download_file_by_name" or "b2_download_file_by_id" => Download(exchange),
                _ => Refuse(404, "not_found", "No such operation"),
            };
        }
    }

    private static string TokenNumber(int number) => $"4_0008d1c0f42b7aa0000000001_{number:d4}_acct_Zm9v/YmF+cg=";

    private HttpResponseMessage Refuse(int status, string code, string message) =>
        Answer.Text(this, status, $"{{\"status\":{status},\"code\":\"{code}\",\"message\":\"{message}\"}}", "application/json", null);

    private HttpResponseMessage Say(JsonNode json) => Answer.Text(this, 200, json.ToJsonString(), "application/json;charset=UTF-8", null);

    private JsonObject Authorization() =>
        new()
        {
            ["accountId"] = AccountId,
            ["authorizationToken"] = TokenNumber(++_tokens),
            ["applicationKeyExpirationTimestamp"] = null,
            ["apiInfo"] = new JsonObject
            {
                ["storageApi"] = new JsonObject
                {
                    ["absoluteMinimumPartSize"] = MinimumPartSize,
                    ["recommendedPartSize"] = RecommendedPartSize,
                    ["apiUrl"] = ApiUrl,
                    ["downloadUrl"] = DownloadUrl,
                    ["s3ApiUrl"] = "https://s3.us-local-000.backblazeb2.com",
                    ["allowed"] = Allowed.DeepClone(),
                },
            },
        };

    private JsonArray FindBuckets(Exchange exchange)
    {
        var (id, name) = (exchange.Text("bucketId"), exchange.Text("bucketName"));
        return
        [
            .. _buckets
                .Where(bucket => (id is null || bucket.Value.Id == id) && (name is null || IsNamed(bucket.Key, name)))
                .OrderBy(bucket => bucket.Key, StringComparer.Ordinal)
                .Select(bucket => (JsonNode)Bucket(bucket.Key)),
        ];
    }

    private HttpResponseMessage CreateBucket(Exchange exchange)
    {
        var name = exchange.Text("bucketName")!;
        if (_buckets.Keys.Any(other => IsNamed(other, name)))
        {
            return Refuse(400, "duplicate_bucket_name", "Bucket name is already in use.");
        }
        _buckets[name] = ($"b8adc1404fd24b779a00{++_ids:x4}", exchange.Text("bucketType")!);
        return Say(Bucket(name));
    }

    private HttpResponseMessage DeleteBucket(Exchange exchange)
    {
        var id = exchange.Text("bucketId");
        var name = _buckets.FirstOrDefault(bucket => bucket.Value.Id == id).Key;
        if (name is null)
        {
            return Refuse(400, "bad_bucket_id", $"Bucket {id} does not exist");
        }
        var answer = Bucket(name);
        _buckets.Remove(name);
        return Say(answer);
    }

    private JsonObject Bucket(string name) =>
        new()
        {
            ["accountId"] = AccountId,
            ["bucketId"] = _buckets[name].Id,
            ["bucketName"] = name,
            ["bucketType"] = _buckets[name].Type,
            ["bucketInfo"] = new JsonObject(),
            ["corsRules"] = new JsonArray(),
            ["lifecycleRules"] = new JsonArray(),
            ["options"] = new JsonArray("s3"),
            ["revision"] = 2,
        };

    private JsonObject GiveUploadUrl(string operation, string member, string target)
    {
        var number = ++_ids;
        var url = $"{PodUrl}/b2api/v4/{operation}/{target}/{number:d4}";
        _uploadUrls[url] = new($"4_upload_{number:d4}_upld_Zm9v=", target);
        return new JsonObject
        {
            [member] = target,
            ["uploadUrl"] = url,
            ["authorizationToken"] = _uploadUrls[url].Token,
        };
    }

    private static bool IsNamed(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
