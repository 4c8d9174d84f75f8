using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace B2Sdk.Wire;

/// <summary>The operations on buckets.</summary>
public static class BucketEndpoints
{
    /// <summary>Lists buckets, all of them or one.</summary>
    public static readonly Endpoint<ListBucketsRequest, ListBucketsResponse> List = new(
        "b2_list_buckets",
        BucketJson.Default.ListBucketsRequest,
        BucketJson.Default.ListBucketsResponse
    )
    {
        Subject = request => request.BucketName ?? request.BucketId,
        Requires = static _ => [Capability.ListBuckets],
        Reach = request => new(request.BucketId, request.BucketName),
    };

    /// <summary>Creates a bucket.</summary>
    public static readonly Endpoint<CreateBucketRequest, BucketRecord> Create = new(
        "b2_create_bucket",
        BucketJson.Default.CreateBucketRequest,
        BucketJson.Default.BucketRecord
    )
    {
        Subject = request => request.BucketName,
        Requires = Needs,
    };

    /// <summary>Changes settings of a bucket. What is left out stays as it is.</summary>
    public static readonly Endpoint<UpdateBucketRequest, BucketRecord> Update = new(
        "b2_update_bucket",
        BucketJson.Default.UpdateBucketRequest,
        BucketJson.Default.BucketRecord
    )
    {
        Subject = request => request.BucketId,
        Requires = Needs,
        Reach = request => new(request.BucketId),
    };

    /// <summary>Deletes an empty bucket.</summary>
    public static readonly Endpoint<DeleteBucketRequest, BucketRecord> Delete = new(
        "b2_delete_bucket",
        BucketJson.Default.DeleteBucketRequest,
        BucketJson.Default.BucketRecord
    )
    {
        Subject = request => request.BucketId,
        Requires = static _ => [Capability.DeleteBuckets],
        Reach = request => new(request.BucketId),
    };

    /// <summary>Asks where to upload small files to.</summary>
    public static readonly Endpoint<GetUploadUrlRequest, UploadUrlResponse> GetUploadUrl = new(
        "b2_get_upload_url",
        BucketJson.Default.GetUploadUrlRequest,
        BucketJson.Default.UploadUrlResponse
    )
    {
        Subject = request => request.BucketId,
        Requires = static _ => [Capability.WriteFiles],
        Reach = request => new(request.BucketId),
    };

    private static List<Capability> Needs(CreateBucketRequest request) =>
        Needs(
            request.DefaultServerSideEncryption is not null,
            request.FileLockEnabled == true,
            request.ReplicationConfiguration is not null
        );

    private static List<Capability> Needs(UpdateBucketRequest request) =>
        Needs(
            request.DefaultServerSideEncryption is not null,
            request.FileLockEnabled is not null || request.DefaultRetention is not null,
            request.ReplicationConfiguration is not null
        );

    private static List<Capability> Needs(bool encryption, bool retention, bool replication)
    {
        List<Capability> needed = [Capability.WriteBuckets];
        if (encryption)
        {
            needed.Add(Capability.WriteBucketEncryption);
        }
        if (retention)
        {
            needed.Add(Capability.WriteBucketRetentions);
        }
        if (replication)
        {
            needed.Add(Capability.WriteBucketReplications);
        }
        return needed;
    }
}

/// <summary>What <c>b2_list_buckets</c> is sent.</summary>
public sealed record ListBucketsRequest
{
    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>The only bucket to list, by id; null for all.</summary>
    public string? BucketId { get; init; }

    /// <summary>The only bucket to list, by name; null for all.</summary>
    public string? BucketName { get; init; }

    /// <summary>The types to list, or <c>all</c> alone; null for the usual ones.</summary>
    public IReadOnlyList<string>? BucketTypes { get; init; }
}

/// <summary>What <c>b2_list_buckets</c> answers.</summary>
public sealed record ListBucketsResponse
{
    /// <summary>The buckets, ordered by name.</summary>
    public required IReadOnlyList<BucketRecord> Buckets
    {
        get;
        init => field = Rows.Whole(value);
    }
}

/// <summary>What <c>b2_create_bucket</c> is sent.</summary>
public sealed record CreateBucketRequest
{
    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>Its name.</summary>
    public required string BucketName { get; init; }

    /// <summary>Who may read its files.</summary>
    public required BucketType BucketType { get; init; }

    /// <summary>What to keep with the bucket, by key.</summary>
    public IReadOnlyDictionary<string, string>? BucketInfo { get; init; }

    /// <summary>Which web pages may use it.</summary>
    public IReadOnlyList<CorsRule>? CorsRules { get; init; }

    /// <summary>What happens to its old files.</summary>
    public IReadOnlyList<LifecycleRule>? LifecycleRules { get; init; }

    /// <summary>The encryption of files that come without any of their own.</summary>
    public EncryptionRequest? DefaultServerSideEncryption { get; init; }

    /// <summary>True to make its files lockable, for good.</summary>
    public bool? FileLockEnabled { get; init; }

    /// <summary>Its part in replication; an empty one takes it away.</summary>
    public ReplicationConfiguration? ReplicationConfiguration { get; init; }
}

