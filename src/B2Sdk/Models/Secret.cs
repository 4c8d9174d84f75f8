namespace B2Sdk;

/// <summary>A string that does not end up in a log by accident: printing it shows asterisks.</summary>
public readonly struct Secret : IEquatable<Secret>
{
    private readonly string? _value;

    /// <summary>Wraps a secret.</summary>
    /// <param name="value">The secret itself.</param>
    public Secret(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    /// <summary>Wraps a secret, so that a string can be passed where one is asked for.</summary>
    /// <param name="value">The secret itself.</param>
    public static implicit operator Secret(string value) => new(value);

    /// <summary>Wraps a secret.</summary>
    /// <param name="value">The secret itself.</param>
    public static Secret FromString(string value) => new(value);

    /// <summary>Returns the secret itself, to be sent or stored and never to be printed.</summary>
    public string Reveal() => _value ?? "";

    /// <summary>Returns <c>***</c>.</summary>
    public override string ToString() => "***";

    /// <inheritdoc/>
    public bool Equals(Secret other) => string.Equals(Reveal(), other.Reveal(), StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Secret other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Reveal().GetHashCode(StringComparison.Ordinal);

    /// <summary>True when both hold the same secret.</summary>
    /// <param name="left">One secret.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(Secret left, Secret right) => left.Equals(right);

    /// <summary>True when they hold different secrets.</summary>
    /// <param name="left">One secret.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(Secret left, Secret right) => !left.Equals(right);
}
