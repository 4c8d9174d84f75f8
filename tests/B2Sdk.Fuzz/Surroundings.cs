using System.Net.Http.Headers;

namespace B2Sdk.Fuzz;

/// <summary>An account with everything in it that a call may name: most of what is asked for should exist, or nothing but the door is tested.</summary>
internal sealed class Surroundings
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(20) };

    private readonly Uri _url;

    private Surroundings(Uri url, string accountId, string token)
    {
        _url = url;
        AccountId = accountId;
        Token = token;
    }

    public string AccountId { get; }

    public string Token { get; }

    public List<string> OtherTokens { get; } = [];

    public List<string> BucketIds { get; } = [];

    public List<string> BucketNames { get; } = [];

    public List<string> FileNames { get; } = [];

    public List<string> FileIds { get; } = [];

    public List<string> LargeFileIds { get; } = [];

    public List<string> KeyIds { get; } = [];

    /// <summary>Paths of upload URLs with their tokens.</summary>
    public List<(string Path, string Token)> Uploads { get; } = [];

    public static async Task<Surroundings> MakeAsync(B2Emulator emulator)
    {
        var account = await emulator.CreateAccountAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(emulator.Url, "b2api/v4/b2_authorize_account"));
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account.ApplicationKeyId}:{account.ApplicationKey}"))
        );
        var authorized = await SendAsync(request);
        var made = new Surroundings(emulator.Url, account.AccountId, Text(authorized, "authorizationToken"));
        foreach (var type in (string[])["allPrivate", "allPublic"])
        {
            await made.FillBucketAsync(type);
        }
        await made.AddKeysAsync();
        return made;
    }

    public Task<JsonObject> CallAsync(string operation, JsonObject body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_url, $"b2api/v4/{operation}"))
        {
            Content = new StringContent(body.ToJsonString()),
        };
        request.Headers.TryAddWithoutValidation("Authorization", Token);
        return SendAsync(request);
    }

    private async Task FillBucketAsync(string type)
    {
        var name = $"fuzz-{Guid.NewGuid():n}";
        var bucketId = Text(
            await CallAsync(
                "b2_create_bucket",
                new()
                {
                    ["accountId"] = AccountId,
                    ["bucketName"] = name,
                    ["bucketType"] = type,
                    ["fileLockEnabled"] = type == "allPrivate",
                }
            ),
            "bucketId"
        );
        BucketIds.Add(bucketId);
        BucketNames.Add(name);
        foreach (var fileName in (string[])["docs/a.txt", "docs/b", "ümläut + 😀"])
        {
            FileIds.Add(await UploadAsync(bucketId, fileName));
            FileNames.Add(fileName);
        }
        FileIds.Add(Text(await CallAsync("b2_hide_file", new() { ["bucketId"] = bucketId, ["fileName"] = "docs/b" }), "fileId"));
        var largeFileId = Text(
            await CallAsync(
                "b2_start_large_file",
                new()
                {
                    ["bucketId"] = bucketId,
                    ["fileName"] = "large",
                    ["contentType"] = "text/plain",
                }
            ),
            "fileId"
        );
        LargeFileIds.Add(largeFileId);
        FileIds.Add(largeFileId);
        for (var i = 0; i < 3; i++)
        {
            AddUpload(await CallAsync("b2_get_upload_url", new() { ["bucketId"] = bucketId }));
            AddUpload(await CallAsync("b2_get_upload_part_url", new() { ["fileId"] = largeFileId }));
        }
    }

    private async Task AddKeysAsync()
    {
        var key = await CallAsync(
            "b2_create_key",
            new()
            {
                ["accountId"] = AccountId,
                ["keyName"] = "limited",
                ["capabilities"] = new JsonArray("listBuckets", "listFiles", "readFiles", "writeFiles"),
                ["bucketIds"] = new JsonArray(BucketIds[0]),
                ["namePrefix"] = "docs/",
            }
        );
        KeyIds.Add(Text(key, "applicationKeyId"));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_url, "b2api/v4/b2_authorize_account"));
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{KeyIds[0]}:{Text(key, "applicationKey")}"))
        );
        OtherTokens.Add(Text(await SendAsync(request), "authorizationToken"));
        OtherTokens.Add(
            Text(
                await CallAsync(
                    "b2_get_download_authorization",
                    new()
                    {
                        ["bucketId"] = BucketIds[0],
                        ["fileNamePrefix"] = "docs/",
                        ["validDurationInSeconds"] = 3600,
                    }
                ),
                "authorizationToken"
            )
        );
        OtherTokens.Add(Uploads[0].Token);
    }

    private async Task<string> UploadAsync(string bucketId, string name)
    {
        var target = await CallAsync("b2_get_upload_url", new() { ["bucketId"] = bucketId });
        var request = new HttpRequestMessage(HttpMethod.Post, Text(target, "uploadUrl"))
        {
            Content = new ByteArrayContent("hello"u8.ToArray()),
        };
        request.Headers.TryAddWithoutValidation("Authorization", Text(target, "authorizationToken"));
        request.Headers.Add("X-Bz-File-Name", Uri.EscapeDataString(name));
        request.Headers.Add("X-Bz-Content-Sha1", "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d");
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        return Text(await SendAsync(request), "fileId");
    }

    private void AddUpload(JsonObject target) =>
        Uploads.Add((new Uri(Text(target, "uploadUrl")).AbsolutePath, Text(target, "authorizationToken")));

    private static async Task<JsonObject> SendAsync(HttpRequestMessage request)
    {
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? (JsonObject)JsonNode.Parse(text)!
            : throw new InvalidOperationException($"{request.RequestUri}: {text}");
    }

    private static string Text(JsonObject answer, string name) => (string)answer[name]!;
}
