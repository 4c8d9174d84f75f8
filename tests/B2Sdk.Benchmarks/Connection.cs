using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace B2Sdk.Benchmarks;

/// <summary>One connection that is kept, and costs its client as little as can be: bytes out, bytes in. Not thread-safe.</summary>
internal sealed class Connection : IDisposable
{
    private readonly Socket _socket;
    private byte[] _received = new byte[64 * 1024];

    private Connection(Socket socket) => _socket = socket;

    public static async Task<Connection> OpenAsync(Uri url)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(url.Host, url.Port);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        return new(socket);
    }

    /// <summary>Sends what is a whole request, or the beginning of one.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await _socket.SendAsync(bytes)..];
        }
    }

    /// <summary>Sends a request and returns the body of its answer, which is valid until the next.</summary>
    public async Task<ReadOnlyMemory<byte>> CallAsync(ReadOnlyMemory<byte> request)
    {
        await SendAsync(request);
        return await ReceiveAsync();
    }

    /// <summary>Returns the body of the next answer.</summary>
    /// <exception cref="InvalidOperationException">It is not 200.</exception>
    public async Task<ReadOnlyMemory<byte>> ReceiveAsync()
    {
        var count = 0;
        int head;
        while ((head = _received.AsSpan(0, count).IndexOf("\r\n\r\n"u8)) < 0)
        {
            count += await ReceiveSomeAsync(count);
        }
        var body = head + 4;
        var length = ReadLength(_received.AsSpan(0, head));
        while (count < body + length)
        {
            count += await ReceiveSomeAsync(count);
        }
        var content = _received.AsMemory(body, length);
        return _received.AsSpan().StartsWith("HTTP/1.1 200 "u8)
            ? content
            : throw new InvalidOperationException(Encoding.UTF8.GetString(_received.AsSpan(0, body + length)));
    }

    public void Dispose() => _socket.Dispose();

    private async Task<int> ReceiveSomeAsync(int count)
    {
        if (count == _received.Length)
        {
            Array.Resize(ref _received, 2 * _received.Length);
        }
        var read = await _socket.ReceiveAsync(_received.AsMemory(count));
        return read > 0 ? read : throw new EndOfStreamException("The connection ended before the answer did.");
    }

    private static int ReadLength(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> name = "Content-Length: "u8;
        var at = head.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(head[(at + name.Length)..], out int length, out _)
            ? length
            : throw new InvalidOperationException("The answer does not say its length: " + Encoding.UTF8.GetString(head));
    }
}
