namespace B2Sdk.Emulator;

/// <summary>An emulator could not be started: its port is taken, or its folder cannot be used. The message says which, and what to do.</summary>
public sealed class EmulatorStartException : Exception
{
    /// <summary>Makes an exception without any particulars.</summary>
    public EmulatorStartException() { }

    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">What cannot be used.</param>
    public EmulatorStartException(string message)
        : base(message) { }

    /// <summary>Makes an exception with a message and a cause.</summary>
    /// <param name="message">What cannot be used.</param>
    /// <param name="innerException">Why.</param>
    public EmulatorStartException(string message, Exception innerException)
        : base(message, innerException) { }
}
