using System.CommandLine;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli.Commands.Files;

/// <summary>Options for how a file is encrypted, or was. Keys come from the environment, so that they are in no history and no list of processes.</summary>
internal sealed class Encryption
{
    private const string DestinationKeyVariable = "B2_DESTINATION_SSE_C_KEY_B64";
    private const string DestinationKeyIdVariable = "B2_DESTINATION_SSE_C_KEY_ID";
    private const string SourceKeyVariable = "B2_SOURCE_SSE_C_KEY_B64";
    private const string SseB2 = "SSE-B2";
    private const string SseC = "SSE-C";

    private readonly Option<string?> _mode;
    private readonly Option<string?> _algorithm;
    private readonly string _keyVariable;

    private Encryption(string name, string description, string keyVariable, params string[] modes)
    {
        _keyVariable = keyVariable;
        _mode = new Option<string?>(name) { Description = description, HelpName = "MODE" }.AcceptOnly(modes);
        _algorithm = new Option<string?>(name + "-algorithm")
        {
            Description = "With which algorithm; there is AES256 alone",
            HelpName = "NAME",
        }.AcceptOnly("AES256");
    }

    public static Encryption OfDestination() =>
        new(
            "--destination-server-side-encryption",
            $"How B2 is to encrypt the file: SSE-B2, or SSE-C with the key in {DestinationKeyVariable} and its name in {DestinationKeyIdVariable}",
            DestinationKeyVariable,
            SseB2,
            SseC
        );

    public static Encryption OfSource() =>
        new(
            "--source-server-side-encryption",
            $"How the file was encrypted when the key is yours: SSE-C, with the key in {SourceKeyVariable}",
            SourceKeyVariable,
            SseC
        );

    public void AddTo(Command command)
    {
        command.Add(_mode);
        command.Add(_algorithm);
    }

    /// <summary>What is asked for; null when nothing is.</summary>
    public EncryptionSetting? Read(Invocation run, ParseResult line)
    {
        switch (line.GetValue(_mode))
        {
            case SseB2:
                return EncryptionSetting.SseB2;
            case SseC:
                var key =
                    run.Context.Variable(_keyVariable)
                    ?? throw new MisuseException($"{_mode.Name} {SseC} needs the key, in base64, in {_keyVariable}.");
                return EncryptionSetting.SseC(ReadKey(run, key));
            default:
                if (line.GetValue(_algorithm) is not null)
                {
                    run.Warn($"{_algorithm.Name} does nothing without {_mode.Name}.");
                }
                return null;
        }
    }

    private EncryptionKey ReadKey(Invocation run, string key)
    {
        var isDestination = _keyVariable == DestinationKeyVariable;
        var keyId = isDestination ? run.Context.Variable(DestinationKeyIdVariable) : null;
        if (isDestination && keyId is null)
        {
            run.Say($"Nothing in the file will tell which key it needs; a name for it in {DestinationKeyIdVariable} would.");
        }
        try
        {
            return EncryptionKey.FromBase64(key, keyId);
        }
        catch (ArgumentException e)
        {
            throw new MisuseException($"{_keyVariable}: {Failure.WithoutParameter(e)}");
        }
    }
}
