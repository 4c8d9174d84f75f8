using System.Text;
using B2Sdk.Emulator.Rules;

namespace B2Sdk.Emulator.Storage;

/// <summary>A version of a file, or another row of a listing.</summary>
internal sealed record FileVersion
{
    public required Bucket Bucket { get; init; }

    /// <summary>The name's UTF-8 bytes, by which names are ordered.</summary>
    public required byte[] NameBytes { get; init; }
    public VersionPlace Place { get; init; }
    public char Kind { get; init; }
    public FileAction Action { get; init; }
    public long Length { get; init; }
    public string? Sha1 { get; init; }
    public string? Md5 { get; init; }
    public string ContentType { get; init; } = "";

    /// <summary>The info as JSON.</summary>
    public string Info { get; init; } = "{}";

    /// <summary>How far the version has been replicated; null when no rule is for it.</summary>
    public ReplicationStatus? Replication { get; init; }

    public Encryption Encryption { get; init; } = Encryption.None;
    public Retention? Retention { get; init; }

    /// <summary>Whether the version is held; null when nobody ever said so or no.</summary>
    public bool? LegalHold { get; init; }

    public string Name => Encoding.UTF8.GetString(NameBytes);

    public string FileId => FileIds.Make(Bucket.Id, Kind, Place);

    /// <summary>True while the version must not be deleted. What is unfinished can be cancelled at any time.</summary>
    public bool IsProtectedAt(long now, bool mayBypass) =>
        Action != FileAction.Start && RetentionRules.IsProtected(Retention, LegalHold, mayBypass, now);
}
