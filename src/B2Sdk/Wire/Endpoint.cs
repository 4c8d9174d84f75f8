using System.Text.Json.Serialization.Metadata;

namespace B2Sdk.Wire;

/// <summary>A JSON operation of B2: its name and what it exchanges.</summary>
/// <param name="Operation">The name in the URL.</param>
/// <param name="RequestType">How the request is written.</param>
/// <param name="ResponseType">How the answer is read.</param>
internal sealed record Endpoint<TRequest, TResponse>(
    string Operation,
    JsonTypeInfo<TRequest> RequestType,
    JsonTypeInfo<TResponse> ResponseType
)
{
    /// <summary>Names what a request is about, for messages.</summary>
    public Func<TRequest, string?> Subject { get; init; } = static _ => null;

    /// <summary>What the key must be allowed to do; null when nothing in particular.</summary>
    public Capability? Requires { get; init; }

    /// <summary>
    /// False when a request that may have arrived must not be sent again, as it would leave something behind each time.
    /// </summary>
    public bool IsRepeatable { get; init; } = true;

    /// <summary>How long the answer may be awaited; null for the usual limit.</summary>
    public TimeSpan? Patience { get; init; }
}
