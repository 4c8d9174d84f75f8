using System.Text.Json.Serialization;

namespace B2Sdk.Wire;

/// <summary>The operations on files and their versions.</summary>
public static class FileEndpoints
{
    // The names of the operations that are not JSON calls, for messages.
    internal const string UploadFile = "b2_upload_file";
    internal const string DownloadByName = "b2_download_file_by_name";
    internal const string DownloadById = "b2_download_file_by_id";

    // Copying 5 GB takes B2 minutes, during which it says nothing.
    internal static readonly TimeSpan CopyPatience = TimeSpan.FromMinutes(20);

    /// <summary>Lists the newest version of each file that is not hidden.</summary>
    public static readonly Endpoint<ListFileNamesRequest, ListFilesResponse> ListNames = new(
        "b2_list_file_names",
        FileJson.Default.ListFileNamesRequest,
        FileJson.Default.ListFilesResponse
    )
    {
        Subject = request => request.BucketId,
        Requires = static _ => [Capability.ListFiles],
        Reach = request => new(request.BucketId, Prefix: request.Prefix ?? ""),
    };

    /// <summary>Lists all versions, hide markers and unfinished large files.</summary>
    public static readonly Endpoint<ListFileVersionsRequest, ListFilesResponse> ListVersions = new(
        "b2_list_file_versions",
        FileJson.Default.ListFileVersionsRequest,
        FileJson.Default.ListFilesResponse
    )
    {
        Subject = request => request.BucketId,
        Requires = static _ => [Capability.ListFiles],
        Reach = request => new(request.BucketId, Prefix: request.Prefix ?? ""),
    };

    /// <summary>Says what is known of a version.</summary>
    public static readonly Endpoint<GetFileInfoRequest, FileVersion> GetInfo = new(
        "b2_get_file_info",
        FileJson.Default.GetFileInfoRequest,
        FileJson.Default.FileVersion
    )
    {
        Subject = request => request.FileId,
        Requires = static _ => [Capability.ReadFiles],
    };

    /// <summary>Hides a file.</summary>
    public static readonly Endpoint<HideFileRequest, FileVersion> Hide = new(
        "b2_hide_file",
        FileJson.Default.HideFileRequest,
        FileJson.Default.FileVersion
    )
    {
        Subject = request => request.FileName,
        Requires = static _ => [Capability.WriteFiles],
        Reach = request => new(request.BucketId, FileName: request.FileName),
    };

    /// <summary>Deletes a version for good.</summary>
    public static readonly Endpoint<DeleteFileVersionRequest, FileIdAndName> DeleteVersion = new(
        "b2_delete_file_version",
        FileJson.Default.DeleteFileVersionRequest,
        FileJson.Default.FileIdAndName
    )
    {
        Subject = request => request.FileName,
        Requires = request =>
            request.BypassGovernance == true ? [Capability.DeleteFiles, Capability.BypassGovernance] : [Capability.DeleteFiles],
        Reach = request => new(FileName: request.FileName),
    };

    /// <summary>Copies a version, or a stretch of one, inside B2.</summary>
    public static readonly Endpoint<CopyFileRequest, FileVersion> Copy = new(
        "b2_copy_file",
        FileJson.Default.CopyFileRequest,
        FileJson.Default.FileVersion
    )
    {
        Subject = request => request.FileName,
        Requires = static _ => [Capability.WriteFiles, Capability.ReadFiles],
        Reach = request => new(request.DestinationBucketId, FileName: request.FileName),
        Patience = CopyPatience,
    };

    /// <summary>Sets or removes the retention of a version.</summary>
    public static readonly Endpoint<UpdateFileRetentionRequest, UpdateFileRetentionResponse> UpdateRetention = new(
        "b2_update_file_retention",
        FileJson.Default.UpdateFileRetentionRequest,
        FileJson.Default.UpdateFileRetentionResponse
    )
    {
        Subject = request => request.FileName,
        Requires = request =>
            request.BypassGovernance == true
                ? [Capability.WriteFileRetentions, Capability.BypassGovernance]
                : [Capability.WriteFileRetentions],
        Reach = request => new(FileName: request.FileName),
    };

    /// <summary>Sets or lifts the legal hold of a version.</summary>
    public static readonly Endpoint<UpdateFileLegalHoldRequest, UpdateFileLegalHoldResponse> UpdateLegalHold = new(
        "b2_update_file_legal_hold",
        FileJson.Default.UpdateFileLegalHoldRequest,
        FileJson.Default.UpdateFileLegalHoldResponse
    )
    {
        Subject = request => request.FileName,
        Requires = static _ => [Capability.WriteFileLegalHolds],
        Reach = request => new(FileName: request.FileName),
    };

