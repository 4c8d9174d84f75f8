namespace B2Sdk;

/// <summary>Somebody else changed the bucket since its revision was read.</summary>
/// <remarks>Read the bucket again, and apply the change to what it is now.</remarks>
public sealed class B2ConflictException : B2Exception
{
    /// <summary>Makes an exception without any particulars.</summary>
    public B2ConflictException() { }

    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">What happened.</param>
    public B2ConflictException(string message)
        : base(message) { }

    /// <summary>Makes an exception with a message and a cause.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">Why.</param>
    public B2ConflictException(string message, Exception? innerException)
        : base(message, innerException) { }

    internal B2ConflictException(string message, Exception? innerException, FailureFacts facts)
        : base(message, innerException, facts) { }

    internal override B2Exception Copy() => new B2ConflictException(Message, this, Facts);
}
