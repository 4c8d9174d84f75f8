using System.Net;

namespace B2Sdk.Wire;

/// <summary>The bytes of an upload, as far as sending them is concerned: what they are is for others to know.</summary>
internal abstract class UploadBody : HttpContent
{
    private bool _wasStarted;

    /// <summary>Called whenever bytes were handed to the connection.</summary>
    public Action? BytesMoved { get; set; }

    /// <summary>Why the bytes could not be read on this side; null when they could. The far side is not to blame then.</summary>
    public Exception? SourceFailure { get; private set; }

    /// <summary>True when every byte was handed to the connection, so that B2 may have stored them even if its answer never came.</summary>
    public bool WasSent { get; private set; }

    protected abstract Task WriteAsync(Stream connection, CancellationToken cancellationToken);

    /// <summary>Marks a failure as the source's own.</summary>
    protected Exception Blame(Exception failure) => SourceFailure = failure;

    protected sealed override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected sealed override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        // An upload is sent again only to another URL, by the session. A handler below that sends it again on its own breaks B2's rules.
        if (_wasStarted)
        {
            throw Blame(
                new InvalidOperationException(
                    "An HTTP handler below B2Sdk sent an upload a second time. Take the retrying handler out of B2ApiOptions.HttpHandler: uploads are retried by B2Sdk itself."
                )
            );
        }
        _wasStarted = true;
        await WriteAsync(stream, cancellationToken).ConfigureAwait(false);
        WasSent = true;
    }
}
