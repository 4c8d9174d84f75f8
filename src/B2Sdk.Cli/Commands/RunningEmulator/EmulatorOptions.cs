using System.CommandLine;

namespace B2Sdk.Cli.Commands.RunningEmulator;

/// <summary>Which emulator is meant, and what opens its control API.</summary>
internal sealed class EmulatorOptions
{
    public const string TokenVariable = "B2_EMULATOR_CONTROL_TOKEN";
    public const string UrlVariable = "B2_EMULATOR_URL";

    public Option<string> Url { get; } =
        new("--url") { Description = $"Where the emulator is [default: {UrlVariable}, else {Realm.EmulatorUrl}]", HelpName = "URL" };

    public Option<string> Token { get; } =
        new("--control-token") { Description = $"The emulator's control token [default: {TokenVariable}]", HelpName = "TOKEN" };

    public void AddTo(Command command)
    {
        command.Add(Url);
        command.Add(Token);
    }

    public ControlClient Connect(Invocation run, ParseResult line)
    {
        var text = line.GetValue(Url) ?? run.Context.Variable(UrlVariable) ?? Realm.EmulatorUrl;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            throw new MisuseException($"{Url.Name}: '{text}' is not an http or https URL.");
        }
        return new(url, line.GetValue(Token) ?? run.Context.Variable(TokenVariable));
    }
}
