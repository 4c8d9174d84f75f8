using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace B2Sdk.Emulator.Control;

/// <summary>What can be done to a connection that no client likes.</summary>
internal static class Connections
{
    // A client that is stalled while it sends may have gone unnoticed.
    private static readonly TimeSpan LongestStall = TimeSpan.FromMinutes(15);

    /// <summary>Lets nothing move until the client gives up.</summary>
    public static async Task StallAsync(HttpContext context, TimeProvider time)
    {
        await Task.Delay(LongestStall, time, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Abort();
    }

    /// <summary>Resets the connection, so that the client gets an error rather than an end.</summary>
    public static void Reset(HttpContext context)
    {
        if (context.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Close();
        }
        context.Abort();
    }
}
