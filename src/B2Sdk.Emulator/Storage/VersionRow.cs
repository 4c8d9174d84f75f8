using System.Text;
using B2Sdk.Emulator.Rules;
using Microsoft.Data.Sqlite;

namespace B2Sdk.Emulator.Storage;

/// <summary>A version where it was read, or another row of a listing. Its texts are UTF-8 that is good until the reader goes on.</summary>
/// <remarks>A page has up to 10,000 rows: one that is only to be written costs no memory of its own.</remarks>
internal readonly ref struct VersionRow
{
    /// <summary>What <see cref="Read"/> reads, of a table that is called v.</summary>
    public const string Columns =
        "v.name, v.timestamp, v.number, v.kind, v.action, v.length, v.sha1, v.md5, v.content_type, v.info, "
        + "v.encryption OR v.replication IS NOT NULL OR v.retention_mode IS NOT NULL OR v.legal_hold IS NOT NULL, "
        + "v.encryption, v.key_mark, v.replication, v.retention_mode, v.retain_until, v.legal_hold";

    public required Bucket Bucket { get; init; }
    public required ReadOnlySpan<byte> Name { get; init; }
    public VersionPlace Place { get; init; }
    public char Kind { get; init; }
    public required FileAction Action { get; init; }
    public long Length { get; init; }

    /// <summary>Empty when there is none.</summary>
    public ReadOnlySpan<byte> Sha1 { get; init; }

    /// <summary>Empty when there is none.</summary>
    public ReadOnlySpan<byte> Md5 { get; init; }
    public ReadOnlySpan<byte> ContentType { get; init; }

    /// <summary>The info as JSON.</summary>
    public ReadOnlySpan<byte> Info { get; init; }
    public ReplicationStatus? Replication { get; init; }
    public required Encryption Encryption { get; init; }
    public Retention? Retention { get; init; }
    public bool? LegalHold { get; init; }

    /// <summary>Reads the row at which a reader stands.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="bucket">The bucket of the version.</param>
    /// <param name="first">Which of the reader's columns is the first of these.</param>
    public static VersionRow Read(SqliteDataReader reader, Bucket bucket, int first = 0)
    {
        var row = new ColumnReader(reader, first);
        var plain = new VersionRow
        {
            Bucket = bucket,
            Name = row.Bytes(0),
            Place = new(row.Integer(1), row.Integer(2)),
            Kind = (char)row.Integer(3),
            Action = (FileAction)row.Integer(4),
            Length = row.Integer(5),
            Sha1 = StoredDigest.ToText(row.Bytes(6)),
            Md5 = StoredDigest.ToText(row.Bytes(7)),
            ContentType = row.Bytes(8),
            Info = row.Bytes(9),
            Encryption = Encryption.None,
        };
        // To ask for a column costs as much as to write it, and few rows have anything in the others.
        return row.Integer(10) == 0
            ? plain
            : plain with
            {
                Encryption = new((EncryptionMode)row.Integer(11), row.IsNull(12) ? null : row.Bytes(12).ToArray()),
                Replication = (ReplicationStatus?)row.IntegerOrNull(13),
                Retention = row.IntegerOrNull(14) is { } mode ? new((RetentionMode)mode, row.Integer(15)) : null,
                LegalHold = row.IntegerOrNull(16) is { } held ? held != 0 : null,
            };
    }

    /// <summary>A folder, which stands for all names that begin with its own.</summary>
    public static VersionRow Folder(Bucket bucket, ReadOnlySpan<byte> name) =>
        new()
        {
            Bucket = bucket,
            Name = name,
            Action = FileAction.Folder,
            Info = "{}"u8,
            Encryption = Encryption.None,
        };

    public static VersionRow Of(FileVersion version) =>
        new()
        {
            Bucket = version.Bucket,
            Name = version.NameBytes,
            Place = version.Place,
            Kind = version.Kind,
            Action = version.Action,
            Length = version.Length,
            Sha1 = Encoding.UTF8.GetBytes(version.Sha1 ?? ""),
            Md5 = Encoding.UTF8.GetBytes(version.Md5 ?? ""),
            ContentType = Encoding.UTF8.GetBytes(version.ContentType),
            Info = Encoding.UTF8.GetBytes(version.Info),
            Replication = version.Replication,
            Encryption = version.Encryption,
            Retention = version.Retention,
            LegalHold = version.LegalHold,
        };

    /// <summary>The version, to be kept.</summary>
    public FileVersion ToVersion() =>
        new()
        {
            Bucket = Bucket,
            NameBytes = Name.ToArray(),
            Place = Place,
            Kind = Kind,
            Action = Action,
            Length = Length,
            Sha1 = Sha1.IsEmpty ? null : Encoding.UTF8.GetString(Sha1),
            Md5 = Md5.IsEmpty ? null : Encoding.UTF8.GetString(Md5),
            ContentType = Encoding.UTF8.GetString(ContentType),
            Info = Encoding.UTF8.GetString(Info),
            Replication = Replication,
            Encryption = Encryption,
            Retention = Retention,
            LegalHold = LegalHold,
        };
}
