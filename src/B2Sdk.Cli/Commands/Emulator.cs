using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using B2Sdk.Cli.Commands.LocalEmulator;
using B2Sdk.Cli.Commands.RunningEmulator;
using B2Sdk.Cli.Help;
using B2Sdk.Cli.Output;
using B2Sdk.Emulator;

namespace B2Sdk.Cli.Commands;

/// <summary><c>b2 emulator</c></summary>
internal static class Emulator
{
    private const int DefaultPort = 8182;
    private const int DefaultTlsPort = 8183;

    public static Command Create(CliContext context)
    {
        var flags = new EmulatorFlags(DefaultPort, DefaultTlsPort);
        var readyFile = new Option<string?>("--ready-file")
        {
            Description = "A file that is there as long as it is ready, and tells in JSON where",
            HelpName = "FILE",
        };
        var command = new Verb(
            "emulator",
            "Run a B2 service on this machine, for tests",
            "b2 emulator",
            "b2 emulator --data b2-data --seed fixtures",
            "b2 emulator exec -- dotnet test"
        )
        {
            Exec.Create(context),
            Env.Create(context),
            Health.Create(context),
            Status.Create(context),
            Reset.Create(context),
            Seed.Create(context),
            Caps.Create(context),
            Clock.Create(context),
            Faults.Create(context),
            Journal.Create(context),
            Snapshot.Create(context),
        };
        flags.AddTo(command);
        command.Add(readyFile);
        Invocation.SetAction(
            command,
            context,
            (run, line, cancellationToken) => RunAsync(run, flags.Read(run, line), line.GetValue(readyFile), cancellationToken)
        );
        return command;
    }

    private static async Task RunAsync(Invocation run, B2EmulatorOptions options, string? readyFile, CancellationToken cancellationToken)
    {
        await using var emulator = await B2Emulator.StartAsync(options, cancellationToken);
        using var ready = ReadyFile.Create(readyFile, JsonText.Render(json => Write(json, emulator, options), isOnOneLine: true));
        await PrintAsync(run, emulator, options);
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(stop.SetResult);
        // To be stopped is how it ends, not how it fails.
        await stop.Task;
        await emulator.StopAsync(CancellationToken.None);
    }

    private static void Write(Utf8JsonWriter json, B2Emulator emulator, B2EmulatorOptions options)
    {
        json.WriteStartObject();
        json.WriteString("url", ClientVariables.TextOf(emulator.Url));
        json.WriteString("accountId", emulator.Account.AccountId);
        json.WriteString("applicationKeyId", emulator.Account.ApplicationKeyId);
        json.WriteString("applicationKey", emulator.Account.ApplicationKey);
        if (emulator.TlsUrl is { } tls)
        {
            json.WriteString("tlsUrl", ClientVariables.TextOf(tls));
        }
        if (emulator.TlsAuthorityFile is { } authority)
        {
            json.WriteString("tlsAuthorityFile", authority);
        }
        if (options.ControlToken is { } token)
        {
            json.WriteString("controlToken", token);
        }
        json.WriteEndObject();
    }

    private static async Task PrintAsync(Invocation run, B2Emulator emulator, B2EmulatorOptions options)
    {
        if (run.IsJson)
        {
            run.PrintJson(json => Write(json, emulator, options), isOnOneLine: true);
        }
        else
        {
            run.Print($"The B2 emulator is ready at {ClientVariables.TextOf(emulator.Url)}");
            if (emulator.TlsUrl is { } tls)
            {
                run.Print($"and by https at         {ClientVariables.TextOf(tls)}");
            }
            if (emulator.TlsAuthorityFile is { } authority)
            {
                run.Print($"authority:           {authority}");
            }
            run.Print($"account id:          {emulator.Account.AccountId}");
            run.Print($"application key id:  {emulator.Account.ApplicationKeyId}");
            run.Print($"application key:     {emulator.Account.ApplicationKey}");
            if (options.ControlToken is { } token)
            {
                run.Print($"control token:       {token}");
            }
            run.Print($"in a browser:        {ClientVariables.TextOf(emulator.Url)}/_emulator/");
            run.Print($"for b2 and rclone:   {SetUp(emulator)}");
        }
        // Whoever waits for these lines waits for them now.
        await run.Context.Out.FlushAsync(CancellationToken.None);
    }

    /// <summary>The line by which a shell sets up clients for this emulator.</summary>
    private static string SetUp(B2Emulator emulator)
    {
        var (url, account) = (ClientVariables.TextOf(emulator.Url), emulator.Account);
        var line = new StringBuilder("b2 emulator env");
        Add("--url", url, Realm.EmulatorUrl);
        Add("--key-id", account.ApplicationKeyId, B2EmulatorOptions.DefaultApplicationKeyId);
        Add("--key", account.ApplicationKey, B2EmulatorOptions.DefaultApplicationKey);
        return OperatingSystem.IsWindows() ? $"{line} --shell pwsh | Out-String | Invoke-Expression" : $"eval \"$({line})\"";

        void Add(string option, string value, string usual)
        {
            if (value != usual)
            {
                line.Append(CultureInfo.InvariantCulture, $" {option} {NameText.Quote(value)}");
            }
        }
    }
}
