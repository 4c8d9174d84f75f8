namespace B2Sdk.Emulator.Storage;

/// <summary>How the digests of versions are kept: as their bytes, which are half of their digits. What stands in place of a digest is kept as the text that it is.</summary>
internal static class StoredDigest
{
    private const int Md5Size = 16;
    private const int Sha1Size = 20;

    /// <summary>What is kept of a digest in lower case digits, or of a text in its place.</summary>
    public static object? Of(string? text) => text is { Length: 2 * Md5Size or 2 * Sha1Size } ? Convert.FromHexString(text) : text;

    /// <summary>The ASCII of the digits or of the text.</summary>
    public static ReadOnlySpan<byte> ToText(ReadOnlySpan<byte> stored)
    {
        if (stored.Length is not (Md5Size or Sha1Size))
        {
            return stored;
        }
        var digits = new byte[2 * stored.Length];
        Convert.TryToHexStringLower(stored, digits, out _);
        return digits;
    }
}
