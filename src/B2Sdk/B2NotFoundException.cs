namespace B2Sdk;

/// <summary>The bucket, file or version is not there, or this key cannot see it.</summary>
public sealed class B2NotFoundException : B2Exception
{
    /// <summary>Makes an exception without any particulars.</summary>
    public B2NotFoundException() { }

    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">What happened.</param>
    public B2NotFoundException(string message)
        : base(message) { }

    /// <summary>Makes an exception with a message and a cause.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">Why.</param>
    public B2NotFoundException(string message, Exception? innerException)
        : base(message, innerException) { }

    internal B2NotFoundException(string message, Exception? innerException, FailureFacts facts)
        : base(message, innerException, facts) { }

    internal override B2Exception Copy() => new B2NotFoundException(Message, this, Facts);
}
