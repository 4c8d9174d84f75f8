using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using B2Sdk.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace B2Sdk.Wire;

/// <summary>Says an operation in HTTP and reads the answer, once. It keeps no account and tries nothing again.</summary>
internal sealed class WireClient : IDisposable
{
    private const int LargestErrorBody = 64 * 1024;

    // A pod that will refuse an upload says so before the body is sent; below this size asking first costs more than it saves.
    private const long ExpectContinueFrom = 1024 * 1024;

    // A token is not refused for it, but times that are compared are wrong.
    private static readonly TimeSpan LargestSkew = TimeSpan.FromMinutes(10);

    private readonly HttpMessageInvoker _http;
    private readonly LiveSecrets _secrets = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;
    private readonly string _userAgent;
    private readonly ILogger _log;
    private long _clockOffsetTicks = long.MinValue;
    private int _isSkewReported;

    public WireClient(B2ApiOptions options)
    {
        if (options.HttpHandler is not null)
        {
            HandlerRules.Check(options.HttpHandler);
        }
        _log = options.LoggerFactory?.CreateLogger("B2Sdk.Wire") ?? NullLogger.Instance;
        _http = options.HttpHandler is { } handler ? new(handler, disposeHandler: false) : new(CreateHandler(), disposeHandler: true);
        _time = options.TimeProvider;
        _patience = options.NoProgressTimeout;
        var version = typeof(WireClient)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];
        _userAgent = $"B2Sdk/{version}+dotnet/{Environment.Version}{(options.UserAgentAppend is { } more ? " " + more : "")}";
    }

    /// <summary>What the service's clock shows, as far as its last answer tells.</summary>
    public DateTimeOffset ServerTime => _time.GetUtcNow() + (ClockSkew ?? TimeSpan.Zero);

    /// <summary>How far the service's clock is ahead of this one's; null before its first answer.</summary>
    public TimeSpan? ClockSkew =>
        Volatile.Read(ref _clockOffsetTicks) is var ticks and not long.MinValue ? TimeSpan.FromTicks(ticks) : null;

    /// <summary>How often each class of operations was answered.</summary>
    public TransactionClasses Transactions { get; } = new();

    public async Task<AuthorizeAccountResponse> AuthorizeAsync(Uri realm, string keyId, Secret key, CancellationToken cancellationToken)
    {
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{keyId}:{key.Reveal()}"));
        using var request = new HttpRequestMessage(HttpMethod.Get, RawUri.Api(realm, AccountEndpoints.Authorize));
        request.Headers.TryAddWithoutValidation("Authorization", "Basic " + credentials);
        return await ReadJsonAsync(
                request,
                AccountEndpoints.Authorize,
                subject: null,
                key,
                AccountJson.Default.AuthorizeAccountResponse,
                _patience,
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        Endpoint<TRequest, TResponse> endpoint,
        Uri apiUrl,
        Secret token,
        TRequest body,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, RawUri.Api(apiUrl, endpoint.Operation));
        request.Headers.TryAddWithoutValidation("Authorization", token.Reveal());
        request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, endpoint.RequestType));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await ReadJsonAsync(
                request,
                endpoint.Operation,
                endpoint.Subject(body),
                token,
                endpoint.ResponseType,
                endpoint.Patience ?? _patience,
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    public async Task<FileVersion> UploadFileAsync(
        UploadUrl target,
        UploadHeaders headers,
        UploadBody body,
        CancellationToken cancellationToken
    )
    {
        using var request = StartUpload(target, body);
        headers.AddTo(request);
        return await SendUploadAsync(
                request,
                body,
                FileEndpoints.UploadFile,
                headers.FileName,
                target.AuthorizationToken,
                FileJson.Default.FileVersion,
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    public async Task<LargeFilePart> UploadPartAsync(
        UploadUrl target,
        string fileId,
        int partNumber,
        EncryptionSetting? encryption,
        UploadBody body,
        CancellationToken cancellationToken
    )
    {
        using var request = StartUpload(target, body);
        EncryptionHeaders.AddKeyTo(request, encryption);
        request.Headers.TryAddWithoutValidation("X-Bz-Part-Number", partNumber.ToString());
        return await SendUploadAsync(
                request,
                body,
                LargeFileEndpoints.UploadPart,
                $"part {partNumber} of {fileId}",
                target.AuthorizationToken,
                LargeFileJson.Default.LargeFilePart,
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>Asks for a file, or for a stretch of it, and returns when the headers are there.</summary>
    public async Task<DownloadBody> DownloadAsync(
        Uri url,
        Secret token,
        ByteRange? range,
        EncryptionSetting? encryption,
        string operation,
        string subject,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        EncryptionHeaders.AddKeyTo(request, encryption);
        request.Headers.TryAddWithoutValidation("Authorization", token.Reveal());
        if (range is { } wanted)
        {
            request.Headers.TryAddWithoutValidation("Range", wanted.ToString());
        }

        using var watchdog = new Watchdog(_patience, _time, cancellationToken);
        var response = await SendAsync(request, operation, subject, token, watchdog, cancellationToken).ConfigureAwait(false);
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(watchdog.Token).ConfigureAwait(false);
            var file = DownloadHeaders.Read(response, subject) ?? throw Failures.UnknownLength(response.StatusCode, operation, subject);
            return new(response, stream, file, url, operation, _patience, _time);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    public async Task<FileVersion> HeadAsync(
        Uri url,
        Secret token,
        string subject,
        EncryptionSetting? encryption,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, url);
        EncryptionHeaders.AddKeyTo(request, encryption);
        request.Headers.TryAddWithoutValidation("Authorization", token.Reveal());
        using var watchdog = new Watchdog(_patience, _time, cancellationToken);
        using var response = await SendAsync(request, FileEndpoints.DownloadByName, subject, token, watchdog, cancellationToken)
            .ConfigureAwait(false);
        return DownloadHeaders.Read(response, subject)
            ?? throw Failures.UnknownLength(response.StatusCode, FileEndpoints.DownloadByName, subject);
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

    private static HttpRequestMessage StartUpload(UploadUrl target, UploadBody body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, target.Url) { Content = body };
        request.Headers.TryAddWithoutValidation("Authorization", target.AuthorizationToken.Reveal());
        request.Headers.TryAddWithoutValidation("X-Bz-Content-Sha1", "hex_digits_at_end");
        request.Headers.ExpectContinue = body.Headers.ContentLength >= ExpectContinueFrom;
        return request;
    }

    private async Task<T> SendUploadAsync<T>(
        HttpRequestMessage request,
        UploadBody body,
        string operation,
        string subject,
        Secret token,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken
    )
    {
        using var watchdog = new Watchdog(_patience, _time, cancellationToken);
        body.BytesMoved = watchdog.Reset;
        try
        {
            return await ReadJsonAsync(request, operation, subject, token, type, watchdog, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (body.SourceFailure is { } failure && !cancellationToken.IsCancellationRequested)
        {
            // The connection broke because this side had nothing to send: that is what the caller must hear.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
            throw;
        }
    }

    private async Task<T> ReadJsonAsync<T>(
        HttpRequestMessage request,
        string operation,
        string? subject,
        Secret token,
        JsonTypeInfo<T> type,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        using var watchdog = new Watchdog(patience, _time, cancellationToken);
        return await ReadJsonAsync(request, operation, subject, token, type, watchdog, cancellationToken).ConfigureAwait(false);
    }

    private async Task<T> ReadJsonAsync<T>(
        HttpRequestMessage request,
        string operation,
        string? subject,
        Secret token,
        JsonTypeInfo<T> type,
        Watchdog watchdog,
        CancellationToken cancellationToken
    )
    {
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        using var response = await SendAsync(request, operation, subject, token, watchdog, cancellationToken).ConfigureAwait(false);
        using var body = await GuardAsync(
                request.RequestUri!,
                operation,
                subject,
                watchdog,
                () => AnswerBody.ReadAsync(response, int.MaxValue, watchdog),
                cancellationToken
            )
            .ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize(body.Bytes, type)
                ?? throw Failures.UnreadableAnswer(response.StatusCode, operation, subject, "is null", cause: null);
        }
        catch (JsonException e)
        {
            throw Failures.UnreadableAnswer(response.StatusCode, operation, subject, "is not the JSON that B2 documents", e);
        }
    }

    /// <summary>Sends, and returns a response that is a success; whatever else comes is thrown.</summary>
    private async Task<HttpResponseMessage> SendAsync(
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
        Telemetry.Answered(operation, response.StatusCode, Transactions.Count(operation));
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
                text => _secrets.Scrub(text, LoggableHeaders.SecretsOf(request)),
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

    private static async Task<T> GuardAsync<T>(
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
}
