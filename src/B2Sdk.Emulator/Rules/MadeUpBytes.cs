using System.Buffers.Binary;

namespace B2Sdk.Emulator.Rules;

/// <summary>Content that nobody keeps, because it can be made again at any place: one byte over and over, or noise.</summary>
internal static class MadeUpBytes
{
    private const int BlockSize = sizeof(ulong);

    /// <summary>Writes what stands at a position of the content with a number: 0 to 255 is that byte repeated, every other number is noise of its own.</summary>
    public static void Write(long number, long position, Span<byte> target)
    {
        if (number is >= byte.MinValue and <= byte.MaxValue)
        {
            target.Fill((byte)number);
            return;
        }
        Span<byte> block = stackalloc byte[BlockSize];
        var skipped = (int)(position % BlockSize);
        for (var index = position / BlockSize; target.Length > 0; index++, skipped = 0)
        {
            var noise = Noise((ulong)number, (ulong)index);
            if (skipped == 0 && target.Length >= BlockSize)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(target, noise);
                target = target[BlockSize..];
                continue;
            }
            BinaryPrimitives.WriteUInt64LittleEndian(block, noise);
            var count = Math.Min(BlockSize - skipped, target.Length);
            block.Slice(skipped, count).CopyTo(target);
            target = target[count..];
        }
    }

    // SplitMix64, which can be entered at any place.
    private static ulong Noise(ulong number, ulong index)
    {
        var z = unchecked((number * 0xD1342543DE82EF95UL) + ((index + 1) * 0x9E3779B97F4A7C15UL));
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBUL);
        return z ^ (z >> 31);
    }
}
