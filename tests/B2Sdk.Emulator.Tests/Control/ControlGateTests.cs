namespace B2Sdk.Emulator.Tests.Control;

/// <summary>Who may use the control API.</summary>
public sealed class ControlGateTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    private const string Token = "let-me-in";

    [Theory, Trait("Need", "S21")]
    [InlineData("GET", "status")]
    [InlineData("GET", "accounts")]
    [InlineData("POST", "accounts")]
    [InlineData("GET", "buckets")]
    [InlineData("GET", "buckets/x/versions")]
    [InlineData("GET", "clock")]
    [InlineData("POST", "clock")]
    [InlineData("GET", "faults")]
    [InlineData("POST", "faults")]
    [InlineData("DELETE", "faults")]
    [InlineData("GET", "journal")]
    [InlineData("GET", "journal/counts")]
    [InlineData("POST", "reset")]
    [InlineData("GET", "snapshots")]
    [InlineData("PUT", "snapshots/x")]
    [InlineData("POST", "seed")]
    [InlineData("GET", "nothing")]
    public async Task With_a_control_token_nothing_is_done_without_it(string method, string path)
    {
        await using var emulator = await StartAsync();

        (await new ControlWire(emulator.Url).SendAsync(new(method), path, "{}")).ShouldBeRefused(401, "missing_auth_token");
        (await new ControlWire(emulator.Url, "let-me-im").SendAsync(new(method), path, "{}")).ShouldBeRefused(401, "bad_auth_token");
        (await new ControlWire(emulator.Url, Token).SendAsync(new(method), path, "{}")).Status.ShouldNotBe(401);
    }

    [Fact]
    public async Task Health_and_the_page_itself_are_open()
    {
        await using var emulator = await StartAsync();
        var control = new ControlWire(emulator.Url);

        foreach (var path in (string[])["health", "", "page.css", "page.js"])
        {
            (await control.GetAsync(path)).ShouldBeOk();
        }
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_page_of_another_origin_resets_nothing(string header, string value)
    {
        var b2 = await NewAccountAsync();

        var reply = await new ControlWire(Emulator.Url).SendAsync(HttpMethod.Post, "accounts", null, (header, value));

        reply.ShouldBeRefused(403, "access_denied");
        await b2.OkAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId });
    }

    [Fact]
    public async Task The_emulators_own_page_may_ask()
    {
        var origin = Emulator.Url.GetLeftPart(UriPartial.Authority);

        (await new ControlWire(Emulator.Url).SendAsync(HttpMethod.Post, "accounts", null, ("Origin", origin))).ShouldBeOk();
        (
            await new ControlWire(Emulator.Url).SendAsync(
                HttpMethod.Post,
                "accounts",
                null,
                ("Origin", origin),
                ("Sec-Fetch-Site", "same-origin")
            )
        ).ShouldBeOk();
    }

    [Theory]
    [InlineData("")]
    [InlineData("with blank")]
    [InlineData("ümlaut")]
    public async Task A_token_that_no_header_could_bear_is_no_start(string token) =>
        await Should.ThrowAsync<ArgumentException>(() => B2Emulator.StartAsync(new B2EmulatorOptions { ControlToken = token }, Cancelled));

    [Fact]
    public void The_options_do_not_print_the_token() =>
        new B2EmulatorOptions { ControlToken = Token }
            .ToString()
            .ShouldNotContain(Token);

    private static Task<B2Emulator> StartAsync() => B2Emulator.StartAsync(new B2EmulatorOptions { ControlToken = Token }, Cancelled);
}
