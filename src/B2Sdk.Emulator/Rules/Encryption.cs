using System.Text;

namespace B2Sdk.Emulator.Rules;

/// <summary>What is kept of how a file is encrypted.</summary>
/// <param name="Mode">How.</param>
/// <param name="KeyMark">The mark of the customer's key; null when there is none.</param>
internal sealed record Encryption(EncryptionMode Mode, byte[]? KeyMark)
{
    public static readonly Encryption None = Of(EncryptionMode.None);

    public static Encryption Of(EncryptionMode mode) => new(mode, KeyMark: null);

    /// <summary>The MD5 of the customer's key, with which the start of a large file is answered; it is not kept.</summary>
    public string? KeyMd5 { get; init; }

    /// <summary>The setting as it is answered.</summary>
    public ReadOnlySpan<byte> ToJson() =>
        KeyMd5 is null ? ToJson(Mode) : Encoding.UTF8.GetBytes($$"""{"algorithm":"AES256","customerKeyMd5":"{{KeyMd5}}","mode":"SSE-C"}""");

    public static ReadOnlySpan<byte> ToJson(EncryptionMode mode) =>
        mode switch
        {
            EncryptionMode.Service => """{"algorithm":"AES256","mode":"SSE-B2"}"""u8,
            EncryptionMode.Customer => """{"algorithm":"AES256","mode":"SSE-C"}"""u8,
            _ => """{"algorithm":null,"mode":null}"""u8,
        };
}