    /// <summary>Makes a token with which others may download.</summary>
    public static readonly Endpoint<GetDownloadAuthorizationRequest, GetDownloadAuthorizationResponse> GetDownloadAuthorization = new(
        "b2_get_download_authorization",
        FileJson.Default.GetDownloadAuthorizationRequest,
        FileJson.Default.GetDownloadAuthorizationResponse
    )
    {
        Subject = request => request.FileNamePrefix,
        Requires = static _ => [Capability.ShareFiles],
        Reach = request => new(request.BucketId, Prefix: request.FileNamePrefix),
    };
}

/// <summary>What <c>b2_list_file_names</c> is sent.</summary>
public sealed record ListFileNamesRequest
{
    /// <summary>The bucket.</summary>
    public required string BucketId { get; init; }

    /// <summary>The name to begin at; null for the first.</summary>
    public string? StartFileName { get; init; }

    /// <summary>How many rows, 1 to 10,000; null for 100.</summary>
    public int? MaxFileCount { get; init; }

    /// <summary>Only names that start with this; null for all.</summary>
    public string? Prefix { get; init; }

    /// <summary>What ends a folder, usually <c>/</c>; null for no folders.</summary>
    public string? Delimiter { get; init; }
}

/// <summary>What <c>b2_list_file_versions</c> is sent.</summary>
public sealed record ListFileVersionsRequest
{
    /// <summary>The bucket.</summary>
    public required string BucketId { get; init; }

    /// <summary>The name to begin at; null for the first.</summary>
    public string? StartFileName { get; init; }

    /// <summary>The version to begin at; needs a name too.</summary>
    public string? StartFileId { get; init; }

    /// <summary>How many rows, 1 to 10,000; null for 100.</summary>
    public int? MaxFileCount { get; init; }

    /// <summary>Only names that start with this; null for all.</summary>
    public string? Prefix { get; init; }

    /// <summary>What ends a folder, usually <c>/</c>; null for no folders.</summary>
    public string? Delimiter { get; init; }
}

/// <summary>A page of a listing.</summary>
public sealed record ListFilesResponse
{
    /// <summary>The rows.</summary>
    public required IReadOnlyList<FileVersion> Files
    {
        get;
        init => field = Rows.Whole(value);
    }

    /// <summary>The name at which the next page begins; null at the end.</summary>
    public string? NextFileName { get; init; }

    /// <summary>The version at which the next page begins, if B2 said.</summary>
    public string? NextFileId { get; init; }
}

/// <summary>What <c>b2_get_file_info</c> is sent.</summary>
public sealed record GetFileInfoRequest
{
    /// <summary>The version.</summary>
    public required string FileId { get; init; }
}

/// <summary>What <c>b2_hide_file</c> is sent.</summary>
public sealed record HideFileRequest
{
    /// <summary>The bucket.</summary>
    public required string BucketId { get; init; }

    /// <summary>The file's name.</summary>
    public required string FileName { get; init; }
}

/// <summary>What <c>b2_delete_file_version</c> is sent.</summary>
public sealed record DeleteFileVersionRequest
{
    /// <summary>The file's name.</summary>
    public required string FileName { get; init; }

    /// <summary>The version.</summary>
    public required string FileId { get; init; }

    /// <summary>True to go past a retention in governance mode.</summary>
    public bool? BypassGovernance { get; init; }
}

/// <summary>A version by its id and name.</summary>
public sealed record FileIdAndName
{
    /// <summary>The version.</summary>
    public required string FileId { get; init; }

    /// <summary>The file's name.</summary>
    public required string FileName { get; init; }
}

/// <summary>What <c>b2_copy_file</c> is sent.</summary>
public sealed record CopyFileRequest
{
    /// <summary>The version to copy.</summary>
    public required string SourceFileId { get; init; }

    /// <summary>The file's name.</summary>
    public required string FileName { get; init; }

    /// <summary>The bucket of the copy; null for the source's.</summary>
    public string? DestinationBucketId { get; init; }

    /// <summary>The stretch to copy, as HTTP writes it; null for all of it.</summary>
    public string? Range { get; init; }

    /// <summary><c>COPY</c> or <c>REPLACE</c>; null for <c>COPY</c>.</summary>
    public string? MetadataDirective { get; init; }

    /// <summary>The MIME type of the copy, with <c>REPLACE</c>.</summary>
    public string? ContentType { get; init; }

    /// <summary>The info of the copy, with <c>REPLACE</c>.</summary>
    public IReadOnlyDictionary<string, string>? FileInfo { get; init; }

    /// <summary>The retention of the copy.</summary>
    public FileRetention? FileRetention { get; init; }

    /// <summary>The legal hold of the copy.</summary>
    public LegalHold? LegalHold { get; init; }

    /// <summary>The customer's key of the source, if it has one.</summary>
    public EncryptionRequest? SourceServerSideEncryption { get; init; }

