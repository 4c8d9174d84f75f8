using System.CommandLine;
using B2Sdk.Cli.Help;
using B2Sdk.Emulator;

namespace B2Sdk.Cli.Commands.LocalEmulator;

/// <summary><c>b2 emulator exec</c></summary>
internal static class Exec
{
    public static Command Create(CliContext context)
    {
        var flags = new EmulatorFlags(port: 0, tlsPort: 0);
        var words = new Argument<string[]>("command")
        {
            Description = "The command and its arguments, after --",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Verb(
            "exec",
            "Run a command against an emulator that lives as long as it does, and end with its exit code",
            "b2 emulator exec -- dotnet test",
            "b2 emulator exec --seed fixtures -- rclone ls b2:"
        )
        {
            words,
        };
        flags.AddTo(command);
        command.SetAction(
            async (line, _) =>
            {
                using var run = new Invocation(context, line);
                return await RunAsync(run, flags.Read(run, line), line.GetRequiredValue(words));
            }
        );
        return command;
    }

    private static async Task<int> RunAsync(Invocation run, B2EmulatorOptions options, string[] words)
    {
        var path = Child.Find(words[0], run.Context.Variable("PATH"));
        using var signals = new ChildSignals(run.Context);
        var stopping = run.Context.Stopping;
        stopping.ThrowIfCancellationRequested();
        var folder = Directory.CreateTempSubdirectory("b2-emulator-");
        try
        {
            await using var emulator = await B2Emulator.StartAsync(options, stopping);
            var variables = new List<(string, string)>(ClientVariables.Of(emulator, Path.Combine(folder.FullName, "account_info")))
            {
                (RunningEmulator.EmulatorOptions.UrlVariable, ClientVariables.TextOf(emulator.Url)),
            };
            variables.AddRange(ClientVariables.AroundProxy(run.Context.Variable));
            if (options.ControlToken is { } token)
            {
                variables.Add((RunningEmulator.EmulatorOptions.TokenVariable, token));
            }
            if (emulator.TlsUrl is { } tls)
            {
                variables.Add(("B2_EMULATOR_TLS_URL", ClientVariables.TextOf(tls)));
                var authority = emulator.TlsAuthorityFile ?? Path.GetFullPath(options.Tls!.CertificateFile!);
                variables.Add(("B2_EMULATOR_CA_FILE", authority));
                variables.AddRange(
                    TrustedCertificates.Write(Path.Combine(folder.FullName, "trusted.pem"), authority, run.Context.Variable)
                );
            }
            await run.Context.Out.FlushAsync(CancellationToken.None);
            // Signals are the command's to answer; the emulator ends after it in any case.
            return await Child.RunAsync(path, words[1..], variables, signals);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
