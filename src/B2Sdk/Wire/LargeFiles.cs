using System.Text.Json.Serialization;

namespace B2Sdk.Wire;

/// <summary>The operations on large files, which are uploaded or copied part by part.</summary>
public static class LargeFileEndpoints
{
    // The name of the operation that is not a JSON call, for messages.
    internal const string UploadPart = "b2_upload_part";

    /// <summary>Starts a large file.</summary>
    public static readonly Endpoint<StartLargeFileRequest, FileVersion> Start = new(
        "b2_start_large_file",
        LargeFileJson.Default.StartLargeFileRequest,
        LargeFileJson.Default.FileVersion
    )
    {
        Subject = request => request.FileName,
        Requires = Needs,
        Reach = request => new(request.BucketId, FileName: request.FileName),
        IsRepeatable = false,
    };

    /// <summary>Asks where to upload parts to.</summary>
    public static readonly Endpoint<GetUploadPartUrlRequest, UploadUrlResponse> GetUploadPartUrl = new(
        "b2_get_upload_part_url",
        LargeFileJson.Default.GetUploadPartUrlRequest,
        LargeFileJson.Default.UploadUrlResponse
    )
    {
        Subject = request => request.FileId,
        Requires = static _ => [Capability.WriteFiles],
    };

    /// <summary>Makes a part by copying a stretch of another file inside B2.</summary>
    public static readonly Endpoint<CopyPartRequest, LargeFilePart> CopyPart = new(
        "b2_copy_part",
        LargeFileJson.Default.CopyPartRequest,
        LargeFileJson.Default.LargeFilePart
    )
    {
        Subject = request => request.SourceFileId,
        Requires = static _ => [Capability.WriteFiles, Capability.ReadFiles],
        Patience = FileEndpoints.CopyPatience,
    };

    /// <summary>Lists the parts of an unfinished large file.</summary>
    public static readonly Endpoint<ListPartsRequest, ListPartsResponse> ListParts = new(
        "b2_list_parts",
        LargeFileJson.Default.ListPartsRequest,
        LargeFileJson.Default.ListPartsResponse
    )
    {
        Subject = request => request.FileId,
        Requires = static _ => [Capability.WriteFiles],
    };

    /// <summary>Lists the large files that nobody finished or canceled.</summary>
    public static readonly Endpoint<ListUnfinishedLargeFilesRequest, ListUnfinishedLargeFilesResponse> ListUnfinished = new(
        "b2_list_unfinished_large_files",
        LargeFileJson.Default.ListUnfinishedLargeFilesRequest,
        LargeFileJson.Default.ListUnfinishedLargeFilesResponse
    )
    {
        Subject = request => request.BucketId,
        Requires = static _ => [Capability.ListFiles],
        Reach = request => new(request.BucketId, Prefix: request.NamePrefix ?? ""),
    };

    /// <summary>Joins the parts into a file.</summary>
    public static readonly Endpoint<FinishLargeFileRequest, FileVersion> Finish = new(
        "b2_finish_large_file",
        LargeFileJson.Default.FinishLargeFileRequest,
        LargeFileJson.Default.FileVersion
    )
    {
        Subject = request => request.FileId,
        Requires = static _ => [Capability.WriteFiles],
        // Joining ten thousand parts can take B2 many minutes, during which it says nothing.
        Patience = TimeSpan.FromMinutes(20),
    };

    /// <summary>Gives a large file up, with all its parts.</summary>
    public static readonly Endpoint<CancelLargeFileRequest, CanceledLargeFile> Cancel = new(
        "b2_cancel_large_file",
        LargeFileJson.Default.CancelLargeFileRequest,
        LargeFileJson.Default.CanceledLargeFile
    )
    {
        Subject = request => request.FileId,
        Requires = static _ => [Capability.WriteFiles],
    };

    private static List<Capability> Needs(StartLargeFileRequest request)
    {
        List<Capability> needed = [Capability.WriteFiles];
        if (request.FileRetention is not null)
        {
            needed.Add(Capability.WriteFileRetentions);
        }
        if (request.LegalHold is not null)
        {
            needed.Add(Capability.WriteFileLegalHolds);
        }
        return needed;
    }
}

/// <summary>What <c>b2_start_large_file</c> is sent.</summary>
public sealed record StartLargeFileRequest
{
    /// <summary>The bucket.</summary>
    public required string BucketId { get; init; }

    /// <summary>The file's name.</summary>
    public required string FileName { get; init; }

    /// <summary>The MIME type, or <c>b2/x-auto</c>.</summary>
    public required string ContentType { get; init; }

    /// <summary>What to keep with the file.</summary>
    public IReadOnlyDictionary<string, string>? FileInfo { get; init; }

    /// <summary>The upload time to record; null for the clock's.</summary>
    public DateTimeOffset? CustomUploadTimestamp { get; init; }

    /// <summary>Its retention; null for the bucket's default.</summary>
    public FileRetention? FileRetention { get; init; }

