using System.CommandLine;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli.Commands.Files;

/// <summary>How a file is downloaded.</summary>
internal sealed class DownloadFlags
{
    private readonly Option<int> _threads = TransferOptions.Threads();

    private readonly Option<int?> _streams = WholeNumber.OptionalOption(
        "--max-download-streams-per-file",
        "As --threads; the smaller counts",
        least: 1,
        most: int.MaxValue
    );

    private readonly Option<bool> _skipsHash = new("--skip-hash-verification")
    {
        Description = "Accept content whose SHA-1 is not what B2 says",
    };

    // The Python tool's buffer; the system's cache does what it was for.
    private readonly Option<string?> _bufferSize = new("--write-buffer-size") { Hidden = true };
    private readonly Encryption _encryption = Encryption.OfSource();

    public void AddTo(Command command)
    {
        command.Add(_threads);
        command.Add(_streams);
        command.Add(_skipsHash);
        command.Add(_bufferSize);
        _encryption.AddTo(command);
    }

    public DownloadOptions Read(Invocation run, ParseResult line) =>
        new()
        {
            Concurrency = TransferOptions.Concurrency(Math.Min(line.GetValue(_threads), line.GetValue(_streams) ?? int.MaxValue)),
            VerifyContent = !line.GetValue(_skipsHash),
            Encryption = _encryption.Read(run, line),
        };
}
