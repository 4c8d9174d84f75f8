using System.Text;
using B2Sdk.Emulator.Rules;

namespace B2Sdk.Emulator.Storage;

/// <summary>What is said of a file that is about to exist, checked.</summary>
internal sealed record FileDraft
{
    public required byte[] NameBytes { get; init; }
    public string Name => Encoding.UTF8.GetString(NameBytes);
    public required string ContentType { get; init; }

    /// <summary>The info as JSON.</summary>
    public string Info { get; init; } = "{}";

    public FileProtection Protection { get; init; } = FileProtection.None;

    /// <summary>True when the uploader asked for its SHA-1 not to be checked.</summary>
    public bool IsUnverified { get; init; }
}
