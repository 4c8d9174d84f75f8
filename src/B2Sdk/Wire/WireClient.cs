using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace B2Sdk.Wire;

/// <summary>Says an operation in HTTP and reads the answer, once. It keeps no account and tries nothing again.</summary>
internal sealed class WireClient : IDisposable
{
    // A pod that will refuse an upload says so before the body is sent; below this size asking first costs more than it saves.
    private const long ExpectContinueFrom = 1024 * 1024;

    private readonly HttpExchange _http;
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;
    private volatile bool _asksBeforeUploads = true;

    public WireClient(B2ApiOptions options)
    {
        _http = new(options, Transactions);
        _time = options.TimeProvider;
        _patience = options.NoProgressTimeout;
    }

    /// <summary>What the service's clock shows, as far as its last answer tells.</summary>
    public DateTimeOffset ServerTime => _http.ServerTime;

    /// <summary>How far the service's clock is ahead of this one's; null before its first answer.</summary>
    public TimeSpan? ClockSkew => _http.ClockSkew;

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
        request.Content = JsonBody.Of(body, endpoint.RequestType);
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
        var response = await _http.SendAsync(request, operation, subject, token, watchdog, cancellationToken).ConfigureAwait(false);
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
        using var response = await _http
            .SendAsync(request, FileEndpoints.DownloadByName, subject, token, watchdog, cancellationToken)
            .ConfigureAwait(false);
        return DownloadHeaders.Read(response, subject)
            ?? throw Failures.UnknownLength(response.StatusCode, FileEndpoints.DownloadByName, subject);
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage StartUpload(UploadUrl target, UploadBody body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, target.Url) { Content = body };
        request.Headers.TryAddWithoutValidation("Authorization", target.AuthorizationToken.Reveal());
        request.Headers.TryAddWithoutValidation("X-Bz-Content-Sha1", "hex_digits_at_end");
        request.Headers.ExpectContinue = _asksBeforeUploads && body.Headers.ContentLength >= ExpectContinueFrom;
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
        catch (B2Exception e) when (e.Status == HttpStatusCode.ExpectationFailed)
        {
            // Something on the way does not know the question.
            _asksBeforeUploads = false;
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
        using var response = await _http.SendAsync(request, operation, subject, token, watchdog, cancellationToken).ConfigureAwait(false);
        using var body = await HttpExchange
            .GuardAsync(
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
                ?? throw Failures.UnknownShape(response.StatusCode, operation, subject, cause: null);
        }
        catch (JsonException e)
        {
            throw IsWholeJson(body.Bytes)
                ? Failures.UnknownShape(response.StatusCode, operation, subject, e)
                : Failures.UnreadableAnswer(response.StatusCode, operation, subject, "is not JSON, or not all of it", e);
        }
    }

    private static bool IsWholeJson(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            while (reader.Read()) { }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
