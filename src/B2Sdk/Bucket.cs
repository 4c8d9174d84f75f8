using B2Sdk.Wire;

namespace B2Sdk;

/// <summary>A bucket: lists, uploads and downloads its files.</summary>
/// <remarks>
/// <para>Thread-safe, and nothing to dispose. What it says of the bucket's settings is what they were when it was fetched.</para>
/// <para>What takes a file's name means its newest version; what takes a <see cref="FileVersion"/> means this one. For a file of which you have only the id, ask <see cref="B2Api"/>; what
/// can go wrong with any call is said there, too.</para>
/// </remarks>
/// <example>
/// <code>
/// FileVersion file = await bucket.UploadLocalFileAsync("cat.jpg", "2026/cat.jpg");
/// await bucket.DownloadToFileAsync("2026/cat.jpg", "copy.jpg");
/// await foreach (FileVersion found in bucket.ListAsync(new() { Prefix = "2026/", Recursive = true }))
/// {
///     Console.WriteLine($"{found.FileName} {found.SizeInBytes}");
/// }
/// await bucket.DeleteFileVersionAsync(file);
/// </code>
/// </example>
public sealed partial class Bucket
{
    private readonly B2Api _api;

    internal Bucket(B2Api api, BucketRecord record)
    {
        _api = api;
        Record = record;
        AccountId = record.AccountId;
        Id = record.BucketId;
        Name = record.BucketName;
        Type = record.BucketType;
        Info = record.BucketInfo;
        CorsRules = record.CorsRules;
        LifecycleRules = record.LifecycleRules;
        Revision = record.Revision;
        Options = record.Options;
        DefaultServerSideEncryption = record.DefaultServerSideEncryption ?? new();
        FileLockConfiguration = record.FileLockConfiguration ?? new();
        ReplicationConfiguration = record.ReplicationConfiguration ?? new();
    }

    /// <summary>The account that owns the bucket.</summary>
    public string AccountId { get; }

    /// <summary>The bucket's id, which never changes.</summary>
    public string Id { get; }

    /// <summary>The bucket's name, in the case in which it was created.</summary>
    public string Name { get; }

    /// <summary>Who may read its files; empty when the key may not list buckets, and so cannot know.</summary>
    public BucketType Type { get; }

    /// <summary>What its owner wrote about it, by key.</summary>
    public IReadOnlyDictionary<string, string> Info { get; }

    /// <summary>Which web pages may use it.</summary>
    public IReadOnlyList<CorsRule> CorsRules { get; }

    /// <summary>What happens to its old files.</summary>
    public IReadOnlyList<LifecycleRule> LifecycleRules { get; }

    /// <summary>A number that grows with every change of the settings.</summary>
    public int Revision { get; }

    /// <summary>What else the bucket can be used for, such as <c>s3</c>.</summary>
    public IReadOnlyList<string> Options { get; }

    /// <summary>The encryption that new files get when the upload says nothing else.</summary>
    public Restricted<EncryptionSetting> DefaultServerSideEncryption { get; }

    /// <summary>Whether and how its files are locked.</summary>
    public Restricted<FileLockConfiguration> FileLockConfiguration { get; }

    /// <summary>What it replicates, and what is replicated to it.</summary>
    public Restricted<ReplicationConfiguration> ReplicationConfiguration { get; }

    /// <summary>The bucket as B2 described it, which the serializer of any operation that answers with a bucket writes in B2's JSON.</summary>
    /// <remarks>Of a bucket from the cache it has the ids and the name.</remarks>
    /// <example>
    /// <code>
    /// string json = JsonSerializer.Serialize(bucket.Record, BucketEndpoints.Update.ResponseType);
    /// </code>
    /// </example>
    public BucketRecord Record { get; }

    /// <summary>Returns the bucket's name and id.</summary>
    public override string ToString() => $"{Name} ({Id})";

    /// <summary>A bucket of which the key may know nothing more.</summary>
    internal static Bucket NamedOnly(B2Api api, string accountId, AllowedBucket bucket) =>
        new(
            api,
            new()
            {
                AccountId = accountId,
                BucketId = bucket.Id,
                BucketName = bucket.Name!,
            }
        );
}
