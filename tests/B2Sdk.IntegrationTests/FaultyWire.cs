using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace B2Sdk.IntegrationTests;

/// <summary>The wire between a client and the emulator, which can be told to fail, and remembers what was asked.</summary>
public sealed class FaultyWire : DelegatingHandler
{
    private readonly ConcurrentQueue<(string Operation, Fault Fault)> _faults = new();
    private readonly ConcurrentQueue<string> _asked = new();
    private readonly Lock _lock = new();

    public FaultyWire()
        : base(new SocketsHttpHandler { AllowAutoRedirect = false }) { }

    private delegate Task<HttpResponseMessage> Fault(Func<Task<HttpResponseMessage>> send);

    public IReadOnlyCollection<string> Asked => _asked;

    public int CountOf(string operation) => _asked.Count(asked => asked == operation);

    /// <summary>Answers the next request of an operation in the service's place.</summary>
    public FaultyWire Refuse(string operation, HttpStatusCode status, string code = "", string? retryAfter = null) =>
        Add(
            operation,
            async send =>
            {
                // What was sent goes nowhere: the service must not act on it.
                await Task.CompletedTask;
                var response = new HttpResponseMessage(status)
                {
                    Content = new StringContent(
                        $$"""{"status": {{(int)status}}, "code": "{{code}}", "message": "scripted"}""",
                        Encoding.UTF8,
                        "application/json"
                    ),
                };
                if (retryAfter is not null)
                {
                    response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
                }
                return response;
            }
        );

    /// <summary>Lets the service act on the next request of an operation, and loses its answer.</summary>
    public FaultyWire LoseReply(string operation) =>
        Add(
            operation,
            async send =>
            {
                using var response = await send();
                await response.Content.LoadIntoBufferAsync();
                throw new HttpRequestException(HttpRequestError.ResponseEnded, "the connection was closed");
            }
        );

    /// <summary>Cuts the body of the next answer to an operation after some bytes.</summary>
    public FaultyWire Cut(string operation, int after) =>
        Add(
            operation,
            async send =>
            {
                var response = await send();
                var whole = response.Content;
                response.Content = new StreamContent(new CutStream(await whole.ReadAsStreamAsync(), after));
                foreach (var header in whole.Headers)
                {
                    response.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
                }
                return response;
            }
        );

    /// <summary>Changes one byte of the body of the next answer to an operation.</summary>
    public FaultyWire Corrupt(string operation) =>
        Add(
            operation,
            async send =>
            {
                var response = await send();
                var whole = response.Content;
                var bytes = await whole.ReadAsByteArrayAsync();
                bytes[bytes.Length / 2] ^= 1;
                response.Content = new ByteArrayContent(bytes);
                foreach (var header in whole.Headers)
                {
                    response.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
                }
                return response;
            }
        );

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var operation = OperationOf(request);
        _asked.Enqueue(operation);
        Fault? fault = null;
        lock (_lock)
        {
            if (_faults.TryPeek(out var next) && next.Operation == operation)
            {
                _faults.TryDequeue(out next);
                fault = next.Fault;
            }
        }
        return fault is null
            ? await base.SendAsync(request, cancellationToken)
            : await fault(() => base.SendAsync(request, cancellationToken));
    }

    private FaultyWire Add(string operation, Fault fault)
    {
        _faults.Enqueue((operation, fault));
        return this;
    }

    private static string OperationOf(HttpRequestMessage request)
    {
        var path = request.RequestUri!.AbsolutePath;
        if (path.StartsWith("/file/", StringComparison.Ordinal))
        {
            return "b2_download_file_by_name";
        }
        return path.Split('/').First(segment => segment.StartsWith("b2_", StringComparison.Ordinal));
    }

    private sealed class CutStream(Stream whole, int left) : Stream
    {
        private int _left = left;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_left == 0)
            {
                throw new IOException("the connection was reset");
            }
            var read = await whole.ReadAsync(buffer[..Math.Min(buffer.Length, _left)], cancellationToken);
            _left -= read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
