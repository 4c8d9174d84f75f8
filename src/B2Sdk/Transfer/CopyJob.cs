using B2Sdk.Wire;

namespace B2Sdk.Transfer;

/// <summary>One copy as it was asked for, checked, and with what is known of its source.</summary>
internal sealed class CopyJob
{
    private readonly CopyOptions _options;
    private readonly string _sourceFileId;
    private readonly AccountAuthorization _account;

    public CopyJob(string bucketId, string sourceFileId, string fileName, CopyOptions options, AccountAuthorization account)
    {
        Validate(options, account);
        BucketId = bucketId;
        FileName = fileName;
        _sourceFileId = sourceFileId;
        _options = options;
        _account = account;
    }

    public string BucketId { get; }
    public string FileName { get; }
    public CopyOptions Options => _options;
    public string SourceFileId => _sourceFileId;

    /// <summary>What is known of the source; null when nothing had to be asked.</summary>
    public FileVersion? Source { get; set; }

    /// <summary>
    /// True when the source must be asked about before it is copied: where only some of what is said of it changes, where its length decides, and where its own words would be untrue of the
    /// copy.
    /// </summary>
    public bool NeedsSource =>
        _options.Range is not null
        || _options.PartSize is not null
        || _options.SourceEncryption is not null
        || _options.Encryption?.Key?.KeyId is not null
        || (SaysSomething && (_options.ContentType is null || _options.FileInfo is null));

    /// <summary>The stretch to copy, with both ends; null for all of it.</summary>
    public ByteRange? Range =>
        _options.Range is { } range && Source is not null && !range.IsAllOf(Source.SizeInBytes)
            ? new(range.Start, range.EndIn(Source.SizeInBytes) - 1)
            : null;

    /// <summary>The bytes of the copy; null when that is not known.</summary>
    public long? Length =>
        Source is null ? null
        : Range is { } range ? range.End!.Value - range.Start + 1
        : Source.SizeInBytes;

    public bool IsLarge => Length > (_options.PartSize ?? PartSizes.MaxPartSize);

    /// <summary>The size of every part but the last: even, unless that would fall below what the account allows.</summary>
    public long PartSize(long length)
    {
        var wanted = _options.PartSize ?? Math.Min(PartSizes.MaxPartSize, 10 * _account.RecommendedPartSize);
        var size = PartSizes.Choose(length, wanted, _account.AbsoluteMinimumPartSize);
        var count = PartSizes.Count(length, size);
        var even = (length + count - 1) / count;
        return even >= _account.AbsoluteMinimumPartSize ? even : size;
    }

    public CopyFileRequest ToRequest()
    {
        var (contentType, info) = Described();
        return new()
        {
            SourceFileId = _sourceFileId,
            FileName = FileName,
            DestinationBucketId = BucketId,
            Range = Range?.ToString(),
            MetadataDirective = info is null ? null : "REPLACE",
            ContentType = contentType,
            FileInfo = info,
            FileRetention = _options.Retention,
            LegalHold = _options.LegalHold,
            SourceServerSideEncryption = EncryptionRequest.From(_options.SourceEncryption),
            DestinationServerSideEncryption = EncryptionRequest.From(_options.Encryption),
        };
    }

    public StartLargeFileRequest ToStartRequest()
    {
        var (contentType, info) = Described();
        var said = new Dictionary<string, string>(info ?? Source!.FileInfo);
        // A copy in parts has no SHA-1 of its own, so that of a whole source is handed on.
        if (Range is null && _options.FileInfo is null && ContentDigest.Of(Source!).Sha1 is { } sha1)
        {
            said.TryAdd(FileInfoKeys.LargeFileSha1, sha1);
        }
        return new()
        {
            BucketId = BucketId,
            FileName = FileName,
            ContentType = contentType ?? Source!.ContentType ?? UploadHeaders.AutomaticType,
            FileInfo = said,
            FileRetention = _options.Retention,
            LegalHold = _options.LegalHold,
            ServerSideEncryption = EncryptionRequest.From(_options.Encryption),
        };
    }

    public CopyPartRequest ToPartRequest(string largeFileId, int number, ByteRange range) =>
        new()
        {
            SourceFileId = _sourceFileId,
            LargeFileId = largeFileId,
            PartNumber = number,
            Range = range.ToString(),
            SourceServerSideEncryption = EncryptionRequest.From(_options.SourceEncryption),
            // What B2 manages was said at the start; only a customer's key goes with every part.
            DestinationServerSideEncryption = _options.Encryption?.Key is null ? null : EncryptionRequest.From(_options.Encryption),
        };

    private bool SaysSomething =>
        _options.ContentType is not null || _options.FileInfo is not null || Headers.Any(header => header.Value is not null);

    private (string Key, string? Value)[] Headers =>
        [
            (FileInfoKeys.CacheControl, _options.CacheControl),
            (FileInfoKeys.ContentDisposition, _options.ContentDisposition),
            (FileInfoKeys.ContentEncoding, _options.ContentEncoding),
            (FileInfoKeys.ContentLanguage, _options.ContentLanguage),
            (FileInfoKeys.Expires, HttpDate.Write(_options.Expires)),
        ];

    /// <summary>What is said of the copy in place of what is said of the source; nulls when it is the same.</summary>
    private (string? ContentType, Dictionary<string, string>? FileInfo) Described()
    {
        var info = (_options.FileInfo ?? Source?.FileInfo ?? new Dictionary<string, string>()).ToDictionary(
            entry => entry.Key.ToLowerInvariant(),
            entry => entry.Value,
            StringComparer.Ordinal
        );
        var isUntrue = false;
        if (_options.FileInfo is null)
        {
            var keyId = _options.Encryption?.Key?.KeyId;
            isUntrue = Source is not null && info.GetValueOrDefault(FileInfoKeys.EncryptionKeyId) != keyId;
            info.Remove(FileInfoKeys.EncryptionKeyId);
            if (Range is not null)
            {
                isUntrue |= info.Remove(FileInfoKeys.LargeFileSha1);
            }
        }
        FileInfoKeys.PutKeyId(info, _options.Encryption, "options");
        FileInfoKeys.PutHeaders(info, Headers);
        return SaysSomething || isUntrue
            ? (_options.ContentType ?? Source?.ContentType ?? UploadHeaders.AutomaticType, info)
            : (null, null);
    }

    private static void Validate(CopyOptions options, AccountAuthorization account)
    {
        options.Range?.Validate(nameof(options));
        options.SourceEncryption?.ValidateForReading("source encryption", nameof(options));
        options.Encryption?.ValidateForFile("encryption", nameof(options));
        options.Retention?.Validate(mayBeNone: false, nameof(options));
        options.LegalHold?.Validate(nameof(options));
        if (options.FileInfo is not null)
        {
            FileNameRules.ValidateInfo(options.FileInfo, nameof(options));
        }
        if (options.Concurrency is < 1 or > 100)
        {
            throw new ArgumentOutOfRangeException(nameof(options), $"The concurrency is {options.Concurrency}; it is 1 to 100.");
        }
        if (options.PartSize is { } partSize && (partSize < account.AbsoluteMinimumPartSize || partSize > PartSizes.MaxPartSize))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options),
                $"The part size is {partSize} bytes; this account allows {account.AbsoluteMinimumPartSize} to {PartSizes.MaxPartSize}."
            );
        }
    }
}
