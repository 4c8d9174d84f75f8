namespace B2Sdk.Cli.Tests;

public sealed class VersionTests(EmulatorFixture emulator) : CliTest(emulator)
{
    private static string Number => typeof(CommandLine).Assembly.GetName().Version!.ToString(3);

    [Theory]
    [InlineData("version")]
    [InlineData("--version")]
    public async Task The_version_is_one_line(string word)
    {
        (await SucceedAsync(word)).ShouldBe($"b2 command line tool, version {Number}\n");
    }

    [Fact]
    public async Task The_short_version_is_the_number_alone()
    {
        (await SucceedAsync("version", "--short")).ShouldBe($"{Number}\n");
    }

    [Fact]
    public async Task The_version_is_told_as_json()
    {
        (await SucceedAsync("version", "--json")).ShouldBe($$"""{{{"\n"}}    "version": "{{Number}}"{{"\n"}}}{{"\n"}}""");
    }

    [Fact]
    public async Task A_half_set_key_does_not_matter_where_no_account_is_needed()
    {
        Environment.Remove("B2_APPLICATION_KEY");

        await SucceedAsync("version");
    }
}
