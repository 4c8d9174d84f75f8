using B2Sdk.Emulator;

namespace B2Sdk.Cli.Tests;

/// <summary>Seeding an emulator that is running. Each test has one of its own.</summary>
public sealed class SeedCommandTests(EmulatorFixture fixture) : CliTest(fixture)
{
    [Fact]
    public async Task Folders_descriptions_and_hostile_names_are_sent_from_where_the_command_runs()
    {
        await using var emulator = await StartAsync();
        Directory.CreateDirectory(PathOf("fixtures/photos-2026/a"));
        var large = NewContent(3_000_000);
        await NewFileAsync("fixtures/photos-2026/a/ü +%.bin", large);
        await NewFileAsync("fixtures/loose.bin", [7]);
        File.SetLastWriteTimeUtc(PathOf("fixtures/loose.bin"), DateTime.UnixEpoch.AddMilliseconds(1_234_567));
        await NewFileAsync("beside.bin", large);
        await File.WriteAllTextAsync(
            PathOf("seed.json"),
            """
            {
              // Comments are allowed.
              "buckets": [{ "bucketName": "photos-2026", "files": [
                { "fileName": "beside", "contentFile": "beside.bin" }, { "fileName": "again", "contentFile": "beside.bin" },
                { "fileName": "hidden", "contentFile": "beside.bin", "hide": true }, { "fileName": "text", "content": "x" }
              ] }],
              "accounts": [{ "applicationKeyId": "other", "applicationKey": "K000other", "buckets": [
                { "bucketName": "other-bucket", "bucketInfo": { "a": "b" }, "files": [{ "fileName": "beside", "contentFile": "beside.bin" }] }
              ] }]
            }
            """,
            Stop
        );

        (await SeedAsync(emulator, PathOf("fixtures"), PathOf("seed.json"), "hostile")).ShouldBe("");

        (await CatAsync("b2://photos-2026/a/ü +%.bin")).ShouldBe(large);
        (await CatAsync("b2://seed-files/loose.bin")).ShouldBe([7]);
        (await RunAsync("file", "info", "--json", "b2://seed-files/loose.bin"))
            .Json.GetProperty("fileInfo")
            .GetProperty("src_last_modified_millis")
            .GetString()
            .ShouldBe("1234567");
        (await CatAsync("b2://photos-2026/again")).ShouldBe(large);
        (await SucceedAsync("ls", "b2://photos-2026")).ShouldBe("a/\nagain\nbeside\ntext\n");
        (await SucceedAsync("ls", "-r", "b2://hostile-names/sane")).ShouldContain("sane/one.txt");
        (Environment["B2_APPLICATION_KEY_ID"], Environment["B2_APPLICATION_KEY"]) = ("other", "K000other");
        (await CatAsync("b2://other-bucket/beside")).ShouldBe(large);
    }

    [Fact]
    public async Task A_folder_of_many_files_is_sent_in_many_requests()
    {
        await using var emulator = await StartAsync();
        Directory.CreateDirectory(PathOf("fixtures/many-files"));
        for (var number = 0; number < 1_100; number++)
        {
            await NewFileAsync($"fixtures/many-files/{number:d4}", [(byte)number]);
        }

        await SeedAsync(emulator, PathOf("fixtures"));

        (await SucceedAsync("ls", "b2://many-files")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1_100);
        (await CatAsync("b2://many-files/1099")).ShouldBe([unchecked((byte)1_099)]);
    }

    [Fact]
    public async Task What_no_bucket_can_be_called_is_refused_before_anything_is_sent_there()
    {
        await using var emulator = await StartAsync();
        Directory.CreateDirectory(PathOf("fixtures/a-good-one"));
        Directory.CreateDirectory(PathOf("fixtures/my photos"));

        var said = await FailSeedingAsync(emulator, PathOf("fixtures"));

        said.ShouldContain("fixtures");
        said.ShouldContain("'my photos'");
        said.ShouldContain("6 to 63 letters");
        (await SucceedAsync("bucket", "list")).ShouldBe("");
    }

    [Theory]
    [InlineData("{", "not valid JSON")]
    [InlineData("[]", "object")]
    [InlineData(
        """{ "buckets": [{ "bucketName": "good-bucket", "files": [{ "fileName": "a", "contentFile": "no-such-file" }] }] }""",
        "no-such-file"
    )]
    [InlineData("""{ "buckets": [{ "bucketName": "good-bucket", "files": [{ "fileName": "a" }] }] }""", "files[0] 'a'")]
    public async Task What_is_wrong_with_a_description_is_said(string description, string said)
    {
        await using var emulator = await StartAsync();
        await File.WriteAllTextAsync(PathOf("seed.json"), description, Stop);

        var message = await FailSeedingAsync(emulator, PathOf("seed.json"));

        message.ShouldContain(said);
        message.ShouldContain("seed.json");
        (await SucceedAsync("bucket", "list")).ShouldBe("");
    }

    [Fact]
    public async Task A_seed_that_is_not_there_is_named_before_anything_is_done()
    {
        await using var emulator = await StartAsync();

        (await FailSeedingAsync(emulator, "hostile", "no-such-seed")).ShouldContain("'no-such-seed'");

        (await SucceedAsync("bucket", "list")).ShouldBe("");
    }

    [Fact]
    public async Task The_control_token_is_asked_for_before_files_are_sent()
    {
        await using var emulator = await StartAsync("let-me-in");
        Directory.CreateDirectory(PathOf("fixtures"));
        await NewFileAsync("fixtures/large.bin", NewContent(20_000_000));
        await File.WriteAllTextAsync(
            PathOf("seed.json"),
            """{ "buckets": [{ "bucketName": "good-bucket", "files": [{ "fileName": "a", "contentFile": "fixtures/large.bin" }] }] }""",
            Stop
        );

        (await FailSeedingAsync(emulator, PathOf("fixtures"))).ShouldContain("control token");
        (await FailSeedingAsync(emulator, PathOf("seed.json"))).ShouldContain("control token");
        Environment["B2_EMULATOR_CONTROL_TOKEN"] = "let-me-in";
        await SeedAsync(emulator, PathOf("seed.json"));

        (await SucceedAsync("ls", "b2://good-bucket")).ShouldBe("a\n");
    }

    private async Task<B2Emulator> StartAsync(string? controlToken = null)
    {
        var emulator = await B2Emulator.StartAsync(new() { ControlToken = controlToken }, Stop);
        Environment["B2_ENVIRONMENT"] = emulator.Url.AbsoluteUri;
        Environment["B2_APPLICATION_KEY_ID"] = emulator.Account.ApplicationKeyId;
        Environment["B2_APPLICATION_KEY"] = emulator.Account.ApplicationKey;
        return emulator;
    }

    private Task<string> SeedAsync(B2Emulator emulator, params string[] seeds) =>
        SucceedAsync(["emulator", "seed", "--url", emulator.Url.AbsoluteUri, .. seeds]);

    private Task<string> FailSeedingAsync(B2Emulator emulator, params string[] seeds) =>
        FailAsync(ExitCodes.Failure, ["emulator", "seed", "--url", emulator.Url.AbsoluteUri, .. seeds]);

    private async Task<byte[]> CatAsync(string uri)
    {
        var result = await RunAsync("file", "cat", uri);
        result.Code.ShouldBe(ExitCodes.Success, result.Error);
        return result.OutBytes;
    }
}
