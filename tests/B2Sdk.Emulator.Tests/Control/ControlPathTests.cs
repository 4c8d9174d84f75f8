namespace B2Sdk.Emulator.Tests.Control;

/// <summary>What is answered to calls of the control API that ask for nothing it has.</summary>
public sealed class ControlPathTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    [Theory]
    [InlineData("POST", "")]
    [InlineData("POST", "page.js")]
    [InlineData("POST", "health")]
    [InlineData("DELETE", "status")]
    [InlineData("GET", "reset")]
    [InlineData("PUT", "accounts")]
    [InlineData("POST", "buckets")]
    [InlineData("DELETE", "buckets/x/versions")]
    [InlineData("DELETE", "clock")]
    [InlineData("PUT", "faults")]
    [InlineData("POST", "faults/f1")]
    [InlineData("POST", "journal")]
    [InlineData("DELETE", "journal/counts")]
    [InlineData("POST", "snapshots")]
    [InlineData("POST", "snapshots/x")]
    [InlineData("GET", "snapshots/x/load")]
    [InlineData("GET", "replicas")]
    [InlineData("GET", "seed")]
    public async Task What_is_there_but_not_by_this_method_is_405(string method, string path)
    {
        var reply = await new ControlWire(Emulator.Url).SendAsync(new(method), path);

        reply.ShouldBeRefused(405, "method_not_allowed");
        reply.Text.ShouldContain($"{method} is not for /_emulator/{path}");
    }

    [Theory]
    [InlineData("GET", "nothing")]
    [InlineData("GET", "health/more")]
    [InlineData("GET", "buckets/x")]
    [InlineData("GET", "buckets/x/versions/y")]
    [InlineData("GET", "status/now")]
    [InlineData("POST", "snapshots/x/save")]
    [InlineData("GET", "journal/counts/more")]
    public async Task What_is_not_there_is_404(string method, string path) =>
        (await new ControlWire(Emulator.Url).SendAsync(new(method), path)).ShouldBeRefused(404, "not_found");
}
