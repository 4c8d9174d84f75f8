using System.Text;
using System.Text.Json;

namespace B2Sdk.Benchmarks;

/// <summary>An account of an emulator, spoken to without the SDK, so that what is measured is the emulator.</summary>
internal sealed class Account
{
    private readonly string _token;
    private readonly string _accountId;

    private Account(Uri url, string token, string accountId) => (Url, _token, _accountId) = (url, token, accountId);

    public Uri Url { get; }

    public static async Task<Account> OpenAsync(Uri url, string keyId, string key)
    {
        using var connection = await Connection.OpenAsync(url);
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{keyId}:{key}"));
        var request = $"GET /b2api/v4/b2_authorize_account HTTP/1.1\r\nHost: {url.Authority}\r\nAuthorization: Basic {credentials}\r\n\r\n";
        using var answer = JsonDocument.Parse(await connection.CallAsync(Encoding.UTF8.GetBytes(request)));
        return new(url, Text(answer, "authorizationToken"), Text(answer, "accountId"));
    }

    public async Task<string> CreateBucketAsync(Connection connection, string name)
    {
        using var answer = await CallAsync(
            connection,
            "b2_create_bucket",
            $$"""{"accountId":"{{_accountId}}","bucketName":"{{name}}","bucketType":"allPrivate"}"""
        );
        return Text(answer, "bucketId");
    }

    public async Task<string> FindBucketAsync(Connection connection, string name)
    {
        using var answer = await CallAsync(connection, "b2_list_buckets", $$"""{"accountId":"{{_accountId}}","bucketName":"{{name}}"}""");
        return answer.RootElement.GetProperty("buckets")[0].GetProperty("bucketId").GetString()!;
    }

    /// <summary>Returns where to upload to, and the token for it.</summary>
    public async Task<(string Path, string Token)> GetUploadUrlAsync(Connection connection, string bucketId)
    {
        using var answer = await CallAsync(connection, "b2_get_upload_url", $$"""{"bucketId":"{{bucketId}}"}""");
        return (new Uri(Text(answer, "uploadUrl")).PathAndQuery, Text(answer, "authorizationToken"));
    }

    public async Task<JsonDocument> CallAsync(Connection connection, string operation, string body) =>
        JsonDocument.Parse(await connection.CallAsync(Request(operation, body)));

    /// <summary>The bytes of a call.</summary>
    public byte[] Request(string operation, string body) =>
        Encoding.UTF8.GetBytes(
            $"POST /b2api/v4/{operation} HTTP/1.1\r\nHost: {Url.Authority}\r\nAuthorization: {_token}\r\n"
                + $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"
        );

    /// <summary>The head of an upload.</summary>
    public byte[] UploadHead((string Path, string Token) target, string name, long length, string sha1) =>
        Encoding.UTF8.GetBytes(
            $"POST {target.Path} HTTP/1.1\r\nHost: {Url.Authority}\r\nAuthorization: {target.Token}\r\nX-Bz-File-Name: {name}\r\n"
                + $"Content-Type: text/plain\r\nContent-Length: {length}\r\nX-Bz-Content-Sha1: {sha1}\r\n\r\n"
        );

    public static string Text(JsonDocument answer, string member) => answer.RootElement.GetProperty(member).GetString()!;
}
