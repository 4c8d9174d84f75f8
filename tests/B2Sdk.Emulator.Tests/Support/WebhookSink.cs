using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace B2Sdk.Emulator.Tests.Support;

/// <summary>A webhook on this machine that keeps what it gets.</summary>
internal sealed class WebhookSink : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<Delivery> _deliveries = Channel.CreateUnbounded<Delivery>();
    private readonly ConcurrentQueue<Delivery> _all = new();

    private WebhookSink(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single() + "/hook";

    /// <summary>Everything that has arrived, whatever was answered.</summary>
    public IReadOnlyList<Delivery> All => [.. _all];

    /// <summary>What all events say, in the order of their arrival.</summary>
    public IReadOnlyList<string> Lines => [.. _all.SelectMany(delivery => delivery.Lines)];

    /// <summary>How to answer. Default: 200.</summary>
    public Func<HttpContext, Task<int>> Answer { get; set; } = _ => Task.FromResult(200);

    /// <summary>Starts one.</summary>
    /// <param name="withCertificate">True for https, with a certificate that nobody has signed but itself.</param>
    public static async Task<WebhookSink> StartAsync(bool withCertificate = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(
                IPAddress.Loopback,
                0,
                listen =>
                {
                    if (withCertificate)
                    {
                        listen.UseHttps(MakeCertificate());
                    }
                }
            )
        );
        var app = builder.Build();
        var sink = new WebhookSink(app);
        app.Run(sink.TakeAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return sink;
    }

    /// <summary>Waits for the next delivery, but not for ever.</summary>
    public Task<Delivery> NextAsync()
    {
        var cancelled = TestContext.Current.CancellationToken;
        return _deliveries.Reader.ReadAsync(cancelled).AsTask().WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, cancelled);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var headers = context.Request.Headers.ToDictionary(
            header => header.Key,
            header => header.Value.ToString(),
            StringComparer.OrdinalIgnoreCase
        );
        var delivery = new Delivery(context.Request.Method, headers, body.ToArray());
        _all.Enqueue(delivery);
        await _deliveries.Writer.WriteAsync(delivery, context.RequestAborted);
        context.Response.StatusCode = await Answer(context);
    }
}
