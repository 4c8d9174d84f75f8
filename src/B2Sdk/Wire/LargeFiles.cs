using System.Text.Json.Serialization;

namespace B2Sdk.Wire;

internal static class LargeFileEndpoints
{
    /// <summary>The name of the operation that is not a JSON call, for messages.</summary>
    public const string UploadPart = "b2_upload_part";

    public static readonly Endpoint<StartLargeFileRequest, FileVersion> Start = new(
        "b2_start_large_file",
        LargeFileJson.Default.StartLargeFileRequest,
        LargeFileJson.Default.FileVersion
    )
    {
        Subject = request => request.FileName,
        Requires = Capability.WriteFiles,
        IsRepeatable = false,
    };

    public static readonly Endpoint<GetUploadPartUrlRequest, UploadUrlResponse> GetUploadPartUrl = new(
        "b2_get_upload_part_url",
        LargeFileJson.Default.GetUploadPartUrlRequest,
        LargeFileJson.Default.UploadUrlResponse
    )
    {
        Subject = request => request.FileId,
        Requires = Capability.WriteFiles,
    };

    public static readonly Endpoint<FinishLargeFileRequest, FileVersion> Finish = new(
        "b2_finish_large_file",
        LargeFileJson.Default.FinishLargeFileRequest,
        LargeFileJson.Default.FileVersion
    )
    {
        Subject = request => request.FileId,
        Requires = Capability.WriteFiles,
        // Joining ten thousand parts can take B2 many minutes, during which it says nothing.
        Patience = TimeSpan.FromMinutes(20),
    };

    public static readonly Endpoint<CancelLargeFileRequest, CanceledLargeFile> Cancel = new(
        "b2_cancel_large_file",
        LargeFileJson.Default.CancelLargeFileRequest,
        LargeFileJson.Default.CanceledLargeFile
    )
    {
        Subject = request => request.FileId,
        Requires = Capability.WriteFiles,
    };
}

internal sealed record StartLargeFileRequest
{
    public required string BucketId { get; init; }
    public required string FileName { get; init; }
    public required string ContentType { get; init; }
    public IReadOnlyDictionary<string, string>? FileInfo { get; init; }
    public DateTimeOffset? CustomUploadTimestamp { get; init; }
}

internal sealed record GetUploadPartUrlRequest
{
    public required string FileId { get; init; }
}

internal sealed record FinishLargeFileRequest
{
    public required string FileId { get; init; }
    public required IReadOnlyList<string> PartSha1Array { get; init; }
}

internal sealed record CancelLargeFileRequest
{
    public required string FileId { get; init; }
}

internal sealed record CanceledLargeFile
{
    public required string FileId { get; init; }
    public string? FileName { get; init; }
    public string? AccountId { get; init; }
    public string? BucketId { get; init; }
}

internal sealed record PartRecord
{
    public required string FileId { get; init; }
    public required int PartNumber { get; init; }
    public required long ContentLength { get; init; }
    public string? ContentSha1 { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [
        typeof(TimestampConverter),
        typeof(EncryptionModeConverter),
        typeof(FileActionConverter),
        typeof(LegalHoldConverter),
        typeof(RetentionModeConverter),
        typeof(SecretConverter),
        typeof(GivenUrlConverter),
    ]
)]
[JsonSerializable(typeof(StartLargeFileRequest))]
[JsonSerializable(typeof(GetUploadPartUrlRequest))]
[JsonSerializable(typeof(UploadUrlResponse))]
[JsonSerializable(typeof(FinishLargeFileRequest))]
[JsonSerializable(typeof(CancelLargeFileRequest))]
[JsonSerializable(typeof(CanceledLargeFile))]
[JsonSerializable(typeof(PartRecord))]
[JsonSerializable(typeof(FileVersion))]
internal sealed partial class LargeFileJson : JsonSerializerContext;
