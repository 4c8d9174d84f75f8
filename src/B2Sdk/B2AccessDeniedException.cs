namespace B2Sdk;

/// <summary>Something protects this file from this: a retention or a legal hold, or an encryption key that differs.</summary>
/// <remarks>The key may do such things, but not to this file as things stand. Wait until the retention ends, lift the hold, ask to bypass governance, or give the right encryption key.</remarks>
public sealed class B2AccessDeniedException : B2Exception
{
    /// <summary>Makes an exception without any particulars.</summary>
    public B2AccessDeniedException() { }

    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">What happened.</param>
    public B2AccessDeniedException(string message)
        : base(message) { }

    /// <summary>Makes an exception with a message and a cause.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">Why.</param>
    public B2AccessDeniedException(string message, Exception? innerException)
        : base(message, innerException) { }

    internal B2AccessDeniedException(string message, Exception? innerException, FailureFacts facts)
        : base(message, innerException, facts) { }

    internal override B2Exception Copy() => new B2AccessDeniedException(Message, this, Facts);
}
