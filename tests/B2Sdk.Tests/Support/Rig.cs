using System.Collections.Concurrent;

namespace B2Sdk.Tests;

/// <summary>An API with a clock, a far side and an account of its own.</summary>
internal sealed class Rig : IAsyncDisposable
{
    public const string KeyId = "0008d1c0f42b7aa0000000001";
    public const string Key = "K000canaryKeyThatMustNotShow+/x";
    public const string BucketName = "example-bucket";

    private Rig(FarSide far, TestClock clock, Func<B2ApiOptions, B2ApiOptions>? configure)
    {
        Far = far;
        Clock = clock;
        Account = new();
        var options = new B2ApiOptions
        {
            HttpHandler = far,
            TimeProvider = clock,
            LoggerFactory = Logs,
            OnRetry = notice =>
            {
                Notices.Enqueue(notice);
                // Less than a millisecond is not waited for, and makes no timer.
                if (notice.Delay >= TimeSpan.FromMilliseconds(1))
                {
                    TestClock.AnnounceWait();
                }
            },
        };
        Api = new(Account, configure is null ? options : configure(options));
    }

    public FarSide Far { get; }
    public TestClock Clock { get; }
    public InMemoryAccountInfo Account { get; }
    public B2Api Api { get; }
    public LogBook Logs { get; } = new();
    public ConcurrentQueue<RetryNotice> Notices { get; } = [];
    public Bucket Bucket { get; private set; } = null!;

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A rig that has sent nothing yet.</summary>
    public static Rig Fresh(Action<FarSide>? prepare = null, Func<B2ApiOptions, B2ApiOptions>? configure = null)
    {
        var clock = new TestClock();
        var far = new FarSide(clock);
        prepare?.Invoke(far);
        return new(far, clock, configure);
    }

    /// <summary>A rig that is authorized and has one empty bucket, and whose journal is empty again.</summary>
    public static async Task<Rig> StartAsync(
        Action<FarSide>? prepare = null,
        Func<B2ApiOptions, B2ApiOptions>? configure = null,
        string realm = "production",
        string bucketName = BucketName
    )
    {
        var rig = Fresh(prepare, configure);
        rig.Far.AddBucket(bucketName);
        await rig.AuthorizeAsync(realm);
        await rig.FindBucketAsync(bucketName);
        rig.Far.ClearJournal();
        return rig;
    }

    public async Task FindBucketAsync(string bucketName = BucketName) => Bucket = await Api.GetBucketByNameAsync(bucketName, Stop);

    public Task<AccountAuthorization> AuthorizeAsync(string realm = "production") => Api.AuthorizeAccountAsync(realm, KeyId, Key, Stop);

    public Stored Store(string name, byte[] bytes) => Far.Add(Bucket.Id, name, bytes);

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        Far.Dispose();
    }

    /// <summary>Bytes that are no two alike for long.</summary>
    public static byte[] Bytes(int count, int seed = 1)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
