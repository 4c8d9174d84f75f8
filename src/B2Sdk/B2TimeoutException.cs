namespace B2Sdk;

/// <summary>Nothing moved in either direction for as long as <see cref="B2ApiOptions.NoProgressTimeout"/> allows.</summary>
public sealed class B2TimeoutException : B2Exception
{
    /// <summary>Makes an exception without any particulars.</summary>
    public B2TimeoutException() { }

    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">What took too long.</param>
    public B2TimeoutException(string message)
        : base(message) { }

    /// <summary>Makes an exception with a message and a cause.</summary>
    /// <param name="message">What took too long.</param>
    /// <param name="innerException">Why.</param>
    public B2TimeoutException(string message, Exception? innerException)
        : base(message, innerException) { }

    internal B2TimeoutException(string message, Exception? innerException, FailureFacts facts)
        : base(message, innerException, facts) { }

    internal override B2Exception Copy() => new B2TimeoutException(Message, this, Facts);
}
