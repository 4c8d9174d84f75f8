using System.Net.Http.Headers;

namespace B2Sdk.Emulator.Tests.Support;

/// <summary>One authorized key speaking plain HTTP: no retries, no caches, no opinion about the answers.</summary>
internal sealed partial class B2Wire
{
    private static readonly HttpClient Http = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
        }
    )
    {
        Timeout = TimeSpan.FromMinutes(1),
    };

    private B2Wire(Uri realm, string version, JsonObject authorization, string keyId)
    {
        Realm = realm;
        Version = version;
        Authorization = authorization;
        KeyId = keyId;
    }

    public Uri Realm { get; }

    public string Version { get; }

    public string KeyId { get; }

    /// <summary>The answer of b2_authorize_account.</summary>
    public JsonObject Authorization { get; }

    public string AccountId => Text(Authorization["accountId"]);

    public string Token => Text(Authorization["authorizationToken"]);

    /// <summary>The object that holds the URLs: the whole answer in v1 and v2, a part of it since v3.</summary>
    public JsonObject Storage => Authorization["apiInfo"]?["storageApi"] as JsonObject ?? Authorization;

    public string ApiUrl => Text(Storage["apiUrl"]);

    public string DownloadUrl => Text(Storage["downloadUrl"]);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static Task<B2Wire> AuthorizeAsync(Uri realm, EmulatorAccount account, string version = "v4") =>
        AuthorizeAsync(realm, account.ApplicationKeyId, account.ApplicationKey, version);

    public static async Task<B2Wire> AuthorizeAsync(Uri realm, string keyId, string key, string version = "v4")
    {
        var reply = await TryAuthorizeAsync(realm, keyId, key, version);
        return new B2Wire(realm, version, reply.ShouldBeOk().Json, keyId);
    }

    public static Task<WireReply> TryAuthorizeAsync(Uri realm, string keyId, string key, string version = "v4", HttpMethod? method = null)
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(realm, $"b2api/{version}/b2_authorize_account"));
        request.Headers.Authorization = Basic($"{keyId}:{key}");
        return SendAsync(request);
    }

    public static AuthenticationHeaderValue Basic(string credentials) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));

    /// <summary>The same key's tokens under another version of the API.</summary>
    public B2Wire As(string version) => new(Realm, version, Authorization, KeyId);

    public Uri UrlOf(string operation, string? version = null) => new($"{ApiUrl}/b2api/{version ?? Version}/{operation}");

    public Task<WireReply> CallAsync(string operation, JsonObject body, string? token = null, string? testMode = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, UrlOf(operation)) { Content = JsonBody(body.ToJsonString()) };
        request.Headers.TryAddWithoutValidation("Authorization", token ?? Token);
        if (testMode is not null)
        {
            request.Headers.Add("X-Bz-Test-Mode", testMode);
        }

        return SendAsync(request);
    }

    /// <summary>Posts the text as it is, JSON or not.</summary>
    public Task<WireReply> CallTextAsync(string operation, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, UrlOf(operation)) { Content = JsonBody(body) };
        request.Headers.TryAddWithoutValidation("Authorization", Token);
        return SendAsync(request);
    }

    /// <summary>The call must succeed; its answer.</summary>
    public async Task<JsonObject> OkAsync(string operation, JsonObject body) => (await CallAsync(operation, body)).ShouldBeOk().Json;

    /// <summary>The call must be refused in this way.</summary>
    public async Task<WireReply> RefusedAsync(string operation, JsonObject body, int status, string? code = null) =>
        (await CallAsync(operation, body)).ShouldBeRefused(status, code);

    /// <summary>The operation as GET, its parameters in the query.</summary>
    public Task<WireReply> GetAsync(string operation, params IEnumerable<(string Name, string Value)> query)
    {
        var text = string.Join('&', query.Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value)}"));
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{UrlOf(operation)}?{text}"));
        request.Headers.TryAddWithoutValidation("Authorization", Token);
        return SendAsync(request);
    }

    public static async Task<WireReply> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var inside = await Gate.EnterAsync(request.RequestUri!);
            using var response = await Http.SendAsync(request, Cancelled);
            return await WireReply.ReadAsync(response, Cancelled);
        }
    }

    public static StringContent JsonBody(string text) => new(text, Encoding.UTF8, "application/json");

    public static string Text(JsonNode? node) => node?.GetValue<string>() ?? throw new InvalidOperationException("A text was expected.");
}
