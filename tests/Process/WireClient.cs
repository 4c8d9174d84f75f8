using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace B2Sdk.Tests.Processes;

/// <summary>The B2 native API over plain HTTP, each call once.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class WireClient : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromMinutes(5) };
    private readonly Uri _url;

    public WireClient(Uri url)
    {
        _url = url;
    }

    public string Token { get; private set; } = "";

    public string AccountId { get; private set; } = "";

    public async Task AuthorizeAsync(string keyId, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_url, "b2api/v4/b2_authorize_account"));
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{keyId}:{key}")));
        var answer = await SendAsync(request);
        Token = Text(answer, "authorizationToken");
        AccountId = Text(answer, "accountId");
    }

    public Task<JsonObject> CallAsync(string operation, JsonObject arguments)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_url, $"b2api/v4/{operation}"))
        {
            Content = new StringContent(arguments.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Authorization", Token);
        return SendAsync(request);
    }

    public async Task<string> CreateBucketAsync(string name) =>
        Text(
            await CallAsync(
                "b2_create_bucket",
                new()
                {
                    ["accountId"] = AccountId,
                    ["bucketName"] = name,
                    ["bucketType"] = "allPrivate",
                }
            ),
            "bucketId"
        );

    public async Task<(Uri Url, string Token)> GetUploadUrlAsync(string operation, string targetName, string target)
    {
        var answer = await CallAsync(operation, new() { [targetName] = target });
        return (new(Text(answer, "uploadUrl")), Text(answer, "authorizationToken"));
    }

    public Task<JsonObject> UploadAsync(
        (Uri Url, string Token) place,
        HttpContent content,
        string sha1,
        params IEnumerable<(string Name, string Value)> headers
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Post, place.Url) { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", place.Token);
        request.Headers.TryAddWithoutValidation("X-Bz-Content-Sha1", sha1);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        return SendAsync(request);
    }

    public static HttpContent Content(byte[] bytes) =>
        new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };

    /// <summary>Downloads a version, or a stretch of it, and returns its length and SHA-1.</summary>
    public async Task<(long Length, string Sha1)> DownloadAsync(string fileId, RangeHeaderValue? range = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_url, $"b2api/v4/b2_download_file_by_id?fileId={fileId}"));
        request.Headers.TryAddWithoutValidation("Authorization", Token);
        request.Headers.Range = range;
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await ThrowIfRefusedAsync(response);
        using var sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[256 * 1024];
        long length = 0;
        int read;
        while ((read = await body.ReadAsync(buffer)) > 0)
        {
            sha1.AppendData(buffer, 0, read);
            length += read;
        }
        return (length, Convert.ToHexStringLower(sha1.GetHashAndReset()));
    }

    public void Dispose() => _http.Dispose();

    public static string Text(JsonNode answer, string name) => answer[name]!.GetValue<string>();

    public static string Sha1(byte[] bytes) => Convert.ToHexStringLower(SHA1.HashData(bytes));

    private async Task<JsonObject> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await _http.SendAsync(request);
            await ThrowIfRefusedAsync(response);
            return (JsonObject)JsonNode.Parse(await response.Content.ReadAsByteArrayAsync())!;
        }
    }

    private static async Task ThrowIfRefusedAsync(HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        }
    }
}
