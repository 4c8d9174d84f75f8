using System.Net;

namespace B2Sdk;

/// <summary>B2 refused an operation, or could not be talked to. What can be tried again has been tried again.</summary>
/// <remarks>Decide by <see cref="Code"/>, or by <see cref="Status"/> for codes you do not know; the message is for people.</remarks>
public class B2Exception : Exception
{
    /// <summary>Makes an exception without any particulars.</summary>
    public B2Exception() { }

    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">What happened.</param>
    public B2Exception(string message)
        : base(message) { }

    /// <summary>Makes an exception with a message and a cause.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">Why.</param>
    public B2Exception(string message, Exception? innerException)
        : base(message, innerException) { }

    internal B2Exception(string message, Exception? innerException, FailureFacts facts)
        : base(message, innerException)
    {
        Status = facts.Status;
        Code = facts.Code;
        ServerMessage = facts.ServerMessage;
        Operation = facts.Operation;
        Subject = facts.Subject;
        Attempts = facts.Attempts;
        IsTransient = facts.IsTransient;
        RetryAfter = facts.RetryAfter;
    }

    /// <summary>The HTTP status; null when no answer came.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>B2's word for what went wrong.</summary>
    public B2ErrorCode Code { get; init; }

    /// <summary>B2's own sentence; null or empty when it gave none.</summary>
    public string? ServerMessage { get; init; }

    /// <summary>The operation, such as <c>b2_create_bucket</c>; empty when it was none.</summary>
    public string Operation { get; init; } = "";

    /// <summary>What the operation was about, such as the name of a bucket or a file; null when it was about nothing in particular.</summary>
    public string? Subject { get; init; }

    /// <summary>How often the request was sent before this was thrown; 0 when it was refused before it was sent.</summary>
    public int Attempts { get; internal set; }

    /// <summary>True when an earlier attempt at the same call may have been acted on though its answer was lost.</summary>
    internal bool FollowsLostAnswer { get; set; }

    /// <summary>True when the same call may succeed later: a busy or broken service, or a lost connection.</summary>
    public bool IsTransient { get; init; }

    /// <summary>How long B2 asked to wait; null when it did not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>An exception of the same type that says the same and can be thrown to somebody else.</summary>
    internal virtual B2Exception Copy() => new(Message, this, Facts);

    /// <summary>What is known besides the message.</summary>
    internal FailureFacts Facts =>
        new()
        {
            Status = Status,
            Code = Code,
            ServerMessage = ServerMessage,
            Operation = Operation,
            Subject = Subject,
            Attempts = Attempts,
            IsTransient = IsTransient,
            RetryAfter = RetryAfter,
        };
}