    /// <summary>The encryption of the copy.</summary>
    public EncryptionRequest? DestinationServerSideEncryption { get; init; }
}

/// <summary>What <c>b2_update_file_retention</c> is sent.</summary>
public sealed record UpdateFileRetentionRequest
{
    /// <summary>The file's name.</summary>
    public required string FileName { get; init; }

    /// <summary>The version.</summary>
    public required string FileId { get; init; }

    /// <summary>The new retention; one without a mode removes it.</summary>
    public required FileRetention FileRetention { get; init; }

    /// <summary>True to shorten or remove a retention in governance mode.</summary>
    public bool? BypassGovernance { get; init; }
}

/// <summary>What <c>b2_update_file_retention</c> answers.</summary>
public sealed record UpdateFileRetentionResponse
{
    /// <summary>The version.</summary>
    public required string FileId { get; init; }

    /// <summary>The file's name.</summary>
    public required string FileName { get; init; }

    /// <summary>The retention now in force.</summary>
    public required FileRetention FileRetention { get; init; }
}

/// <summary>What <c>b2_update_file_legal_hold</c> is sent.</summary>
public sealed record UpdateFileLegalHoldRequest
{
    /// <summary>The file's name.</summary>
    public required string FileName { get; init; }

    /// <summary>The version.</summary>
    public required string FileId { get; init; }

    /// <summary>The new hold.</summary>
    public required LegalHold LegalHold { get; init; }
}

/// <summary>What <c>b2_update_file_legal_hold</c> answers.</summary>
public sealed record UpdateFileLegalHoldResponse
{
    /// <summary>The version.</summary>
    public required string FileId { get; init; }

    /// <summary>The file's name.</summary>
    public required string FileName { get; init; }

    /// <summary>The hold now in force.</summary>
    public required LegalHold LegalHold { get; init; }
}

/// <summary>What <c>b2_get_download_authorization</c> is sent.</summary>
public sealed record GetDownloadAuthorizationRequest
{
    /// <summary>The bucket.</summary>
    public required string BucketId { get; init; }

    /// <summary>The names to open: all that start with this.</summary>
    public required string FileNamePrefix { get; init; }

    /// <summary>How long the token works, 1 to 604,800 seconds.</summary>
    public required long ValidDurationInSeconds { get; init; }

    /// <summary>The <c>Cache-Control</c> that downloads must ask for.</summary>
    public string? B2CacheControl { get; init; }

    /// <summary>The <c>Content-Disposition</c> that downloads must ask for.</summary>
    public string? B2ContentDisposition { get; init; }

    /// <summary>The <c>Content-Encoding</c> that downloads must ask for.</summary>
    public string? B2ContentEncoding { get; init; }

    /// <summary>The <c>Content-Language</c> that downloads must ask for.</summary>
    public string? B2ContentLanguage { get; init; }

    /// <summary>The <c>Content-Type</c> that downloads must ask for.</summary>
    public string? B2ContentType { get; init; }

    /// <summary>The <c>Expires</c> that downloads must ask for.</summary>
    public string? B2Expires { get; init; }
}

/// <summary>What <c>b2_get_download_authorization</c> answers.</summary>
public sealed record GetDownloadAuthorizationResponse
{
    /// <summary>The bucket.</summary>
    public required string BucketId { get; init; }

    /// <summary>The names that it opens.</summary>
    public required string FileNamePrefix { get; init; }

    /// <summary>The token.</summary>
    public required Secret AuthorizationToken { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [
        typeof(TimestampConverter),
        typeof(EncryptionModeConverter),
        typeof(FileVersionConverter),
        typeof(LegalHoldConverter),
        typeof(ReplicationStatusConverter),
        typeof(RetentionModeConverter),
        typeof(SecretConverter),
    ]
)]
[JsonSerializable(typeof(ListFileNamesRequest))]
[JsonSerializable(typeof(ListFileVersionsRequest))]
[JsonSerializable(typeof(ListFilesResponse))]
[JsonSerializable(typeof(GetFileInfoRequest))]
[JsonSerializable(typeof(HideFileRequest))]
[JsonSerializable(typeof(DeleteFileVersionRequest))]
[JsonSerializable(typeof(FileIdAndName))]
[JsonSerializable(typeof(CopyFileRequest))]
[JsonSerializable(typeof(UpdateFileRetentionRequest))]
[JsonSerializable(typeof(UpdateFileRetentionResponse))]
[JsonSerializable(typeof(UpdateFileLegalHoldRequest))]
[JsonSerializable(typeof(UpdateFileLegalHoldResponse))]
[JsonSerializable(typeof(GetDownloadAuthorizationRequest))]
[JsonSerializable(typeof(GetDownloadAuthorizationResponse))]
[JsonSerializable(typeof(FileVersion))]
internal sealed partial class FileJson : JsonSerializerContext;
