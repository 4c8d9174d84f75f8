namespace B2Sdk.Wire;

/// <summary>What an upload says of its file: as headers of a small one, as JSON when a large one is started. Spelled here and nowhere else.</summary>
internal sealed record UploadHeaders
{
    /// <summary>Lets B2 choose the type by the name's extension.</summary>
    public const string AutomaticType = "b2/x-auto";

    private const string NameHeader = "X-Bz-File-Name";
    private const string InfoHeaderPrefix = "X-Bz-Info-";

    public required string FileName { get; init; }
    public required string ContentType { get; init; }
    public required IReadOnlyDictionary<string, string> FileInfo { get; init; }
    public DateTimeOffset? CustomUploadTimestamp { get; init; }
    public EncryptionSetting? Encryption { get; init; }
    public FileRetention? Retention { get; init; }
    public LegalHold? LegalHold { get; init; }

    /// <summary>How many bytes name and info take as whole header lines, which B2 limits.</summary>
    public int SizeInBytes =>
        LineLength(NameHeader, FileName) + FileInfo.Sum(entry => LineLength(InfoHeaderPrefix + entry.Key, entry.Value));

    public void AddTo(HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation(NameHeader, FileNameEncoding.Encode(FileName));
        request.Content!.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        foreach (var (key, value) in FileInfo)
        {
            request.Headers.TryAddWithoutValidation(InfoHeaderPrefix + key, FileNameEncoding.Encode(value));
        }
        if (CustomUploadTimestamp is { } timestamp)
        {
            request.Headers.TryAddWithoutValidation("X-Bz-Custom-Upload-Timestamp", timestamp.ToUnixTimeMilliseconds().ToString());
        }
        EncryptionHeaders.AddTo(request, Encryption);
        LockHeaders.AddTo(request, Retention, LegalHold);
    }

    public StartLargeFileRequest ToStartRequest(string bucketId) =>
        new()
        {
            BucketId = bucketId,
            FileName = FileName,
            ContentType = ContentType,
            FileInfo = FileInfo,
            CustomUploadTimestamp = CustomUploadTimestamp,
            FileRetention = Retention,
            LegalHold = LegalHold,
            ServerSideEncryption = EncryptionRequest.From(Encryption),
        };

    private static int LineLength(string header, string value) =>
        header.Length + ": ".Length + FileNameEncoding.Encode(value).Length + "\r\n".Length;
}
