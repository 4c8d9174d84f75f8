using System.CommandLine;
using B2Sdk.Cli.Commands.RunningEmulator;
using B2Sdk.Emulator;

namespace B2Sdk.Cli.Commands;

/// <summary><c>b2 emulator</c></summary>
internal static class Emulator
{
    private const int DefaultPort = 8182;
    private const int LastPort = 65_535;

    public static Command Create(CliContext context)
    {
        var port = new Option<int>("--port")
        {
            Description = "The port on 127.0.0.1; 0 for any that is free",
            HelpName = "N",
            DefaultValueFactory = static _ => DefaultPort,
        };
        port.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var number) && number is < 0 or > LastPort)
            {
                result.AddError($"--port is 0 to {LastPort}.");
            }
        });
        var data = new Option<string?>("--data")
        {
            Description = "Keep everything in this folder; else it is forgotten at the end",
            HelpName = "DIR",
        };
        var keyId = new Option<string>("--key-id")
        {
            Description = "The id of the key that clients use",
            HelpName = "ID",
            DefaultValueFactory = static _ => B2EmulatorOptions.DefaultApplicationKeyId,
        };
        var key = new Option<string>("--key")
        {
            Description = "The key itself",
            HelpName = "KEY",
            DefaultValueFactory = static _ => B2EmulatorOptions.DefaultApplicationKey,
        };
        var minimum = new Option<string?>("--min-part-size")
        {
            Description = "The smallest part of a large file [default: 5MB]",
            HelpName = "BYTES",
        };
        var recommended = new Option<string?>("--recommended-part-size")
        {
            Description = "The part size that clients are told to use [default: 100MB]",
            HelpName = "BYTES",
        };
        var peers = new Option<string[]>("--replicate-to")
        {
            Description =
                "Another emulator, to which files are replicated whose destination bucket is not here; may be given several times",
            HelpName = "URL",
        };
        peers.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !IsHttp(token.Value)))
            {
                result.AddError($"--replicate-to is the URL of an emulator, such as http://127.0.0.1:8183, and not '{token.Value}'.");
            }
        });
        var lenient = new Option<string[]>("--lenient")
        {
            Description = "A rule of B2 that is not kept; can be given several times. docs/emulator.md lists them",
            HelpName = "RULE",
        };
        var controlToken = new Option<string?>("--control-token")
        {
            Description = $"What the control API must be called with [default: {EmulatorOptions.TokenVariable}]",
            HelpName = "TOKEN",
        };
        var command = new Command("emulator", "Run a B2 service on this machine, for tests")
        {
            Status.Create(context),
            Reset.Create(context),
            Clock.Create(context),
            Faults.Create(context),
            Journal.Create(context),
            Snapshot.Create(context),
            port,
            data,
            keyId,
            key,
            minimum,
            recommended,
            peers,
            lenient,
            controlToken,
        };
        Invocation.SetAction(
            command,
            context,
            (run, line, cancellationToken) =>
            {
                var defaults = new B2EmulatorOptions();
                return RunAsync(
                    run,
                    defaults with
                    {
                        Port = line.GetValue(port),
                        DataDirectory = line.GetValue(data),
                        ApplicationKeyId = line.GetRequiredValue(keyId),
                        ApplicationKey = line.GetRequiredValue(key),
                        MinimumPartSize = line.GetValue(minimum) is { } least
                            ? ByteSize.Parse(least, minimum.Name)
                            : defaults.MinimumPartSize,
                        RecommendedPartSize = line.GetValue(recommended) is { } usual
                            ? ByteSize.Parse(usual, recommended.Name)
                            : defaults.RecommendedPartSize,
                        ReplicateTo = [.. (line.GetValue(peers) ?? []).Select(url => new Uri(url))],
                        Lenient = line.GetValue(lenient) ?? [],
                        ControlToken = line.GetValue(controlToken) ?? run.Context.Variable(EmulatorOptions.TokenVariable),
                        LoggerFactory = new StandardErrorLog(run),
                    },
                    cancellationToken
                );
            }
        );
        return command;
    }

    private static bool IsHttp(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps);

    public static async Task RunAsync(Invocation run, B2EmulatorOptions options, CancellationToken cancellationToken)
    {
        await using var emulator = await B2Emulator.StartAsync(options, cancellationToken);
        await PrintAsync(run, emulator);
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(stop.SetResult);
        // To be stopped is how it ends, not how it fails.
        await stop.Task;
        await emulator.StopAsync(CancellationToken.None);
    }

    private static async Task PrintAsync(Invocation run, B2Emulator emulator)
    {
        var url = emulator.Url.AbsoluteUri.TrimEnd('/');
        var account = emulator.Account;
        if (run.IsJson)
        {
            run.PrintJson(
                json =>
                {
                    json.WriteStartObject();
                    json.WriteString("url", url);
                    json.WriteString("accountId", account.AccountId);
                    json.WriteString("applicationKeyId", account.ApplicationKeyId);
                    json.WriteString("applicationKey", account.ApplicationKey);
                    json.WriteEndObject();
                },
                isOnOneLine: true
            );
        }
        else
        {
            run.Print($"The B2 emulator is ready at {url}");
            run.Print($"account id:          {account.AccountId}");
            run.Print($"application key id:  {account.ApplicationKeyId}");
            run.Print($"application key:     {account.ApplicationKey}");
        }
        // Whoever waits for these lines waits for them now.
        await run.Context.Out.FlushAsync(CancellationToken.None);
    }
}
