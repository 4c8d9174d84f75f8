using System.Text.Json.Serialization;

namespace B2Sdk.Wire;

internal static class FileEndpoints
{
    /// <summary>The names of the operations that are not JSON calls, for messages.</summary>
    public const string UploadFile = "b2_upload_file";
    public const string DownloadByName = "b2_download_file_by_name";
    public const string DownloadById = "b2_download_file_by_id";

    public static readonly Endpoint<ListFileNamesRequest, ListFilesResponse> ListNames = new(
        "b2_list_file_names",
        FileJson.Default.ListFileNamesRequest,
        FileJson.Default.ListFilesResponse
    )
    {
        Subject = request => request.BucketId,
        Requires = Capability.ListFiles,
    };

    public static readonly Endpoint<ListFileVersionsRequest, ListFilesResponse> ListVersions = new(
        "b2_list_file_versions",
        FileJson.Default.ListFileVersionsRequest,
        FileJson.Default.ListFilesResponse
    )
    {
        Subject = request => request.BucketId,
        Requires = Capability.ListFiles,
    };

    public static readonly Endpoint<GetFileInfoRequest, FileVersion> GetInfo = new(
        "b2_get_file_info",
        FileJson.Default.GetFileInfoRequest,
        FileJson.Default.FileVersion
    )
    {
        Subject = request => request.FileId,
        Requires = Capability.ReadFiles,
    };

    public static readonly Endpoint<HideFileRequest, FileVersion> Hide = new(
        "b2_hide_file",
        FileJson.Default.HideFileRequest,
        FileJson.Default.FileVersion
    )
    {
        Subject = request => request.FileName,
        Requires = Capability.WriteFiles,
    };

    public static readonly Endpoint<DeleteFileVersionRequest, FileIdAndName> DeleteVersion = new(
        "b2_delete_file_version",
        FileJson.Default.DeleteFileVersionRequest,
        FileJson.Default.FileIdAndName
    )
    {
        Subject = request => request.FileName,
        Requires = Capability.DeleteFiles,
    };
}

internal sealed record ListFileNamesRequest
{
    public required string BucketId { get; init; }
    public string? StartFileName { get; init; }
    public int? MaxFileCount { get; init; }
    public string? Prefix { get; init; }
    public string? Delimiter { get; init; }
}

internal sealed record ListFileVersionsRequest
{
    public required string BucketId { get; init; }
    public string? StartFileName { get; init; }
    public string? StartFileId { get; init; }
    public int? MaxFileCount { get; init; }
    public string? Prefix { get; init; }
    public string? Delimiter { get; init; }
}

internal sealed record ListFilesResponse
{
    public required IReadOnlyList<FileVersion> Files
    {
        get;
        init => field = Rows.Whole(value);
    }
    public string? NextFileName { get; init; }
    public string? NextFileId { get; init; }
}

internal sealed record GetFileInfoRequest
{
    public required string FileId { get; init; }
}

internal sealed record HideFileRequest
{
    public required string BucketId { get; init; }
    public required string FileName { get; init; }
}

internal sealed record DeleteFileVersionRequest
{
    public required string FileName { get; init; }
    public required string FileId { get; init; }
}

internal sealed record FileIdAndName
{
    public required string FileId { get; init; }
    public required string FileName { get; init; }
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
    ]
)]
[JsonSerializable(typeof(ListFileNamesRequest))]
[JsonSerializable(typeof(ListFileVersionsRequest))]
[JsonSerializable(typeof(ListFilesResponse))]
[JsonSerializable(typeof(GetFileInfoRequest))]
[JsonSerializable(typeof(HideFileRequest))]
[JsonSerializable(typeof(DeleteFileVersionRequest))]
[JsonSerializable(typeof(FileIdAndName))]
[JsonSerializable(typeof(FileVersion))]
internal sealed partial class FileJson : JsonSerializerContext;
