namespace B2Sdk.Wire;

/// <summary>Secrets that were sent lately. The service repeats tokens in its texts, and texts end up in logs.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class LiveSecrets
{
    // More than any client has tokens at a time; old ones fall out.
    private const int Capacity = 256;
    private readonly Lock _lock = new();
    private readonly Queue<string> _order = new();
    private readonly HashSet<string> _secrets = new(StringComparer.Ordinal);

    public void Remember(string secret)
    {
        lock (_lock)
        {
            if (secret.Length == 0 || !_secrets.Add(secret))
            {
                return;
            }
            _order.Enqueue(secret);
            if (_order.Count > Capacity)
            {
                _secrets.Remove(_order.Dequeue());
            }
        }
    }

    /// <summary>Puts asterisks in the place of every secret that stands in a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="others">Secrets that are not kept.</param>
    public string? Scrub(string? text, IEnumerable<string> others)
    {
        if (string.IsNullOrEmpty(text))
        {
            return text;
        }
        List<string> found;
        lock (_lock)
        {
            found = [.. _secrets.Concat(others).Where(secret => text.Contains(secret, StringComparison.Ordinal))];
        }
        // The longest first: one may be a part of another.
        return found
            .OrderByDescending(secret => secret.Length)
            .Aggregate(text, (scrubbed, secret) => scrubbed.Replace(secret, "***", StringComparison.Ordinal));
    }
}
