namespace B2Sdk;

/// <summary>This application key is not known, or may not do this here.</summary>
/// <remarks>Another key is needed, or another bucket or file name. Asking again with the same key changes nothing.</remarks>
public sealed class B2UnauthorizedException : B2Exception
{
    /// <summary>Makes an exception without any particulars.</summary>
    public B2UnauthorizedException() { }

    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">What happened.</param>
    public B2UnauthorizedException(string message)
        : base(message) { }

    /// <summary>Makes an exception with a message and a cause.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">Why.</param>
    public B2UnauthorizedException(string message, Exception? innerException)
        : base(message, innerException) { }

    internal B2UnauthorizedException(string message, Exception? innerException, FailureFacts facts)
        : base(message, innerException, facts) { }

    internal override B2Exception Copy() =>
        new B2UnauthorizedException(Message, this, Facts) { MissingCapabilities = MissingCapabilities, Allowed = Allowed };

    /// <summary>What the key would have to be allowed and is not; empty when it is something else.</summary>
    public IReadOnlyList<Capability> MissingCapabilities { get; init; } = [];

    /// <summary>What the key may do, and where; null when that is not known, as with a key that was refused altogether.</summary>
    public AllowedAccess? Allowed { get; init; }
}
