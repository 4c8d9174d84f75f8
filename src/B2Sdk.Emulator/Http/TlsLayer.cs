using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace B2Sdk.Emulator.Http;

/// <summary>Puts TLS under a connection's HTTP. The server's own would need a web host around it.</summary>
internal sealed class TlsLayer(ConnectionDelegate next, SslServerAuthenticationOptions options)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task OnConnectionAsync(ConnectionContext connection)
    {
        var plain = connection.Transport;
        await using var tls = new SslStream(new PipedStream(plain));
        using (var limit = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed))
        {
            limit.CancelAfter(Patience);
            try
            {
                await tls.AuthenticateAsServerAsync(options, limit.Token);
            }
            catch (Exception e) when (e is IOException or AuthenticationException or OperationCanceledException)
            {
                // Whoever speaks no TLS, or does not trust the certificate, is not served.
                return;
            }
        }
        // HTTP sees by this that it is https.
        connection.Features.Set<ITlsConnectionFeature>(new TlsConnectionFeature());
        var secured = new Pipes(PipeReader.Create(tls), PipeWriter.Create(tls));
        connection.Transport = secured;
        try
        {
            await next(connection);
        }
        finally
        {
            // HTTP flushes what it answers: what is left here was for a client that is gone, and is not written.
            await secured.Output.CompleteAsync(new ConnectionAbortedException());
            await secured.Input.CompleteAsync();
            connection.Transport = plain;
        }
    }

    private sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
