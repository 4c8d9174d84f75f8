namespace B2Sdk;

/// <summary>Bytes are not the ones they should be: what arrived differs from what was sent, or a file changed while it was read.</summary>
/// <remarks>Nothing was kept of a download that failed so; start it again.</remarks>
public sealed class B2ChecksumException : IOException
{
    /// <summary>Makes an exception without any particulars.</summary>
    public B2ChecksumException() { }

    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">Which bytes differ.</param>
    public B2ChecksumException(string message)
        : base(message) { }

    /// <summary>Makes an exception with a message and a cause.</summary>
    /// <param name="message">Which bytes differ.</param>
    /// <param name="innerException">Why.</param>
    public B2ChecksumException(string message, Exception? innerException)
        : base(message, innerException) { }
}
