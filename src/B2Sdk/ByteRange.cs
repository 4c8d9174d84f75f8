namespace B2Sdk;

/// <summary>A stretch of a file, counted from 0, with both ends in it, as HTTP has it.</summary>
/// <param name="Start">The first byte.</param>
/// <param name="End">The last byte; null for the end of the file. Beyond the end of the file it means the end.</param>
public readonly record struct ByteRange(long Start, long? End = null)
{
    /// <summary>The place after the last byte in a file of that size.</summary>
    internal long EndIn(long size) => End is { } last && last < size ? last + 1 : size;

    /// <summary>True when this is all of a file of that size.</summary>
    internal bool IsAllOf(long size) => Start == 0 && EndIn(size) == size;

    internal void Validate(string parameterName)
    {
        if (Start < 0 || End < Start)
        {
            throw new ArgumentOutOfRangeException(
                parameterName,
                $"The range {this} is not one: it starts at 0 or later and does not end before it starts."
            );
        }
    }

    /// <summary>Returns the range as HTTP writes it, such as <c>bytes=0-99</c>.</summary>
    public override string ToString() => $"bytes={Start}-{End}";
}
