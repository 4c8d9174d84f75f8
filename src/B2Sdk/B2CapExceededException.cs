namespace B2Sdk;

/// <summary>A cap that the owner of the account has set, or that the account has, is reached.</summary>
/// <remarks>Stop, and tell the owner: it is not tried again, and the next call of the kind will be refused as well until the cap is raised or its day is over.</remarks>
public sealed class B2CapExceededException : B2Exception
{
    /// <summary>Makes an exception without any particulars.</summary>
    public B2CapExceededException() { }

    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">What happened.</param>
    public B2CapExceededException(string message)
        : base(message) { }

    /// <summary>Makes an exception with a message and a cause.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">Why.</param>
    public B2CapExceededException(string message, Exception? innerException)
        : base(message, innerException) { }

    internal B2CapExceededException(string message, Exception? innerException, FailureFacts facts)
        : base(message, innerException, facts) { }

    internal override B2Exception Copy() => new B2CapExceededException(Message, this, Facts);
}
