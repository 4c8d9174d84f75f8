using B2Sdk.Emulator;

namespace B2Sdk.IntegrationTests.Guides;

/// <summary>The code of docs/many-files.md.</summary>
public sealed class ManyFilesGuide(EmulatorFixture fixture) : AccountTest(fixture, Scope.Account)
{
    [Fact]
    public async Task Choose()
    {
        Bucket bucket = Bucket;
        await UploadAsync("logs/11-23.log");
        await UploadAsync("logs/11-24.log");
        await UploadAsync("logs/11-24.tmp");
        var seen = new List<string>();

        var logs = new ListOptions { Recursive = true, Pattern = "logs/*.log" };
        await foreach (FileVersion file in bucket.ListAsync(logs))
        {
            seen.Add(file.FileName);
        }

        var others = new ListOptions
        {
            Prefix = "logs/",
            Recursive = true,
            Filters = [NameFilter.Exclude("*.tmp"), NameFilter.Exclude("*/11-23.*")],
        };

        seen.ShouldBe(["logs/11-23.log", "logs/11-24.log"]);
        (await ListNamesAsync(others)).ShouldBe(["logs/11-24.log"]);
    }

    [Fact]
    public async Task Go_on_with_a_listing_later()
    {
        Bucket bucket = Bucket;
        await UploadAsync("a");
        await UploadAsync("b");
        await UploadAsync("c");

        var options = new ListOptions { Recursive = true, PageSize = 2 };
        FilePage page = await bucket.ListPagesAsync(options).FirstAsync();

        // Another day, with what was written down.
        var rest = options with
        {
            StartFileName = page.NextFileName,
            StartFileId = page.NextFileId,
        };

        page.Files.Select(file => file.FileName).ShouldBe(["a", "b"]);
        (await ListNamesAsync(rest)).ShouldBe(["c"]);
    }

    [Fact]
    public async Task Delete()
    {
        B2Api b2 = Api;
        Bucket bucket = Bucket;
        await UploadAsync("logs/a.tmp");
        await UploadAsync("logs/a.tmp");
        await UploadAsync("logs/a.log");

        var files = new ListOptions
        {
            Recursive = true,
            LatestOnly = false,
            Pattern = "*.tmp",
        };
        BulkSummary foreseen = await bucket.DeleteFilesAsync(files, new() { DryRun = true });
        Console.WriteLine($"{foreseen.Done} versions of {foreseen.Bytes} bytes would go");

        BulkSummary summary = await bucket.DeleteFilesAsync(files);
        summary.ThrowIfFailed();

        (foreseen.Done, summary.Done).ShouldBe((2, 2));
        (await ListNamesAsync(new() { Recursive = true })).ShouldBe(["logs/a.log"]);

        await bucket.EmptyAsync();
        await b2.DeleteBucketAsync(bucket);

        (await b2.ListBucketsAsync(Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Tell_what_failed()
    {
        Bucket bucket = await Bucket.UpdateAsync(new() { FileLockEnabled = true });
        await UploadAsync("free");
        await bucket.UploadBytesAsync(new byte[1], "held", new() { LegalHold = LegalHold.On }, Stop);

        var progress = new Progress<BulkResult>(result =>
            Console.WriteLine($"{result.Action} {result.File.FileName}: {result.Failure?.Message ?? "done"}")
        );
        BulkSummary summary = await bucket.EmptyAsync(new() { Concurrency = 20, Progress = progress });
        foreach (BulkResult failed in summary.FirstFailures)
        {
            Console.WriteLine($"{failed.File.FileName}: {failed.Failure!.Message}");
        }

        (summary.Done, summary.Failed).ShouldBe((1, 1));
        summary.FirstFailures[0].Failure.ShouldBeOfType<B2AccessDeniedException>();
    }

    [Fact]
    public async Task Clean_up()
    {
        Bucket bucket = Bucket;
        await UploadAsync("a");
        await UploadAsync("a");

        await bucket.CleanUpAsync(
            new()
            {
                OldVersions = true,
                HideMarkers = true,
                UnfinishedFiles = true,
                OlderThan = TimeSpan.FromDays(30),
            }
        );

        await bucket.UpdateAsync(
            new()
            {
                LifecycleRules =
                [
                    new()
                    {
                        FileNamePrefix = "",
                        DaysFromHidingToDeleting = 30,
                        DaysFromStartingToCancelingUnfinishedLargeFiles = 7,
                    },
                ],
            }
        );

        (await bucket.ListFileVersionsAsync("a", cancellationToken: Stop).CountAsync(Stop)).ShouldBe(2, "nothing is so old");
    }

    [Fact]
    public async Task Go_back()
    {
        await using var emulator = await B2Emulator.StartAsync();
        emulator.Clock.Freeze();
        await using var b2 = new B2Api(new InMemoryAccountInfo());
        await b2.AuthorizeAccountAsync(emulator.Url, emulator.Account.ApplicationKeyId, emulator.Account.ApplicationKey, Stop);
        Bucket bucket = await b2.CreateBucketAsync(NewBucketName(), BucketType.AllPrivate, cancellationToken: Stop);
        await bucket.UploadBytesAsync("good"u8.ToArray(), "site/index.html", cancellationToken: Stop);
        DateTimeOffset lastNight = emulator.Clock.GetUtcNow();
        await emulator.Clock.AdvanceAsync(TimeSpan.FromHours(8), Stop);
        await bucket.UploadBytesAsync("bad"u8.ToArray(), "site/index.html", cancellationToken: Stop);
        await bucket.UploadBytesAsync("worse"u8.ToArray(), "site/new.html", cancellationToken: Stop);

        BulkSummary restored = await bucket.RestoreAsync(lastNight, new() { Prefix = "site/" });

        restored.Done.ShouldBe(2);
        var shown = await bucket.ListAsync(new() { Recursive = true }, Stop).ToListAsync(Stop);
        shown.Select(file => (file.FileName, file.SizeInBytes)).ShouldBe([("site/index.html", 4)]);
    }
}
