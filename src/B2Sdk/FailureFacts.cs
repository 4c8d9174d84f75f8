using System.Net;

namespace B2Sdk;

/// <summary>What is known of a failure besides its message.</summary>
internal sealed record FailureFacts
{
    public HttpStatusCode? Status { get; init; }
    public B2ErrorCode Code { get; init; }
    public string? ServerMessage { get; init; }
    public required string Operation { get; init; }
    public string? Subject { get; init; }
    public int Attempts { get; init; }
    public bool IsTransient { get; init; }
    public TimeSpan? RetryAfter { get; init; }
}
