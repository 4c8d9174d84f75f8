using B2Sdk.Diagnostics;

namespace B2Sdk.Wire;

/// <summary>An answer to a download whose headers have come and whose bytes are still coming.</summary>
internal sealed class DownloadBody : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly Stream _stream;
    private readonly Uri _url;
    private readonly string _operation;
    private readonly TimeSpan _patience;
    private readonly CancellationTokenSource _stop;

    public DownloadBody(
        HttpResponseMessage response,
        Stream stream,
        FileVersion file,
        Uri url,
        string operation,
        TimeSpan patience,
        TimeProvider time
    )
    {
        _response = response;
        _stream = stream;
        _url = url;
        _operation = operation;
        _patience = patience;
        _stop = new(Timeout.InfiniteTimeSpan, time);
        File = file;
        Start = response.Content.Headers.ContentRange?.From ?? 0;
        Length = response.Content.Headers.ContentLength;
    }

    /// <summary>What the headers say of the file; its size is the whole file's.</summary>
    public FileVersion File { get; }

    /// <summary>Where in the file the first byte belongs.</summary>
    public long Start { get; }

    /// <summary>How many bytes were promised; null when the service did not say.</summary>
    public long? Length { get; }

    /// <summary>Reads what has come, at least one byte; 0 at the end.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        // The limit counts only while somebody waits: a slow reader is not a stalled service.
        _stop.CancelAfter(_patience);
        try
        {
            using var registration = cancellationToken.UnsafeRegister(static stop => ((CancellationTokenSource)stop!).Cancel(), _stop);
            var read = await _stream.ReadAsync(buffer, _stop.Token).ConfigureAwait(false);
            Telemetry.Received(read);
            return read;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            throw Failures.NoProgress(_patience, _url, _operation, File.FileName);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Failures.NoConnection(e, _url, _operation, File.FileName);
        }
        finally
        {
            if (!_stop.IsCancellationRequested)
            {
                _stop.CancelAfter(Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose()
    {
        _response.Dispose();
        _stop.Dispose();
    }
}
