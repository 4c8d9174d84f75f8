using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using B2Sdk.Emulator;

namespace B2Sdk.Cli.Tests;

/// <summary>Does over plain HTTP what no command does: it leaves large files unfinished.</summary>
internal sealed class RawAccount : IDisposable
{
    private readonly HttpClient _client = new();
    private readonly string _api;

    private RawAccount(string realm) => _api = $"{realm}/b2api/v4";

    public static async Task<RawAccount> AuthorizeAsync(string realm, EmulatorAccount account, CancellationToken cancellationToken)
    {
        var raw = new RawAccount(realm);
        var key = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account.ApplicationKeyId}:{account.ApplicationKey}"));
        raw._client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", key);
        var answer = await raw._client.GetFromJsonAsync<JsonElement>(new Uri($"{raw._api}/b2_authorize_account"), cancellationToken);
        raw._client.DefaultRequestHeaders.Authorization = null;
        raw._client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", answer.GetProperty("authorizationToken").GetString());
        return raw;
    }

    /// <summary>Begins a large file and uploads its first part. Returns its id.</summary>
    public async Task<string> BeginLargeFileAsync(string bucketId, string name, byte[] part, CancellationToken cancellationToken)
    {
        var started = await CallAsync(
            "b2_start_large_file",
            new()
            {
                ["bucketId"] = bucketId,
                ["fileName"] = name,
                ["contentType"] = "application/octet-stream",
            },
            cancellationToken
        );
        var fileId = started.GetProperty("fileId").GetString()!;
        var target = await CallAsync("b2_get_upload_part_url", new() { ["fileId"] = fileId }, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, target.GetProperty("uploadUrl").GetString())
        {
            Content = new ByteArrayContent(part),
        };
        request.Headers.TryAddWithoutValidation("Authorization", target.GetProperty("authorizationToken").GetString());
        request.Headers.Add("X-Bz-Part-Number", "1");
        request.Headers.Add("X-Bz-Content-Sha1", Convert.ToHexStringLower(SHA1.HashData(part)));
        using var answer = await _client.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return fileId;
    }

    public void Dispose() => _client.Dispose();

    private async Task<JsonElement> CallAsync(string operation, Dictionary<string, string> arguments, CancellationToken cancellationToken)
    {
        using var answer = await _client.PostAsJsonAsync(new Uri($"{_api}/{operation}"), arguments, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }
}
