using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace B2Sdk.Tests;

/// <summary>A server on this machine that shows every byte of a request's head, for what only a real connection can tell.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<RawServer, Request, string> _answer;
    private readonly Task _running;

    /// <summary>Starts it.</summary>
    /// <param name="answer">The whole answer to a request, head and body. One that begins with <c>!</c> is sent before the request's body is read.</param>
    public RawServer(Func<RawServer, Request, string> answer)
    {
        _answer = answer;
        _listener.Start();
        Url = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _running = AcceptAsync();
    }

    public string Url { get; }

    public ConcurrentQueue<Request> Requests { get; } = [];

    public static string Json(string body) => Ok(body, "Content-Type: application/json");

    public static string Ok(string body, params string[] headers) =>
        $"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n{body}";

    public string Authorization() =>
        Json(
            "{\"accountId\":\"a\",\"authorizationToken\":\"t\",\"apiInfo\":{\"storageApi\":{\"absoluteMinimumPartSize\":5000000,"
                + $"\"recommendedPartSize\":100000000,\"apiUrl\":\"{Url}\",\"downloadUrl\":\"{Url}\","
                + "\"allowed\":{\"buckets\":[{\"id\":\"b1\",\"name\":\"my-bucket\"}],\"capabilities\":[\"readFiles\",\"writeFiles\"],\"namePrefix\":null}}}}"
        );

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                while (await ReadHeadAsync(stream) is { } request)
                {
                    var answer = _answer(this, request);
                    Requests.Enqueue(request);
                    if (answer.StartsWith('!'))
                    {
                        await stream.WriteAsync(Encoding.Latin1.GetBytes(answer[1..]), _stop.Token);
                        return;
                    }
                    await ReadBodyAsync(stream, request);
                    await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), _stop.Token);
                    if (!answer.Contains("Content-Length", StringComparison.Ordinal))
                    {
                        return;
                    }
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException)
            {
                // The client hung up, perhaps before it said a word, or the test is over.
            }
        }
    }

    private async Task<Request?> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var octet = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(octet, _stop.Token) == 0)
            {
                return null;
            }
            head.Append((char)octet[0]);
        }
        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        return new(
            lines[0],
            lines
                .Skip(1)
                .ToDictionary(
                    line => line[..line.IndexOf(':')],
                    line => line[(line.IndexOf(':') + 1)..].Trim(),
                    StringComparer.OrdinalIgnoreCase
                )
        );
    }

    private async Task ReadBodyAsync(NetworkStream stream, Request request)
    {
        if (!request.Headers.TryGetValue("Content-Length", out var length))
        {
            return;
        }
        if (request.Headers.ContainsKey("Expect"))
        {
            await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), _stop.Token);
        }
        request.Body = new byte[int.Parse(length, CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(request.Body, _stop.Token);
    }

    internal sealed record Request(string Line, IReadOnlyDictionary<string, string> Headers)
    {
        public byte[] Body { get; set; } = [];
        public string Path => Line.Split(' ')[1];
    }
}
