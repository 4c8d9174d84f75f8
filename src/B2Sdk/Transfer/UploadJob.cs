using B2Sdk.Wire;

namespace B2Sdk.Transfer;

/// <summary>One upload as it was asked for, checked, and with the account's limits.</summary>
internal sealed class UploadJob
{
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
        Validate(options, account);
        BucketId = bucketId;
        FileName = fileName;
        Options = options;
        MinimumPartSize = account.AbsoluteMinimumPartSize;
        // What can be read only once waits in memory, so its parts are as small as may be.
        _wantedPartSize = options.PartSize ?? (isReadableOnce ? account.AbsoluteMinimumPartSize : account.RecommendedPartSize);
        Headers = new()
        {
            FileName = fileName,
            ContentType = options.ContentType ?? "b2/x-auto",
            FileInfo = CollectInfo(options, lastModified),
            CustomUploadTimestamp = options.CustomUploadTimestamp,
        };
        LargeFileHeaders = options.ContentSha1 is { } sha1
            ? Headers with
            {
                FileInfo = new Dictionary<string, string>(Headers.FileInfo) { ["large_file_sha1"] = sha1.ToLowerInvariant() },
            }
            : Headers;
        FileNameRules.ValidateInfo(fileName, LargeFileHeaders.FileInfo, FileNameEncoding.Encode, nameof(options));
    }

    public string BucketId { get; }
    public string FileName { get; }
    public UploadOptions Options { get; }
    public long MinimumPartSize { get; }
    public UploadHeaders Headers { get; }
    public UploadHeaders LargeFileHeaders { get; }

    public long PartSizeFor(long? length) => PartSizes.Choose(length, _wantedPartSize, MinimumPartSize);

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
        if (options.ContentType is { } type && (type.Length == 0 || type.Any(character => character is < ' ' or > '~')))
        {
            throw new ArgumentException("The content type is empty or holds characters other than printable ASCII.", nameof(options));
        }
    }

    private static Dictionary<string, string> CollectInfo(UploadOptions options, DateTimeOffset? lastModified)
    {
        var info = new Dictionary<string, string>(options.FileInfo, StringComparer.Ordinal);
        if ((options.LastModified ?? lastModified) is { } time && !info.ContainsKey("src_last_modified_millis"))
        {
            info["src_last_modified_millis"] = time.ToUnixTimeMilliseconds().ToString();
        }
        Put("b2-cache-control", options.CacheControl);
        Put("b2-content-disposition", options.ContentDisposition);
        Put("b2-content-encoding", options.ContentEncoding);
        Put("b2-content-language", options.ContentLanguage);
        Put("b2-expires", options.Expires);
        return info;

        void Put(string key, string? value)
        {
            if (value is not null)
            {
                info[key] = value;
            }
        }
    }
}
