namespace B2Sdk.Emulator.Tests;

/// <summary>Whatever level is logged, no key and no token is in it.</summary>
public sealed class SecretLogTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_secret_is_logged_even_when_the_server_cannot_read_a_request()
    {
        using var log = new LogBook();
        await using var emulator = await B2Emulator.StartAsync(new() { LoggerFactory = log }, Cancelled);
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        var bucketId = await b2.CreateBucketAsync();
        var (_, key) = B2Wire.KeyHeaders(1)[1];

        var file = await b2.UploadAsync(bucketId, "a", headers: B2Wire.KeyHeaders(1));
        (await b2.DownloadByIdAsync(B2Wire.IdOf(file), headers: B2Wire.KeyHeaders(2))).ShouldBeRefused(403);
        foreach (var header in (string[])[$"X-Bz-Server-Side-Encryption-Customer-Key : {key}", $"Authorization : {b2.Token}"])
        {
            await using var raw = await RawConnection.OpenAsync(emulator.Url);
            await raw.SendAsync($"GET /file/a/b HTTP/1.1\r\nHost: {emulator.Url.Authority}\r\n{header}\r\n\r\n");
            (await raw.ReadReplyAsync()).Status.ShouldBe(400);
        }

        await emulator.StopAsync(Cancelled);
        string[] secrets = [key[..16], b2.Token[..40], emulator.Account.ApplicationKey];
        Array.ForEach(secrets, secret => log.Text.ShouldNotContain(secret));
    }
}
