using System.Globalization;
using System.Net.Sockets;

namespace B2Sdk.Emulator.Tests.Support;

/// <summary>A bare TCP connection, for requests no HTTP client would send: half bodies, lying lengths, forbidden characters.</summary>
internal sealed class RawConnection : IAsyncDisposable
{
    private readonly TcpClient _client;

    /// <summary>Kept, since the client hands it out no more once one direction is shut.</summary>
    private readonly NetworkStream _stream;

    private readonly IDisposable? _inside;

    private RawConnection(TcpClient client, IDisposable? inside)
    {
        _inside = inside;
        _client = client;
        _stream = client.GetStream();
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<RawConnection> OpenAsync(Uri url)
    {
        var inside = await Gate.EnterAsync(url);
        var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port, Cancelled);
        return new RawConnection(client, inside);
    }

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(byte[] bytes) => await _stream.WriteAsync(bytes, Cancelled);

    /// <summary>Sends the head of an upload and waits until the server asks for the body, so that the upload is known to be under way.</summary>
    public async Task BeginUploadAsync(UploadTarget target, string nameHeader, long contentLength, string sha1)
    {
        await SendAsync(UploadHead(target, nameHeader, contentLength, sha1, "Expect: 100-continue\r\n"));
        (await ReadHeadAsync()).ShouldStartWith("HTTP/1.1 100");
    }

    public static string UploadHead(UploadTarget target, string nameHeader, long contentLength, string sha1, string more = "") =>
        $"POST {target.Url.PathAndQuery} HTTP/1.1\r\nHost: {target.Url.Authority}\r\nAuthorization: {target.Token}\r\n"
        + $"X-Bz-File-Name: {nameHeader}\r\nX-Bz-Part-Number: 1\r\nContent-Type: text/plain\r\nX-Bz-Content-Sha1: {sha1}\r\n"
        + $"Content-Length: {contentLength.ToString(CultureInfo.InvariantCulture)}\r\n{more}\r\n";

    /// <summary>Says that nothing more will come.</summary>
    public void EndSending() => _client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Says that nothing more will come, and waits until the server has hung up, too.</summary>
    public async Task HangUpAsync()
    {
        try
        {
            EndSending();
            var rest = new byte[4096];
            while (await _stream.ReadAsync(rest, Cancelled) > 0) { }
        }
        catch (IOException)
        {
            // A server may answer a cut-off body with a reset instead of a farewell.
        }
    }

    /// <summary>The status of the answer that follows; 0 when the server hung up without one.</summary>
    public async Task<(int Status, string Body)> ReadReplyAsync()
    {
        string head;
        try
        {
            head = await ReadHeadAsync();
        }
        catch (IOException)
        {
            return (0, "");
        }

        if (head.Length == 0)
        {
            return (0, "");
        }

        var length = head.Split("\r\n")
            .Where(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            .Select(l => int.Parse(l["Content-Length:".Length..], CultureInfo.InvariantCulture))
            .SingleOrDefault();
        var body = new byte[length];
        await _stream.ReadExactlyAsync(body, Cancelled);
        return (int.Parse(head.Split(' ')[1], CultureInfo.InvariantCulture), Encoding.UTF8.GetString(body));
    }

    /// <summary>Reads exactly so many bytes.</summary>
    public async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes, Cancelled);
        return bytes;
    }

    /// <summary>Reads until the server is done with the connection; clean when it said so, and not when it broke it.</summary>
    public async Task<(byte[] Bytes, bool IsClean)> ReadToEndAsync()
    {
        using var all = new MemoryStream();
        try
        {
            await _stream.CopyToAsync(all, Cancelled);
            return (all.ToArray(), true);
        }
        catch (IOException)
        {
            return (all.ToArray(), false);
        }
    }

    /// <summary>True when nothing comes, not even an end, for so long.</summary>
    public async Task<bool> IsSilentAsync(TimeSpan wait)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(wait);
        try
        {
            // Not even an end of the stream is silence.
            return await _stream.ReadAsync(new byte[1], limit.Token) < 0;
        }
        catch (OperationCanceledException) when (!Cancelled.IsCancellationRequested)
        {
            return true;
        }
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        _inside?.Dispose();
        return ValueTask.CompletedTask;
    }

    public async Task<string> ReadHeadAsync()
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (await _stream.ReadAsync(one, Cancelled) == 1)
        {
            head.Append((char)one[0]);
            if (head.Length >= 4 && head.ToString(head.Length - 4, 4) == "\r\n\r\n")
            {
                break;
            }
        }

        return head.ToString();
    }
}
