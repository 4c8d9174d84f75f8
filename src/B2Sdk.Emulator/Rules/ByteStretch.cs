using System.Globalization;
using B2Sdk.Emulator.Http;

namespace B2Sdk.Emulator.Rules;

/// <summary>A stretch of a file.</summary>
internal readonly record struct ByteStretch(long Start, long Length)
{
    /// <summary>Reads the range of a download; null when it asks for the whole, as other units than bytes do.</summary>
    /// <exception cref="Refusal">It lies outside of the file, or is several, or is none.</exception>
    public static ByteStretch? ReadHeader(string? range, long size) => range is not null && IsOfBytes(range) ? Read(range, size) : null;

    /// <summary>Reads the range of a copy, where nothing but a range may stand.</summary>
    /// <exception cref="Refusal">It lies outside of the file, or is several, or is none.</exception>
    public static ByteStretch ReadArgument(string? range, long size)
    {
        if (range is null)
        {
            return new(0, size);
        }
        return IsOfBytes(range) ? Read(range, size) : throw Refusal.RangeNotSatisfiable(range);
    }

    private static bool IsOfBytes(string range) => range.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase);

    private static ByteStretch Read(string range, long size)
    {
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

    private static bool TryRead(ReadOnlySpan<char> text, out long value)
    {
        var isNumber = text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && isNumber)
        {
            // However far beyond the end it lies.
            value = long.MaxValue;
        }
        return isNumber;
    }
}
