using B2Sdk.Sessions;
using B2Sdk.Wire;

namespace B2Sdk.Transfer;

/// <summary>One upload as it was asked for, checked, and with the account's limits.</summary>
internal sealed class UploadJob
{
    private const int MaxHeaderBytes = 7000;

    // B2 keeps encryption and locks beside name and info.
    private const int MaxProtectedHeaderBytes = 2048;
    private readonly long _wantedPartSize;

    public UploadJob(
        string bucketId,
        string fileName,
        UploadOptions options,
        DateTimeOffset? lastModified,
        bool isReadableOnce,
        AccountAuthorization account
    )
    {
        FileNameRules.Validate(fileName, nameof(fileName));
        FileNameRules.ValidateInfo(options.FileInfo, nameof(options));
        Validate(options, account);
        Unauthorized.Check(account.Allowed, new(bucketId, FileName: fileName), FileEndpoints.UploadFile, fileName, Capability.WriteFiles);
        BucketId = bucketId;
        FileName = fileName;
        Options = options;
        MinimumPartSize = account.AbsoluteMinimumPartSize;
        // What can be read only once waits in memory, so its parts are as small as may be.
        _wantedPartSize = options.PartSize ?? (isReadableOnce ? account.AbsoluteMinimumPartSize : account.RecommendedPartSize);
        Headers = new()
        {
            FileName = fileName,
            ContentType = options.ContentType ?? UploadHeaders.AutomaticType,
            FileInfo = CollectInfo(options, lastModified),
            CustomUploadTimestamp = options.CustomUploadTimestamp,
            Encryption = options.Encryption,
            Retention = options.Retention,
            LegalHold = options.LegalHold,
        };
        FileNameRules.ValidateInfo(Headers.FileInfo, nameof(options));
        CheckSize(Headers, nameof(options));
    }

    public string BucketId { get; }
    public string FileName { get; }
    public UploadOptions Options { get; }
    public long MinimumPartSize { get; }
    public UploadHeaders Headers { get; }

    public long PartSizeFor(long? length) => PartSizes.Choose(length, _wantedPartSize, MinimumPartSize);

    /// <summary>What a large file says of itself: the SHA-1 of its whole, too, when that is known.</summary>
    public UploadHeaders LargeFileHeaders()
    {
        if (Options.ContentSha1 is not { } sha1)
        {
            return Headers;
        }
        var headers = Headers with
        {
            FileInfo = new Dictionary<string, string>(Headers.FileInfo) { [FileInfoKeys.LargeFileSha1] = sha1.ToLowerInvariant() },
        };
        CheckSize(headers, "options");
        return headers;
    }

    private static void CheckSize(UploadHeaders headers, string parameterName)
    {
        var isProtected = headers.Encryption is not null || headers.Retention is not null || headers.LegalHold is not null;
        var limit = isProtected ? MaxProtectedHeaderBytes : MaxHeaderBytes;
        if (headers.SizeInBytes > limit)
        {
            throw new ArgumentException(
                $"The file name and info have {headers.SizeInBytes} bytes as headers; B2 allows {limit}{(isProtected ? " with encryption or a lock" : "")}. Shorten the info.",
                parameterName
            );
        }
    }

    private static void Validate(UploadOptions options, AccountAuthorization account)
    {
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
        if (options.Length < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(options), $"The length is {options.Length} bytes; it is 0 or more.");
        }
        if (options.ContentSha1 is { } sha1 && (sha1.Length != 40 || !sha1.All(char.IsAsciiHexDigit)))
        {
            throw new ArgumentException($"The SHA-1 '{sha1}' is not 40 hex digits.", nameof(options));
        }
        options.Encryption?.ValidateForFile("encryption", nameof(options));
        options.Retention?.Validate(mayBeNone: false, nameof(options));
        options.LegalHold?.Validate(nameof(options));
        if (options.ContentType is { } type && (type.Length == 0 || type.Any(character => character is < ' ' or > '~')))
        {
            throw new ArgumentException("The content type is empty or holds characters other than printable ASCII.", nameof(options));
        }
    }

    private static Dictionary<string, string> CollectInfo(UploadOptions options, DateTimeOffset? lastModified)
    {
        // B2 does not tell cases of keys apart and keeps them in lower case.
        var info = options.FileInfo.ToDictionary(entry => entry.Key.ToLowerInvariant(), entry => entry.Value, StringComparer.Ordinal);
        if (options.LastModified is { } said)
        {
            info[FileInfoKeys.SourceLastModified] = said.ToUnixTimeMilliseconds().ToString();
        }
        else if (lastModified is { } found)
        {
            info.TryAdd(FileInfoKeys.SourceLastModified, found.ToUnixTimeMilliseconds().ToString());
        }
        FileInfoKeys.PutKeyId(info, options.Encryption, nameof(options));
        FileInfoKeys.PutHeaders(
            info,
            (FileInfoKeys.CacheControl, options.CacheControl),
            (FileInfoKeys.ContentDisposition, options.ContentDisposition),
            (FileInfoKeys.ContentEncoding, options.ContentEncoding),
            (FileInfoKeys.ContentLanguage, options.ContentLanguage),
            (FileInfoKeys.Expires, HttpDate.Write(options.Expires))
        );
        return info;
    }
}
