using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace B2Sdk.Wire;

internal static class BucketEndpoints
{
    public static readonly Endpoint<ListBucketsRequest, ListBucketsResponse> List = new(
        "b2_list_buckets",
        BucketJson.Default.ListBucketsRequest,
        BucketJson.Default.ListBucketsResponse
    )
    {
        Subject = request => request.BucketName ?? request.BucketId,
        Requires = Capability.ListBuckets,
    };

    public static readonly Endpoint<CreateBucketRequest, BucketRecord> Create = new(
        "b2_create_bucket",
        BucketJson.Default.CreateBucketRequest,
        BucketJson.Default.BucketRecord
    )
    {
        Subject = request => request.BucketName,
        Requires = Capability.WriteBuckets,
    };

    public static readonly Endpoint<DeleteBucketRequest, BucketRecord> Delete = new(
        "b2_delete_bucket",
        BucketJson.Default.DeleteBucketRequest,
        BucketJson.Default.BucketRecord
    )
    {
        Subject = request => request.BucketId,
        Requires = Capability.DeleteBuckets,
    };

    public static readonly Endpoint<GetUploadUrlRequest, UploadUrlResponse> GetUploadUrl = new(
        "b2_get_upload_url",
        BucketJson.Default.GetUploadUrlRequest,
        BucketJson.Default.UploadUrlResponse
    )
    {
        Subject = request => request.BucketId,
        Requires = Capability.WriteFiles,
    };
}

internal sealed record ListBucketsRequest
{
    public required string AccountId { get; init; }
    public string? BucketId { get; init; }
    public string? BucketName { get; init; }
    public IReadOnlyList<string>? BucketTypes { get; init; }
}

internal sealed record ListBucketsResponse
{
    public required IReadOnlyList<BucketRecord> Buckets
    {
        get;
        init => field = Rows.Whole(value);
    }
}

internal sealed record CreateBucketRequest
{
    public required string AccountId { get; init; }
    public required string BucketName { get; init; }
    public required BucketType BucketType { get; init; }
    public IReadOnlyDictionary<string, string>? BucketInfo { get; init; }
    public IReadOnlyList<CorsRule>? CorsRules { get; init; }
    public IReadOnlyList<LifecycleRule>? LifecycleRules { get; init; }
}

internal sealed record DeleteBucketRequest
{
    public required string AccountId { get; init; }
    public required string BucketId { get; init; }
}

internal sealed record GetUploadUrlRequest
{
    public required string BucketId { get; init; }
}

internal sealed record UploadUrlResponse
{
    public string? BucketId { get; init; }
    public string? FileId { get; init; }
    public required Uri UploadUrl { get; init; }
    public required Secret AuthorizationToken { get; init; }
}

internal sealed record BucketRecord
{
    public required string AccountId { get; init; }
    public required string BucketId { get; init; }
    public required string BucketName { get; init; }
    public BucketType BucketType { get; init; }

    [AllowNull]
    public IReadOnlyDictionary<string, string> BucketInfo
    {
        get;
        init => field = value ?? new Dictionary<string, string>();
    } = new Dictionary<string, string>();

    [AllowNull]
    public IReadOnlyList<CorsRule> CorsRules
    {
        get;
        init => field = value ?? [];
    } = [];

    [AllowNull]
    public IReadOnlyList<LifecycleRule> LifecycleRules
    {
        get;
        init => field = value ?? [];
    } = [];

    public int Revision { get; init; }

    [AllowNull]
    public IReadOnlyList<string> Options
    {
        get;
        init => field = value ?? [];
    } = [];

    public Restricted<EncryptionSetting>? DefaultServerSideEncryption { get; init; }
    public Restricted<FileLockConfiguration>? FileLockConfiguration { get; init; }
    public Restricted<ReplicationConfiguration>? ReplicationConfiguration { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [
        typeof(TimestampConverter),
        typeof(BucketTypeConverter),
        typeof(EncryptionModeConverter),
        typeof(RetentionModeConverter),
        typeof(SecretConverter),
        typeof(GivenUrlConverter),
    ]
)]
[JsonSerializable(typeof(ListBucketsRequest))]
[JsonSerializable(typeof(ListBucketsResponse))]
[JsonSerializable(typeof(CreateBucketRequest))]
[JsonSerializable(typeof(DeleteBucketRequest))]
[JsonSerializable(typeof(BucketRecord))]
[JsonSerializable(typeof(GetUploadUrlRequest))]
[JsonSerializable(typeof(UploadUrlResponse))]
internal sealed partial class BucketJson : JsonSerializerContext;
