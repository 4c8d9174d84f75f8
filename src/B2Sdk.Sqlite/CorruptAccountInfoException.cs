namespace B2Sdk;

/// <summary>An account file is not one, is damaged, or was written by a newer tool. It was left as it is.</summary>
/// <remarks>Move the file away, or name another one, and authorize the account again.</remarks>
public sealed class CorruptAccountInfoException : IOException
{
    /// <summary>Makes an exception without any particulars.</summary>
    public CorruptAccountInfoException() { }

    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">Which file, and what is wrong with it.</param>
    public CorruptAccountInfoException(string message)
        : base(message) { }

    /// <summary>Makes an exception with a message and a cause.</summary>
    /// <param name="message">Which file, and what is wrong with it.</param>
    /// <param name="innerException">Why.</param>
    public CorruptAccountInfoException(string message, Exception innerException)
        : base(message, innerException) { }
}