    /// <summary>Its legal hold; null for none.</summary>
    public LegalHold? LegalHold { get; init; }

    /// <summary>Its encryption; null for the bucket's default.</summary>
    public EncryptionRequest? ServerSideEncryption { get; init; }
}

/// <summary>What <c>b2_get_upload_part_url</c> is sent.</summary>
public sealed record GetUploadPartUrlRequest
{
    /// <summary>The large file.</summary>
    public required string FileId { get; init; }
}

/// <summary>What <c>b2_copy_part</c> is sent.</summary>
public sealed record CopyPartRequest
{
    /// <summary>The version to copy from.</summary>
    public required string SourceFileId { get; init; }

    /// <summary>The large file.</summary>
    public required string LargeFileId { get; init; }

    /// <summary>Which part it becomes, 1 to 10,000.</summary>
    public required int PartNumber { get; init; }

    /// <summary>The stretch to copy, as HTTP writes it; null for all of it.</summary>
    public string? Range { get; init; }

    /// <summary>The customer's key of the source, if it has one.</summary>
    public EncryptionRequest? SourceServerSideEncryption { get; init; }

    /// <summary>The customer's key of the large file, if it has one.</summary>
    public EncryptionRequest? DestinationServerSideEncryption { get; init; }
}

/// <summary>What <c>b2_list_parts</c> is sent.</summary>
public sealed record ListPartsRequest
{
    /// <summary>The large file.</summary>
    public required string FileId { get; init; }

    /// <summary>The number to begin at; null for 1.</summary>
    public int? StartPartNumber { get; init; }

    /// <summary>How many, 1 to 1,000; null for 100.</summary>
    public int? MaxPartCount { get; init; }
}

/// <summary>What <c>b2_list_parts</c> answers.</summary>
public sealed record ListPartsResponse
{
    /// <summary>The parts, by number.</summary>
    public required IReadOnlyList<LargeFilePart> Parts
    {
        get;
        init => field = Rows.Whole(value);
    }

    /// <summary>The number at which the next page begins; null at the end.</summary>
    public int? NextPartNumber { get; init; }
}

/// <summary>What <c>b2_list_unfinished_large_files</c> is sent.</summary>
public sealed record ListUnfinishedLargeFilesRequest
{
    /// <summary>The bucket.</summary>
    public required string BucketId { get; init; }

    /// <summary>Only names that start with this; null for all.</summary>
    public string? NamePrefix { get; init; }

    /// <summary>The file to begin at; null for the first.</summary>
    public string? StartFileId { get; init; }

    /// <summary>How many, 1 to 100; null for 100.</summary>
    public int? MaxFileCount { get; init; }
}

/// <summary>What <c>b2_list_unfinished_large_files</c> answers.</summary>
public sealed record ListUnfinishedLargeFilesResponse
{
    /// <summary>The files, the oldest first.</summary>
    public required IReadOnlyList<FileVersion> Files
    {
        get;
        init => field = Rows.Whole(value);
    }

    /// <summary>The file at which the next page begins; null at the end.</summary>
    public string? NextFileId { get; init; }
}

/// <summary>What <c>b2_finish_large_file</c> is sent.</summary>
public sealed record FinishLargeFileRequest
{
    /// <summary>The large file.</summary>
    public required string FileId { get; init; }

    /// <summary>The SHA-1 of each part, in order.</summary>
    public required IReadOnlyList<string> PartSha1Array { get; init; }
}

/// <summary>What <c>b2_cancel_large_file</c> is sent.</summary>
public sealed record CancelLargeFileRequest
{
    /// <summary>The large file.</summary>
    public required string FileId { get; init; }
}

/// <summary>The large file that was given up.</summary>
public sealed record CanceledLargeFile
{
    /// <summary>The large file.</summary>
    public required string FileId { get; init; }

    /// <summary>Its name.</summary>
    public string? FileName { get; init; }

    /// <summary>The account.</summary>
    public string? AccountId { get; init; }

    /// <summary>The bucket.</summary>
    public string? BucketId { get; init; }
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
        typeof(GivenUrlConverter),
    ]
)]
[JsonSerializable(typeof(StartLargeFileRequest))]
[JsonSerializable(typeof(GetUploadPartUrlRequest))]
[JsonSerializable(typeof(UploadUrlResponse))]
[JsonSerializable(typeof(CopyPartRequest))]
[JsonSerializable(typeof(ListPartsRequest))]
[JsonSerializable(typeof(ListPartsResponse))]
[JsonSerializable(typeof(ListUnfinishedLargeFilesRequest))]
[JsonSerializable(typeof(ListUnfinishedLargeFilesResponse))]
[JsonSerializable(typeof(FinishLargeFileRequest))]
[JsonSerializable(typeof(CancelLargeFileRequest))]
[JsonSerializable(typeof(CanceledLargeFile))]
[JsonSerializable(typeof(LargeFilePart))]
[JsonSerializable(typeof(FileVersion))]
internal sealed partial class LargeFileJson : JsonSerializerContext;
