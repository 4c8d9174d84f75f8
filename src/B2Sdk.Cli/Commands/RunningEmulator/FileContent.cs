using System.Net;

namespace B2Sdk.Cli.Commands.RunningEmulator;

/// <summary>A file that is opened when its turn to be sent comes, so that any number of them waits without a handle.</summary>
internal sealed class FileContent(string path) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await using var file = Open();
        await file.CopyToAsync(stream, cancellationToken);
    }

    // A file may change until it is sent.
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private FileStream Open()
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // An exception of streams would be taken for the connection's.
            throw new CommandException($"The file '{path}' cannot be read: {e.Message}");
        }
    }
}
