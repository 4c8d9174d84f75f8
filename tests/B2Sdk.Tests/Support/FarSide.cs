using System.Collections.Concurrent;

namespace B2Sdk.Tests;

/// <summary>The service, played by a handler: it answers by script, and where the script says nothing, well.</summary>
internal sealed partial class FarSide(TestClock clock) : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<Reply>> _scripts = [];
    private readonly Dictionary<string, Reply> _always = [];
    private readonly List<Exchange> _journal = [];

    public TestClock Clock => clock;

    public bool IsDisposed { get; private set; }

    /// <summary>Set when a reply hangs.</summary>
    public TaskCompletionSource Hung { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the client did that the service does not allow.</summary>
    public ConcurrentQueue<string> Violations { get; } = [];

    /// <summary>True to put a Date header on answers.</summary>
    public bool SaysDate { get; set; }

    public TimeSpan ClockSkew { get; set; }

    public IReadOnlyList<Exchange> Journal
    {
        get
        {
            lock (_lock)
            {
                return [.. _journal];
            }
        }
    }

    public int Count(string operation) => Journal.Count(exchange => exchange.Operation == operation);

    public IReadOnlyList<Exchange> Of(string operation) => [.. Journal.Where(exchange => exchange.Operation == operation)];

    public Exchange Last(string operation) => Of(operation)[^1];

    public void ClearJournal()
    {
        lock (_lock)
        {
            _journal.Clear();
        }
    }

    /// <summary>The next answers to an operation, one each.</summary>
    public void Next(string operation, params Reply[] replies)
    {
        lock (_lock)
        {
            if (!_scripts.TryGetValue(operation, out var queue))
            {
                _scripts[operation] = queue = [];
            }
            foreach (var reply in replies)
            {
                queue.Enqueue(reply);
            }
        }
    }

    public void Next(string operation, int times, Reply reply) => Next(operation, [.. Enumerable.Repeat(reply, times)]);

    /// <summary>The answer to an operation whenever the script has no other.</summary>
    public void Always(string operation, Reply reply)
    {
        lock (_lock)
        {
            _always[operation] = reply;
        }
    }

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Exchange exchange;
        Reply reply;
        lock (_lock)
        {
            exchange = new(request, _journal.Count + 1);
            _journal.Add(exchange);
            reply =
                _scripts.TryGetValue(exchange.Operation, out var queue) && queue.TryDequeue(out var scripted) ? scripted
                : _always.TryGetValue(exchange.Operation, out var always) ? always
                : Answer.Good;
        }
        cancellationToken.ThrowIfCancellationRequested();
        var isUpload = exchange.Operation is "b2_upload_file" or "b2_upload_part";
        if (!isUpload)
        {
            await exchange.ReadBodyAsync(cancellationToken);
            return await reply(this, exchange, cancellationToken);
        }
        return await WatchUploadAsync(exchange, reply, cancellationToken);
    }

    // One upload at a time on a URL, and none after one that failed: whatever the answers are, this is what a client must keep to.
    private async Task<HttpResponseMessage> WatchUploadAsync(Exchange exchange, Reply reply, CancellationToken cancellationToken)
    {
        var url = exchange.Url.AbsoluteUri;
        lock (_lock)
        {
            if (!_uploadUrls.TryGetValue(url, out var state))
            {
                Violations.Enqueue($"{url} was never given.");
                _uploadUrls[url] = state = new("?", "?");
            }
            if (state.Token != exchange.Token)
            {
                Violations.Enqueue($"{url} was used with the token of another.");
            }
            if (state.IsLive)
            {
                Violations.Enqueue($"{url} was used twice at the same time.");
            }
            if (state.HasFailed)
            {
                Violations.Enqueue($"{url} was used again after a failure.");
            }
            state.IsLive = true;
        }
        var isGood = false;
        try
        {
            var response = await reply(this, exchange, cancellationToken);
            isGood = response.IsSuccessStatusCode;
            return response;
        }
        finally
        {
            lock (_lock)
            {
                _uploadUrls[url].IsLive = false;
                _uploadUrls[url].HasFailed |= !isGood;
            }
        }
    }

    private sealed class UploadUrlState(string token, string target)
    {
        public string Token { get; } = token;
        public string Target { get; } = target;
        public bool IsLive { get; set; }
        public bool HasFailed { get; set; }
    }
}
