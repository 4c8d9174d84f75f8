using System.Globalization;
using B2Sdk.Emulator.Http;

namespace B2Sdk.Emulator.Rules;

/// <summary>A stretch of a file.</summary>
internal readonly record struct ByteStretch(long Start, long Length)
{
    /// <summary>Reads what HTTP calls a range; null when it asks for the whole, as other units than bytes do.</summary>
    /// <exception cref="Refusal">It lies outside of the file, or is several, or is none.</exception>
    public static ByteStretch? Read(string? range, long size)
    {
        if (range is null || !range.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }
        var dash = range.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0)
        {
            throw Refusal.RangeNotSatisfiable(range);
        }
        var first = range.AsSpan(6, dash - 6).Trim();
        var last = range.AsSpan(dash + 1).Trim();
        var hasFirst = TryRead(first, out var start);
        var hasLast = TryRead(last, out var end);
        if ((first.Length > 0 && !hasFirst) || (last.Length > 0 && !hasLast) || (!hasFirst && !hasLast))
        {
            throw Refusal.RangeNotSatisfiable(range);
        }
        if (!hasFirst)
        {
            (start, end) = (Math.Max(0, size - end), end == 0 ? -1 : size - 1);
        }
        end = hasLast || !hasFirst ? Math.Min(end, size - 1) : size - 1;
        return start < size && start <= end ? new(start, end - start + 1) : throw Refusal.RangeNotSatisfiable(range);
    }

    private static bool TryRead(ReadOnlySpan<char> text, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
