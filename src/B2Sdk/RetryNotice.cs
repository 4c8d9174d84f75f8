namespace B2Sdk;

/// <summary>Tells that an operation failed and will be tried again.</summary>
/// <param name="Operation">The operation, such as <c>b2_upload_part</c>.</param>
/// <param name="Attempt">The number of the attempt that failed, from 1.</param>
/// <param name="Delay">How long it waits before the next one.</param>
/// <param name="Cause">What happened.</param>
public readonly record struct RetryNotice(string Operation, int Attempt, TimeSpan Delay, Exception Cause);
