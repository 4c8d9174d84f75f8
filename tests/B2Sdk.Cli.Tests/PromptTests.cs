namespace B2Sdk.Cli.Tests;

public sealed class PromptTests(EmulatorFixture emulator) : CliTest(emulator)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Environment.Remove("B2_APPLICATION_KEY_ID");
        Environment.Remove("B2_APPLICATION_KEY");
    }

    [Fact]
    public async Task A_person_is_asked_for_id_and_key_and_the_key_is_hidden()
    {
        var asked = new List<bool>();

        var result = await RunAsync(
            ["account", "authorize"],
            Typing(isHidden =>
            {
                asked.Add(isHidden);
                return isHidden ? $" {Account.ApplicationKey}\n" : Account.ApplicationKeyId;
            })
        );

        result.Code.ShouldBe(0, result.Error);
        result.Error.ShouldStartWith("Application key id: Application key: \n");
        asked.ShouldBe([false, true]);
        result.Json.GetProperty("applicationKey").GetString().ShouldBe(Account.ApplicationKey);
    }

    [Fact]
    public async Task With_the_id_on_the_line_only_the_key_is_asked_for()
    {
        var result = await RunAsync(["account", "authorize", Account.ApplicationKeyId], Typing(_ => Account.ApplicationKey));

        result.Code.ShouldBe(0);
        result.Error.ShouldStartWith("Application key: \n");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    public async Task Nothing_is_done_without_an_answer(string? answer)
    {
        var result = await RunAsync(["account", "authorize"], Typing(_ => answer));

        result.Code.ShouldBe(ExitCodes.Failure);
        result.Error.ShouldEndWith("ERROR: No key was given. Nothing was done.\n");
        Directory.EnumerateFileSystemEntries(Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stop_at_the_prompt_is_obeyed()
    {
        using var asking = new SemaphoreSlim(0);
        using var never = new ManualResetEventSlim();
        using var context = new CliContext(Stream.Null, Stream.Null, Stream.Null)
        {
            Environment = Variable,
            Terminal = Typing(_ =>
            {
                asking.Release();
                never.Wait(Stop);
                return null;
            }),
        };

        var run = CommandLine.RunAsync(["account", "authorize"], context);
        await asking.WaitAsync(Stop);
        context.Stop(ExitCodes.Interrupted);

        (await run).ShouldBe(130);
        never.Set();
    }

    private static Terminal Typing(Func<bool, string?> answer) =>
        new()
        {
            IsInput = true,
            IsError = true,
            ReadLine = answer,
        };
}
