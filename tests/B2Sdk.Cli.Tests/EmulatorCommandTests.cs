using System.IO.Pipelines;
using System.Text;
using System.Text.Json;

namespace B2Sdk.Cli.Tests;

public sealed class EmulatorCommandTests(EmulatorFixture emulator) : CliTest(emulator)
{
    [Fact]
    public async Task It_says_where_it_is_serves_and_ends_well_when_it_is_told_to()
    {
        var (ready, stop) = await StartAsync();
        Use(ready);
        var listed = await SucceedAsync("bucket", "list");

        var code = await stop();

        listed.ShouldBe("");
        code.ShouldBe(ExitCodes.Success);
    }

    [Fact]
    public async Task A_port_in_use_is_refused_and_named()
    {
        var port = new Uri(Realm).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

        (await FailAsync(ExitCodes.Failure, "emulator", "--port", port)).ShouldContain(port);
    }

    [Fact]
    public async Task An_address_that_others_reach_needs_no_token_and_no_key_as_they_are_made()
    {
        // An address that nobody has, so that nothing ever listens there: it fails, but not for want of a token or a key.
        (await FailAsync(ExitCodes.Failure, "emulator", "--port", "0", "--host", "192.0.2.1")).ShouldContain(
            "'192.0.2.1', which is no address of this machine"
        );
    }

    [Fact]
    public async Task The_control_token_is_printed()
    {
        var (ready, stop) = await StartAsync("--control-token", "let-me-in");

        await stop();

        ready.GetProperty("controlToken").GetString().ShouldBe("let-me-in");
    }

    [Fact]
    public async Task Its_health_is_told_without_the_control_token()
    {
        var (ready, stop) = await StartAsync("--control-token", "let-me-in");
        var url = ready.GetProperty("url").GetString()!;

        var health = await SucceedAsync("emulator", "health", "--url", url);
        await FailAsync(ExitCodes.Failure, "emulator", "status", "--url", url);
        await stop();

        health.ShouldBe("ok\n");
        await FailAsync(ExitCodes.Failure, "emulator", "health", "--url", url);
    }

    [Fact]
    public async Task Files_are_replicated_from_one_emulator_to_another_after_a_while()
    {
        var (west, stopWest) = await StartAsync();
        var (east, stopEast) = await StartAsync("--replicate-to", UrlOf(west), "--replication-delay", "1h");
        Use(east);
        var readKey = (await SucceedAsync("key", "create", "reader", "readFiles")).Split(' ')[0];
        var source = await NewBucketAsync();
        Use(west);
        var writeKey = (await SucceedAsync("key", "create", "writer", "writeFiles")).Split(' ')[0];
        var destination = await NewBucketAsync();
        var accepts = $$$$"""{"asReplicationDestination":{"sourceToDestinationKeyMapping":{"{{{{readKey}}}}":"{{{{writeKey}}}}"}}}""";
        await SucceedAsync("bucket", "update", destination, "--replication", accepts);
        var destinationId = JsonDocument.Parse(await SucceedAsync("bucket", "get", destination)).RootElement.GetProperty("bucketId");
        var sends =
            $$$"""{"asReplicationSource":{"sourceApplicationKeyId":"{{{readKey}}}","replicationRules":[{"destinationBucketId":"{{{destinationId}}}","fileNamePrefix":"","includeExistingFiles":false,"isEnabled":true,"priority":1,"replicationRuleName":"all"}]}}""";
        Use(east);
        await SucceedAsync("bucket", "update", source, "--replication", sends);
        await UploadAsync(source, "a", [1, 2, 3, 4]);

        var before = await StatusAsync(source);
        await SucceedAsync("emulator", "clock", "--advance", "59m", "--url", UrlOf(east));
        var almost = await StatusAsync(source);
        await SucceedAsync("emulator", "clock", "--advance", "1m", "--url", UrlOf(east));
        var after = await StatusAsync(source);
        Use(west);
        var replica = await StatusAsync(destination);
        var content = (await RunAsync("file", "cat", $"b2://{destination}/a")).OutBytes;
        await stopEast();
        await stopWest();

        (before, almost, after, replica).ShouldBe(("PENDING", "PENDING", "COMPLETED", "REPLICA"));
        content.ShouldBe([1, 2, 3, 4]);

        async Task<string?> StatusAsync(string bucket) =>
            JsonDocument
                .Parse(await SucceedAsync("file", "info", $"b2://{bucket}/a"))
                .RootElement.GetProperty("replicationStatus")
                .GetString();
    }

    [Theory]
    [InlineData("--replication-delay", "soon")]
    [InlineData("--replication-delay", "520000w")]
    [InlineData("--port", "65536")]
    [InlineData("--port", "-1")]
    [InlineData("--min-part-size", "0")]
    [InlineData("--recommended-part-size", "small")]
    [InlineData("--key-id", "with:colon")]
    [InlineData("--replicate-to", "127.0.0.1:8183")]
    [InlineData("--replicate-to", "ftp://127.0.0.1:8183")]
    public async Task A_setting_that_cannot_be_is_refused_with_2(string option, string value)
    {
        await FailAsync(ExitCodes.Misuse, "emulator", "--port", "0", option, value);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_refused_and_named()
    {
        var file = await NewFileAsync("file");

        (await FailAsync(ExitCodes.Failure, "emulator", "--port", "0", "--data", Path.Combine(file, "data"))).ShouldContain(file);
    }

    private static string UrlOf(JsonElement ready) => ready.GetProperty("url").GetString()!;

    private void Use(JsonElement ready)
    {
        Environment["B2_ENVIRONMENT"] = UrlOf(ready);
        Environment["B2_APPLICATION_KEY_ID"] = ready.GetProperty("applicationKeyId").GetString()!;
        Environment["B2_APPLICATION_KEY"] = ready.GetProperty("applicationKey").GetString()!;
    }

    /// <summary>Starts one, and returns what it says when it is ready, and how it is stopped.</summary>
    private async Task<(JsonElement Ready, Func<Task<int>> StopAsync)> StartAsync(params string[] options)
    {
        var pipe = new Pipe();
        using var output = new StreamReader(pipe.Reader.AsStream(), Encoding.UTF8);
        var context = new CliContext(Stream.Null, pipe.Writer.AsStream(), Stream.Null) { Environment = Variable };

        var running = RunToTheEndAsync();
        var ready = JsonDocument.Parse((await output.ReadLineAsync(Stop))!).RootElement;
        return (
            ready,
            async () =>
            {
                context.Stop(ExitCodes.Terminated);
                var code = await running;
                context.Dispose();
                return code;
            }
        );

        // Whoever waits for its first line learns when there will be none.
        async Task<int> RunToTheEndAsync()
        {
            try
            {
                return await CommandLine.RunAsync(["emulator", "--port", "0", "--json", .. options], context);
            }
            finally
            {
                await pipe.Writer.CompleteAsync();
            }
        }
    }
}
