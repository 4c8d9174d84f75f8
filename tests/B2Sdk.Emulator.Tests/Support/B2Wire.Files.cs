using System.Security.Cryptography;

namespace B2Sdk.Emulator.Tests.Support;

internal sealed partial class B2Wire
{
    public async Task<string> CreateBucketAsync(string? name = null, string type = "allPrivate") =>
        Text(
            (
                await OkAsync(
                    "b2_create_bucket",
                    new()
                    {
                        ["accountId"] = AccountId,
                        ["bucketName"] = name ?? EmulatorTest.NewBucketName(),
                        ["bucketType"] = type,
                    }
                )
            )["bucketId"]
        );

    public async Task<JsonObject> BucketAsync(string bucketId) =>
        (JsonObject)
            (await OkAsync("b2_list_buckets", new() { ["accountId"] = AccountId, ["bucketId"] = bucketId }))["buckets"]!
                .AsArray()
                .Single()!;

    /// <summary>Makes a key with these rights and authorizes with it.</summary>
    public async Task<B2Wire> WithKeyAsync(
        string[] capabilities,
        string[]? bucketIds = null,
        string? namePrefix = null,
        int? validDurationInSeconds = null,
        string version = "v4"
    )
    {
        var key = await CreateKeyAsync(capabilities, bucketIds, namePrefix, validDurationInSeconds);
        return await AuthorizeAsync(Realm, Text(key["applicationKeyId"]), Text(key["applicationKey"]), version);
    }

    public Task<JsonObject> CreateKeyAsync(
        string[] capabilities,
        string[]? bucketIds = null,
        string? namePrefix = null,
        int? validDurationInSeconds = null
    ) =>
        As("v4")
            .OkAsync(
                "b2_create_key",
                new()
                {
                    ["accountId"] = AccountId,
                    ["capabilities"] = Strings(capabilities),
                    ["keyName"] = "a-key",
                    ["bucketIds"] = bucketIds is null ? null : Strings(bucketIds),
                    ["namePrefix"] = namePrefix,
                    ["validDurationInSeconds"] = validDurationInSeconds,
                }
            );

    public async Task<UploadTarget> UploadUrlAsync(string bucketId)
    {
        var answer = await OkAsync("b2_get_upload_url", new() { ["bucketId"] = bucketId });
        return new(new Uri(Text(answer["uploadUrl"])), Text(answer["authorizationToken"]));
    }

    public async Task<UploadTarget> PartUrlAsync(string fileId)
    {
        var answer = await OkAsync("b2_get_upload_part_url", new() { ["fileId"] = fileId });
        return new(new Uri(Text(answer["uploadUrl"])), Text(answer["authorizationToken"]));
    }

    /// <summary>Uploads and must succeed; the answer of b2_upload_file.</summary>
    public async Task<JsonObject> UploadAsync(string bucketId, string name, string content = "hello", params (string, string)[] headers) =>
        (await UploadAsync(await UploadUrlAsync(bucketId), name, Encoding.UTF8.GetBytes(content), headers)).ShouldBeOk().Json;

    public static Task<WireReply> UploadAsync(UploadTarget target, string name, byte[] content, params (string, string)[] headers) =>
        UploadRawAsync(target, Escape(name), content, headers);

    /// <summary>Uploads with the name header exactly as given. A header given with an empty value is left out.</summary>
    public static Task<WireReply> UploadRawAsync(
        UploadTarget target,
        string nameHeader,
        byte[] content,
        params (string, string)[] headers
    ) =>
        PostBytesAsync(
            target,
            content,
            [("X-Bz-File-Name", nameHeader), ("Content-Type", "text/plain"), ("X-Bz-Content-Sha1", Sha1(content)), .. headers]
        );

    public static Task<WireReply> UploadPartAsync(UploadTarget target, int number, byte[] content, params (string, string)[] headers) =>
        PostBytesAsync(target, content, [("X-Bz-Part-Number", $"{number}"), ("X-Bz-Content-Sha1", Sha1(content)), .. headers]);

