namespace B2Sdk.Emulator.Tests;

/// <summary>The URLs in answers, when clients do not reach the emulator by the name that they send.</summary>
public sealed class PublicUrlTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_urls_begin_with_the_public_one()
    {
        await using var emulator = await B2Emulator.StartAsync(
            new() { PublicUrl = new("https://b2.example.com:8443/storage/") },
            Cancelled
        );

        var answer = (await B2Wire.TryAuthorizeAsync(emulator.Url, emulator.Account.ApplicationKeyId, emulator.Account.ApplicationKey))
            .ShouldBeOk()
            .Json;

        var storage = answer["apiInfo"]!["storageApi"]!;
        B2Wire.Text(storage["apiUrl"]).ShouldBe("https://b2.example.com:8443/storage");
        B2Wire.Text(storage["downloadUrl"]).ShouldBe("https://b2.example.com:8443/storage");
    }

    [Theory]
    [InlineData("ftp://b2.example.com")]
    [InlineData("https://b2.example.com/?a=b")]
    [InlineData("https://user:password@b2.example.com")]
    [InlineData("b2.example.com")]
    public async Task What_is_no_public_url_is_named(string url)
    {
        var options = new B2EmulatorOptions { PublicUrl = new(url, UriKind.RelativeOrAbsolute) };

        var refusal = await Should.ThrowAsync<ArgumentException>(() => B2Emulator.StartAsync(options, Cancelled));

        refusal.Message.ShouldContain(url);
    }
}
