namespace B2Sdk.Tests;

internal static class BytesAssertion
{
    /// <summary>Compares bytes, and says where they differ instead of printing them all.</summary>
    public static void ShouldBeBytes(this byte[] actual, byte[] expected)
    {
        var same = actual.AsSpan().CommonPrefixLength(expected);
        if (same < Math.Max(actual.Length, expected.Length))
        {
            throw new ShouldAssertException($"{actual.Length} bytes should be {expected.Length}; the first {same} are the same.");
        }
    }
}
