using B2Sdk.Emulator;

namespace B2Sdk.Tests.Surface;

/// <summary>Programs with one thread for everything, such as those with windows, that block it while they wait for us.</summary>
public sealed class SingleThreadTests
{
    [Fact]
    public async Task A_thread_that_blocks_its_own_context_gets_its_answers()
    {
        await using var emulator = await B2Emulator.StartAsync(new() { MinimumPartSize = 1_000, RecommendedPartSize = 10_000 }, Rig.Stop);
        using var folder = new TemporaryFolder();
        Exception? failure = null;
        var context = new DeafContext();
        var thread = new Thread(() =>
        {
            SynchronizationContext.SetSynchronizationContext(context);
            failure = Record.Exception(() => UseEverything(emulator, folder));
        })
        {
            IsBackground = true,
        };

        thread.Start();

        thread.Join(TimeSpan.FromSeconds(30)).ShouldBeTrue("The thread waits for itself.");
        failure.ShouldBeNull();
        context.Posts.ShouldBe(0);
    }

    private static void UseEverything(B2Emulator emulator, TemporaryFolder folder)
    {
        using var info = new SqliteAccountInfo(folder.File("account_info"));
        using var api = new B2Api(info);
        Wait(api.AuthorizeAccountAsync(emulator.Url, emulator.Account.ApplicationKeyId, emulator.Account.ApplicationKey, Rig.Stop));
        var bucket = Wait(api.CreateBucketAsync($"single-{Guid.NewGuid():n}", BucketType.AllPrivate, cancellationToken: Rig.Stop));
        Wait(bucket.UploadBytesAsync(Rig.Bytes(100), "small", cancellationToken: Rig.Stop));
        Wait(bucket.UploadStreamAsync(new OneShotStream(Rig.Bytes(45_000)), "large", cancellationToken: Rig.Stop));
        Wait(bucket.DownloadToFileAsync("large", folder.File("large"), cancellationToken: Rig.Stop));
        using (var stream = Wait(bucket.OpenReadAsync("large", cancellationToken: Rig.Stop)))
        {
            stream.Seek(1_000, SeekOrigin.Begin);
            Wait(stream.ReadAsync(new byte[10], Rig.Stop).AsTask()).ShouldBeGreaterThan(0);
            stream.Seek(2_000, SeekOrigin.Begin);
            stream.ReadByte().ShouldBe(Rig.Bytes(45_000)[2_000]);
        }
        var listing = bucket.ListAsync(cancellationToken: Rig.Stop).GetAsyncEnumerator(Rig.Stop);
        Wait(listing.MoveNextAsync().AsTask()).ShouldBeTrue();
        Wait(bucket.HideFileAsync("small", Rig.Stop));
        Should.Throw<B2NotFoundException>(() => Wait(bucket.GetFileInfoByNameAsync("small", cancellationToken: Rig.Stop)));
    }

#pragma warning disable xUnit1031 // Blocking is what this is about.
    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();
#pragma warning restore xUnit1031

    /// <summary>The context of a thread that is busy: nothing that is posted to it is ever done.</summary>
    private sealed class DeafContext : SynchronizationContext
    {
        private int _posts;

        public int Posts => _posts;

        public override void Post(SendOrPostCallback d, object? state) => Interlocked.Increment(ref _posts);

        public override void Send(SendOrPostCallback d, object? state) => Interlocked.Increment(ref _posts);
    }
}