/// <summary>What <c>b2_update_bucket</c> is sent. What is null stays as it is.</summary>
public sealed record UpdateBucketRequest
{
    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>The bucket.</summary>
    public required string BucketId { get; init; }

    /// <summary>Who may read its files.</summary>
    public BucketType? BucketType { get; init; }

    /// <summary>What to keep with the bucket, by key.</summary>
    public IReadOnlyDictionary<string, string>? BucketInfo { get; init; }

    /// <summary>Which web pages may use it.</summary>
    public IReadOnlyList<CorsRule>? CorsRules { get; init; }

    /// <summary>What happens to its old files.</summary>
    public IReadOnlyList<LifecycleRule>? LifecycleRules { get; init; }

    /// <summary>The encryption of files that come without any of their own.</summary>
    public EncryptionRequest? DefaultServerSideEncryption { get; init; }

    /// <summary>True to make its files lockable, for good.</summary>
    public bool? FileLockEnabled { get; init; }

    /// <summary>Its part in replication; an empty one takes it away.</summary>
    public ReplicationConfiguration? ReplicationConfiguration { get; init; }

    /// <summary>The retention of files that come without any of their own; one without a mode takes it away.</summary>
    public BucketRetention? DefaultRetention { get; init; }

    /// <summary>The revision that the bucket must still have.</summary>
    public int? IfRevisionIs { get; init; }
}

/// <summary>What <c>b2_delete_bucket</c> is sent.</summary>
public sealed record DeleteBucketRequest
{
    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>The bucket.</summary>
    public required string BucketId { get; init; }
}

/// <summary>What <c>b2_get_upload_url</c> is sent.</summary>
public sealed record GetUploadUrlRequest
{
    /// <summary>The bucket.</summary>
    public required string BucketId { get; init; }
}

/// <summary>Where to upload to, and the token that goes with it.</summary>
public sealed record UploadUrlResponse
{
    /// <summary>The bucket, for small files.</summary>
    public string? BucketId { get; init; }

    /// <summary>The large file, for parts.</summary>
    public string? FileId { get; init; }

    /// <summary>Where to post the bytes to; one upload at a time.</summary>
    public required Uri UploadUrl { get; init; }

    /// <summary>The token, for this URL only.</summary>
    public required Secret AuthorizationToken { get; init; }
}

/// <summary>A bucket as B2 describes it.</summary>
public sealed record BucketRecord
{
    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>The bucket.</summary>
    public required string BucketId { get; init; }

    /// <summary>Its name, in the case in which it was created.</summary>
    public required string BucketName { get; init; }

    /// <summary>Who may read its files.</summary>
    public BucketType BucketType { get; init; }

    /// <summary>What its owner wrote about it.</summary>
    [AllowNull]
    public IReadOnlyDictionary<string, string> BucketInfo
    {
        get;
        init => field = ValueMap.Of(value);
    } = ValueMap.Empty;

    /// <summary>Which web pages may use it.</summary>
    [AllowNull]
    public IReadOnlyList<CorsRule> CorsRules
    {
        get;
        init => field = ValueList<CorsRule>.Of(value ?? []);
    } = ValueList<CorsRule>.Of([]);

    /// <summary>What happens to its old files.</summary>
    [AllowNull]
    public IReadOnlyList<LifecycleRule> LifecycleRules
    {
        get;
        init => field = ValueList<LifecycleRule>.Of(value ?? []);
    } = ValueList<LifecycleRule>.Of([]);

    /// <summary>A number that grows with every change.</summary>
    public int Revision { get; init; }

    /// <summary>What else it can be used for.</summary>
    [AllowNull]
    public IReadOnlyList<string> Options
    {
        get;
        init => field = ValueList<string>.Of(value ?? []);
    } = ValueList<string>.Of([]);

    /// <summary>The encryption of files that come without any of their own.</summary>
    public Restricted<EncryptionSetting>? DefaultServerSideEncryption { get; init; }

    /// <summary>Whether and how its files are locked.</summary>
    public Restricted<FileLockConfiguration>? FileLockConfiguration { get; init; }

    /// <summary>Its part in replication.</summary>
    public Restricted<ReplicationConfiguration>? ReplicationConfiguration { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [
        typeof(TimestampConverter),
        typeof(SecondsConverter),
        typeof(BucketTypeConverter),
        typeof(CorsOperationConverter),
        typeof(EncryptionModeConverter),
        typeof(RetentionModeConverter),
        typeof(RetentionUnitConverter),
        typeof(YesOrNoConverter),
        typeof(SecretConverter),
        typeof(GivenUrlConverter),
    ]
)]
[JsonSerializable(typeof(ListBucketsRequest))]
[JsonSerializable(typeof(ListBucketsResponse))]
[JsonSerializable(typeof(CreateBucketRequest))]
[JsonSerializable(typeof(UpdateBucketRequest))]
[JsonSerializable(typeof(DeleteBucketRequest))]
[JsonSerializable(typeof(BucketRecord))]
[JsonSerializable(typeof(GetUploadUrlRequest))]
[JsonSerializable(typeof(UploadUrlResponse))]
internal sealed partial class BucketJson : JsonSerializerContext;