    public static Task<WireReply> PostBytesAsync(UploadTarget target, byte[] content, IEnumerable<(string Name, string Value)> headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, target.Url) { Content = new ByteArrayContent(content) };
        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Authorization"] = target.Token };
        foreach (var (name, value) in headers)
        {
            all[name] = value;
        }

        foreach (var (name, value) in all.Where(h => h.Value.Length > 0))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue(name);
            }
        }

        return SendAsync(request);
    }

    public async Task<string> StartLargeFileAsync(string bucketId, string name, string contentType = "text/plain") =>
        Text(
            (
                await OkAsync(
                    "b2_start_large_file",
                    new()
                    {
                        ["bucketId"] = bucketId,
                        ["fileName"] = name,
                        ["contentType"] = contentType,
                    }
                )
            )["fileId"]
        );

    /// <summary>Start, parts, finish; the answer of b2_finish_large_file.</summary>
    public async Task<JsonObject> UploadLargeFileAsync(string bucketId, string name, params byte[][] parts)
    {
        var fileId = await StartLargeFileAsync(bucketId, name);
        var target = await PartUrlAsync(fileId);
        for (var i = 0; i < parts.Length; i++)
        {
            (await UploadPartAsync(target, i + 1, parts[i])).ShouldBeOk();
        }

        return await FinishAsync(fileId, parts);
    }

    public Task<JsonObject> FinishAsync(string fileId, params byte[][] parts) =>
        OkAsync("b2_finish_large_file", new() { ["fileId"] = fileId, ["partSha1Array"] = Strings(parts.Select(Sha1)) });

    public Task<WireReply> DownloadByNameAsync(
        string bucketName,
        string name,
        string query = "",
        string? token = "",
        HttpMethod? method = null,
        params (string, string)[] headers
    ) => DownloadAsync($"/file/{bucketName}/{Escape(name)}", query, token, method, headers);

    public Task<WireReply> DownloadByIdAsync(
        string fileId,
        string query = "",
        string? token = "",
        HttpMethod? method = null,
        params (string, string)[] headers
    ) => DownloadAsync($"/b2api/{Version}/b2_download_file_by_id?fileId={Uri.EscapeDataString(fileId)}", query, token, method, headers);

    /// <summary>GETs a path of the download host exactly as spelt. The token is this key's unless given; null sends none.</summary>
    public Task<WireReply> DownloadAsync(
        string path,
        string query = "",
        string? token = "",
        HttpMethod? method = null,
        params (string Name, string Value)[] headers
    )
    {
        var separator =
            query.Length == 0 ? ""
            : path.Contains('?', StringComparison.Ordinal) ? "&"
            : "?";
        var asSpelt = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(DownloadUrl + path + separator + query, asSpelt));
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", token.Length == 0 ? Token : token);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return SendAsync(request);
    }

    public async Task<string> DownloadTokenAsync(string bucketId, string prefix = "", int seconds = 3600, JsonObject? more = null)
    {
        var body = more ?? [];
        body["bucketId"] = bucketId;
        body["fileNamePrefix"] = prefix;
        body["validDurationInSeconds"] = seconds;
        return Text((await OkAsync("b2_get_download_authorization", body))["authorizationToken"]);
    }

    public static string Escape(string name) => Uri.EscapeDataString(name).Replace("%2F", "/", StringComparison.Ordinal);

    public static string Sha1(byte[] content) => Convert.ToHexStringLower(SHA1.HashData(content));

    public static string Md5(byte[] content) => Convert.ToHexStringLower(MD5.HashData(content));

    public static byte[] Bytes(int count, byte value) => Enumerable.Repeat(value, count).ToArray();

    public static JsonArray Strings(params IEnumerable<string> values) => [.. values.Select(v => JsonValue.Create(v))];
}
