namespace B2Sdk;

/// <summary>A value that this key may not be allowed to read.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public sealed record Restricted<T>
{
    /// <summary>False when the key lacks the capability; <see cref="Value"/> then says nothing.</summary>
    public bool IsClientAuthorizedToRead { get; init; }

    /// <summary>The value; null when none is set, or when it may not be read.</summary>
    public T? Value { get; init; }
}
