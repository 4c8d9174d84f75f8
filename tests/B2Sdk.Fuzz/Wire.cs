using System.Net.Sockets;

namespace B2Sdk.Fuzz;

/// <summary>Sends requests over connections of their own, and waits for an answer as long as a patient client would, but no longer.</summary>
internal static class Wire
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <exception cref="OperationCanceledException">There was neither an answer nor an end.</exception>
    public static async Task<FuzzReply> SendAsync(Uri url, FuzzRequest request, Random random)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(url.Host, url.Port, limit.Token);
        try
        {
            var cut = random.OneIn(5) ? random.Next(request.Bytes.Length) : request.Bytes.Length;
            await socket.SendAsync(request.Bytes.AsMemory(0, cut), limit.Token);
            await socket.SendAsync(request.Bytes.AsMemory(cut), limit.Token);
            if (!request.IsHttp)
            {
                // It may promise more than it has.
                socket.Shutdown(SocketShutdown.Send);
            }
            return await ReadAsync(socket, request, limit.Token);
        }
        catch (SocketException)
        {
            return FuzzReply.None;
        }
    }

    private static async Task<FuzzReply> ReadAsync(Socket socket, FuzzRequest request, CancellationToken cancellationToken)
    {
        var received = new List<byte>();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await socket.ReceiveAsync(buffer, cancellationToken)) > 0)
        {
            received.AddRange(buffer.AsSpan(0, read));
            if (TryParse([.. received], request.Method, out var reply))
            {
                return reply;
            }
        }
        return FuzzReply.None;
    }

    private static bool TryParse(byte[] received, string method, out FuzzReply reply)
    {
        reply = FuzzReply.None;
        var end = received.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }
        var head = Encoding.Latin1.GetString(received, 0, end);
        var status = int.Parse(head.Split(' ')[1], CultureInfo.InvariantCulture);
        if (status == 100)
        {
            return TryParse(received[(end + 4)..], method, out reply);
        }
        var length = head.Split("\r\n")
            .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            .Select(line => int.Parse(line["Content-Length:".Length..], CultureInfo.InvariantCulture))
            .SingleOrDefault();
        var body = received[(end + 4)..];
        if (method != "HEAD" && body.Length < length)
        {
            return false;
        }
        reply = new(status, head, body[..Math.Min(body.Length, length)]);
        return true;
    }
}
