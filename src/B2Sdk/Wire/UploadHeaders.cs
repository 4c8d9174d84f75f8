namespace B2Sdk.Wire;

/// <summary>What an upload says of its file: as headers of a small one, as JSON when a large one is started. Spelled here and nowhere else.</summary>
internal sealed record UploadHeaders
{
    public required string FileName { get; init; }
    public required string ContentType { get; init; }
    public required IReadOnlyDictionary<string, string> FileInfo { get; init; }
    public DateTimeOffset? CustomUploadTimestamp { get; init; }

    public void AddTo(HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation("X-Bz-File-Name", FileNameEncoding.Encode(FileName));
        request.Content!.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        foreach (var (key, value) in FileInfo)
        {
            request.Headers.TryAddWithoutValidation("X-Bz-Info-" + key, FileNameEncoding.Encode(value));
        }
        if (CustomUploadTimestamp is { } timestamp)
        {
            request.Headers.TryAddWithoutValidation("X-Bz-Custom-Upload-Timestamp", timestamp.ToUnixTimeMilliseconds().ToString());
        }
    }

    public StartLargeFileRequest ToStartRequest(string bucketId) =>
        new()
        {
            BucketId = bucketId,
            FileName = FileName,
            ContentType = ContentType,
            FileInfo = FileInfo,
            CustomUploadTimestamp = CustomUploadTimestamp,
        };
}
