using System.Net;
using System.Reflection;
using B2Sdk.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace B2Sdk.Wire;

/// <summary>Sends a request and takes the head of its answer: logs, counts, compares the clocks, and makes an exception of whatever is no success.</summary>
internal sealed class HttpExchange : IDisposable
{
    private const int LargestErrorBody = 64 * 1024;

    // A token is not refused for it, but times that are compared are wrong.
    private static readonly TimeSpan LargestSkew = TimeSpan.FromMinutes(10);

    private readonly HttpMessageInvoker _http;
    private readonly TransactionClasses _transactions;
    private readonly LiveSecrets _secrets = new();
    private readonly TimeProvider _time;
    private readonly string _userAgent;
    private readonly ILogger _log;
    private long _clockOffsetTicks = long.MinValue;
    private int _isSkewReported;

    public HttpExchange(B2ApiOptions options, TransactionClasses transactions)
    {
        if (options.HttpHandler is not null)
        {
            HandlerRules.Check(options.HttpHandler);
        }
        _log = options.LoggerFactory?.CreateLogger("B2Sdk.Wire") ?? NullLogger.Instance;
        _http = options.HttpHandler is { } handler ? new(handler, disposeHandler: false) : new(CreateHandler(), disposeHandler: true);
        _transactions = transactions;
        _time = options.TimeProvider;
        var version = typeof(HttpExchange)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];
        _userAgent = $"B2Sdk/{version}+dotnet/{Environment.Version}{(options.UserAgentAppend is { } more ? " " + more : "")}";
    }

    public DateTimeOffset ServerTime => _time.GetUtcNow() + (ClockSkew ?? TimeSpan.Zero);

    public TimeSpan? ClockSkew =>
        Volatile.Read(ref _clockOffsetTicks) is var ticks and not long.MinValue ? TimeSpan.FromTicks(ticks) : null;

    /// <summary>Sends, and returns a response that is a success; whatever else comes is thrown.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        string operation,
        string? subject,
        Secret token,
        Watchdog watchdog,
        CancellationToken cancellationToken
    )
    {
        request.Headers.TryAddWithoutValidation("User-Agent", _userAgent);
        var url = request.RequestUri!;
        _secrets.Remember(token.Reveal());
        Log.Requesting(_log, operation, url.Authority);
        if (_log.IsEnabled(LogLevel.Trace))
        {
            Log.RequestHeaders(_log, operation, LoggableHeaders.Describe(request.Headers, request.Content?.Headers));
        }
        var start = _time.GetTimestamp();
        var response = await GuardAsync(
                request.RequestUri!,
                operation,
                subject,
                watchdog,
                () => _http.SendAsync(request, watchdog.Token),
                cancellationToken
            )
            .ConfigureAwait(false);
        watchdog.Reset();
        Log.Answered(_log, operation, response.StatusCode, _time.GetElapsedTime(start));
        if (_log.IsEnabled(LogLevel.Trace))
        {
            Log.ResponseHeaders(_log, operation, LoggableHeaders.Describe(response.Headers, response.Content.Headers));
        }
        Telemetry.Answered(operation, response.StatusCode, _transactions.Count(operation));
        CompareClocks(response);
        if (request.RequestUri != url)
        {
            response.Dispose();
            throw Failures.Redirected(url, operation, subject);
        }
        if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent)
        {
            return response;
        }

        using (response)
        {
            var body = await GuardAsync(
                    request.RequestUri!,
                    operation,
                    subject,
                    watchdog,
                    () => ReadErrorBodyAsync(response, watchdog),
                    cancellationToken
                )
                .ConfigureAwait(false);
            throw Failures.FromAnswer(
                response,
                body,
                operation,
                subject,
                text => _secrets.Scrub(text, RequestSecrets.Of(request)),
                ServerTime
            );
        }
    }

    private void CompareClocks(HttpResponseMessage response)
    {
        if (response.Headers.Date is not { } serverTime)
        {
            return;
        }
        var skew = serverTime - _time.GetUtcNow();
        Volatile.Write(ref _clockOffsetTicks, skew.Ticks);
        if (skew.Duration() > LargestSkew && Interlocked.Exchange(ref _isSkewReported, 1) == 0)
        {
            Log.ClockSkewed(_log, skew);
        }
    }

    // The status has said what matters: a body that breaks off takes nothing away from that.
    private static async Task<byte[]> ReadErrorBodyAsync(HttpResponseMessage response, Watchdog watchdog)
    {
        try
        {
            using var body = await AnswerBody.ReadAsync(response, LargestErrorBody, watchdog).ConfigureAwait(false);
            return body.Bytes.ToArray();
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return [];
        }
    }

    /// <summary>Does a step of the exchange, and says what its failure means.</summary>
    public static async Task<T> GuardAsync<T>(
        Uri url,
        string operation,
        string? subject,
        Watchdog watchdog,
        Func<Task<T>> step,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await step().ConfigureAwait(false);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception e) when (watchdog.HasExpired && e is OperationCanceledException or IOException or HttpRequestException)
        {
            throw Failures.NoProgress(watchdog.Limit, url, operation, subject);
        }
        // A handler may have a limit of its own, such as for connecting: that is a failure and nobody's wish.
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            throw Failures.NoConnection(e, url, operation, subject);
        }
    }

    public void Dispose() => _http.Dispose();

    private static SocketsHttpHandler CreateHandler() =>
        new()
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(45),
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        };
}
