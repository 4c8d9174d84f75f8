using System.Text.Json.Serialization.Metadata;

namespace B2Sdk.Wire;

/// <summary>A JSON operation of B2: its name and what it exchanges. <see cref="RawApi.CallAsync"/> calls any of them.</summary>
/// <remarks>One for an operation that this library does not know yet can be made outside of it, with records and a source-generated context of your own.</remarks>
/// <typeparam name="TRequest">What is sent.</typeparam>
/// <typeparam name="TResponse">What comes back.</typeparam>
public sealed class Endpoint<TRequest, TResponse>
{
    /// <summary>Describes an operation.</summary>
    /// <param name="operation">The name in the URL, such as <c>b2_list_buckets</c>.</param>
    /// <param name="requestType">How the request is written.</param>
    /// <param name="responseType">How the answer is read.</param>
    public Endpoint(string operation, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TResponse> responseType)
    {
        ArgumentException.ThrowIfNullOrEmpty(operation);
        ArgumentNullException.ThrowIfNull(requestType);
        ArgumentNullException.ThrowIfNull(responseType);
        Operation = operation;
        RequestType = requestType;
        ResponseType = responseType;
    }

    /// <summary>The name in the URL.</summary>
    public string Operation { get; }

    /// <summary>How the request is written.</summary>
    public JsonTypeInfo<TRequest> RequestType { get; }

    /// <summary>How the answer is read.</summary>
    public JsonTypeInfo<TResponse> ResponseType { get; }

    /// <summary>Names what a request is about, for messages; null for nothing in particular.</summary>
    public Func<TRequest, string?> Subject { get; init; } = static _ => null;

    /// <summary>What the key must be allowed to do for a request. B2 decides; this is for telling what is missing when it refuses.</summary>
    public Func<TRequest, IReadOnlyList<Capability>> Requires { get; init; } = static _ => [];

    /// <summary>
    /// False when a request that may have arrived must not be sent again, as it would leave something behind each time. Default: true.
    /// </summary>
    public bool IsRepeatable { get; init; } = true;

    /// <summary>How long nothing may move before the call counts as failed; null for <see cref="B2ApiOptions.NoProgressTimeout"/>.</summary>
    public TimeSpan? Patience { get; init; }

    /// <summary>What a request reaches for, so that a key that is restricted to something else is told so before anything is sent.</summary>
    internal Func<TRequest, KeyReach> Reach { get; init; } = static _ => default;
}
