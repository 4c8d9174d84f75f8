namespace B2Sdk;

/// <summary>A call was made before the account was authorized. Call <see cref="B2Api.AuthorizeAccountAsync(string, string, Secret, CancellationToken)"/> first.</summary>
public sealed class MissingAccountDataException : InvalidOperationException
{
    /// <summary>Makes the exception with its usual message.</summary>
    public MissingAccountDataException()
        : base("This account info holds no authorization. Authorize the account first.") { }

    /// <summary>Makes the exception with a message of its own.</summary>
    /// <param name="message">What is missing.</param>
    public MissingAccountDataException(string message)
        : base(message) { }

    /// <summary>Makes the exception with a message and a cause.</summary>
    /// <param name="message">What is missing.</param>
    /// <param name="innerException">Why.</param>
    public MissingAccountDataException(string message, Exception innerException)
        : base(message, innerException) { }
}
