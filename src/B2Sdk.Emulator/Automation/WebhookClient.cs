using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using B2Sdk.Emulator.Rules;

namespace B2Sdk.Emulator.Automation;

/// <summary>Posts notifications, once each.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class WebhookClient : IDisposable
{
    public const string SignatureHeader = "X-Bz-Event-Notification-Signature";
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _http;

    /// <param name="time">The time by which answers are waited for, which is not moved with the emulator's clock.</param>
    public WebhookClient(TimeProvider time)
    {
        _time = time;
        _http = new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
                SslOptions = new() { RemoteCertificateValidationCallback = Accepts },
            }
        );
    }

    /// <summary>Posts a body. Returns null when the webhook took it, else why it did not, as the end of a sentence.</summary>
    public async Task<string?> PostAsync(Webhook webhook, byte[] body, CancellationToken cancellationToken)
    {
        using var tooLate = new CancellationTokenSource(AnswerWithin, _time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(tooLate.Token, cancellationToken);
        try
        {
            using var request = CreateRequest(webhook, body);
            using var answer = await _http.SendAsync(request, end.Token);
            return answer.IsSuccessStatusCode ? null : $"the webhook answered with the status {(int)answer.StatusCode}.";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"the webhook did not answer within {AnswerWithin.TotalSeconds} seconds.";
        }
        catch (HttpRequestException e)
        {
            return $"the webhook could not be reached ({(e.InnerException as SocketException)?.SocketErrorCode.ToString() ?? e.HttpRequestError.ToString()}).";
        }
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage CreateRequest(Webhook webhook, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
        };
        if (webhook.SigningSecret is { } secret)
        {
            var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body);
            request.Headers.Add(SignatureHeader, "v1=" + Convert.ToHexStringLower(signature));
        }
        foreach (var (name, value) in webhook.Headers ?? [])
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }
        if (request.Headers.UserAgent.Count == 0)
        {
            request.Headers.UserAgent.ParseAdd("B2Sdk.Emulator");
        }
        return request;
    }

    // A server on this machine may have made its certificate itself.
    private static bool Accepts(object sender, object? certificate, object? chain, SslPolicyErrors errors) =>
        errors == SslPolicyErrors.None || (sender is SslStream { TargetHostName: var host } && NotificationSettings.IsLoopback(host));
}
