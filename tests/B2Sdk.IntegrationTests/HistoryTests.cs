using B2Sdk.Emulator;
using B2Sdk.Wire;

namespace B2Sdk.IntegrationTests;

/// <summary>Going back in time, and cleaning up, with a clock of our own and against a model of what happened.</summary>
public sealed class HistoryTests : IAsyncLifetime
{
    private static readonly string[] Names = ["a", "a/b", "b", "c/d"];
    private B2Emulator _emulator = null!;
    private B2Api _api = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _emulator = await B2Emulator.StartAsync(new() { MinimumPartSize = 1_000, RecommendedPartSize = 10_000 });
        _emulator.Clock.Freeze();
        _api = new(new InMemoryAccountInfo());
        await _api.AuthorizeAccountAsync(
            _emulator.Url.ToString(),
            _emulator.Account.ApplicationKeyId,
            _emulator.Account.ApplicationKey,
            Stop
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _emulator.DisposeAsync();
    }

    [Fact, Trait("Need", "34")]
    public async Task A_restored_bucket_shows_exactly_what_it_showed_then()
    {
        var random = new Random(1);
        var histories = Enumerable
            .Range(0, 12)
            .Select(_ => Enumerable.Range(0, random.Next(1, 25)).Select(_ => (random.Next(Names.Length), random.Next(6))).ToArray());

        foreach (var history in histories)
        {
            var bucket = await NewBucketAsync();
            var visible = new SortedDictionary<string, byte>(StringComparer.Ordinal);
            var states = new List<(DateTimeOffset At, Dictionary<string, byte> Visible)>();
            byte content = 0;
            foreach (var (name, what) in history)
            {
                await DoAsync(bucket, visible, Names[name], what, ++content);
                states.Add((_emulator.Clock.GetUtcNow(), new(visible)));
                await _emulator.Clock.AdvanceAsync(TimeSpan.FromSeconds(10), Stop);
            }
            var (at, then) = states[history.Length / 2];
            var versions = await CountAsync(bucket);

            var foreseen = await bucket.RestoreAsync(at, new() { DryRun = true }, Stop);
            (await CountAsync(bucket)).ShouldBe(versions);
            var summary = await bucket.RestoreAsync(at, cancellationToken: Stop);
            var again = await bucket.RestoreAsync(at, cancellationToken: Stop);

            var story = string.Join(' ', history.Select(step => $"{Names[step.Item1]}:{step.Item2}"));
            (await ShowAsync(bucket)).ShouldBe(
                then.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}={entry.Value}"),
                story
            );
            (summary.Done, summary.Failed).ShouldBe((foreseen.Done, 0), story);
            again.Done.ShouldBe(0, story);
            (await CountAsync(bucket)).ShouldBe(versions + (int)summary.Done, "nothing is deleted");
        }
    }

    [Fact]
    public async Task A_restored_file_has_its_words_again()
    {
        var bucket = await NewBucketAsync();
        var options = new UploadOptions
        {
            ContentType = "text/plain",
            FileInfo = new Dictionary<string, string> { ["note"] = "x" },
        };
        await bucket.UploadBytesAsync(new byte[] { 1 }, "a", options, Stop);
        var at = _emulator.Clock.GetUtcNow();
        await _emulator.Clock.AdvanceAsync(TimeSpan.FromMinutes(1), Stop);
        await bucket.UploadBytesAsync(new byte[] { 2 }, "a", cancellationToken: Stop);

        await bucket.RestoreAsync(at, new() { Prefix = "a" }, Stop);

        var file = await bucket.GetFileInfoByNameAsync("a", cancellationToken: Stop);
        (file.ContentType, file.FileInfo["note"], file.SizeInBytes).ShouldBe(("text/plain", "x", 1));
    }

    [Fact, Trait("Need", "D26"), Trait("Need", "D24"), Trait("Need", "32"), Trait("Need", "33")]
    public async Task A_clean_up_takes_what_is_old_and_leaves_what_is_seen_or_on_its_way()
    {
        var bucket = await NewBucketAsync();
        await UploadAsync(bucket, "kept", 1);
        await UploadAsync(bucket, "kept", 2);
        await UploadAsync(bucket, "hidden", 3);
        await bucket.HideFileAsync("hidden", Stop);
        await StartAsync(bucket, "old start");
        await UploadAsync(bucket, "late", 4);
        await _emulator.Clock.AdvanceAsync(TimeSpan.FromHours(25), Stop);
        // Another machine is at it, and this version was replaced just now however old it is.
        await StartAsync(bucket, "young start");
        await UploadAsync(bucket, "late", 5);
        var everything = new CleanUpOptions
        {
            OldVersions = true,
            HideMarkers = true,
            UnfinishedFiles = true,
        };

        var dry = await bucket.CleanUpAsync(everything with { DryRun = true }, Stop);
        var summary = await bucket.CleanUpAsync(everything, Stop);

        (dry.Done, summary.Done, summary.Failed).ShouldBe((4, 4, 0));
        (await RowsAsync(bucket)).ShouldBe(["upload kept", "upload late", "upload late", "start young start"]);
    }

    [Fact]
    public async Task A_clean_up_takes_only_what_was_selected_and_never_shows_what_was_hidden()
    {
        var bucket = await NewBucketAsync();
        await UploadAsync(bucket, "a", 1);
        await bucket.HideFileAsync("a", Stop);
        await UploadAsync(bucket, "a", 2);
        await bucket.HideFileAsync("a", Stop);
        await _emulator.Clock.AdvanceAsync(TimeSpan.FromHours(1), Stop);

        var young = await bucket.CleanUpAsync(new() { OldVersions = true, HideMarkers = true }, Stop);
        var markers = await bucket.CleanUpAsync(new() { HideMarkers = true, OlderThan = TimeSpan.Zero }, Stop);
        var afterMarkers = await RowsAsync(bucket);
        var versions = await bucket.CleanUpAsync(new() { OldVersions = true, OlderThan = TimeSpan.Zero }, Stop);

        (young.Done, markers.Done, versions.Done).ShouldBe((0, 1, 2));
        // The marker in between hid nothing; the one on top hides both to the end.
        afterMarkers.ShouldBe(["hide a", "upload a", "upload a"]);
        (await RowsAsync(bucket)).ShouldBe(["hide a"]);
        await Should.ThrowAsync<ArgumentException>(() => bucket.CleanUpAsync(new(), Stop));
    }

    private async Task DoAsync(Bucket bucket, SortedDictionary<string, byte> visible, string name, int what, byte content)
    {
        switch (what)
        {
            case 0 when visible.ContainsKey(name):
                await bucket.HideFileAsync(name, Stop);
                visible.Remove(name);
                break;
            case 1 when visible.ContainsKey(name):
                await StartAsync(bucket, name);
                break;
            default:
                await UploadAsync(bucket, name, content);
                visible[name] = content;
                break;
        }
    }

    private async Task<Bucket> NewBucketAsync() =>
        await _api.CreateBucketAsync($"test-{Guid.NewGuid():n}", BucketType.AllPrivate, cancellationToken: Stop);

    private static Task<FileVersion> UploadAsync(Bucket bucket, string name, byte content) =>
        bucket.UploadBytesAsync(new[] { content }, name, cancellationToken: Stop);

    private async Task StartAsync(Bucket bucket, string name) =>
        await _api.Raw.CallAsync(
            LargeFileEndpoints.Start,
            new()
            {
                BucketId = bucket.Id,
                FileName = name,
                ContentType = "b2/x-auto",
            },
            Stop
        );

    private static async Task<IReadOnlyList<string>> ShowAsync(Bucket bucket)
    {
        var shown = new List<string>();
        await foreach (var file in bucket.ListAsync(new() { Recursive = true }, Stop))
        {
            using var bytes = new MemoryStream();
            await bucket.DownloadToStreamAsync(file.FileName, bytes, cancellationToken: Stop);
            shown.Add($"{file.FileName}={bytes.ToArray().Single()}");
        }
        return shown;
    }

    private static async Task<int> CountAsync(Bucket bucket) =>
        await bucket.ListAsync(new() { Recursive = true, LatestOnly = false }, Stop).CountAsync(Stop);

    private static async Task<IReadOnlyList<string>> RowsAsync(Bucket bucket) =>
        await bucket
            .ListAsync(new() { Recursive = true, LatestOnly = false }, Stop)
            .Select(file => $"{file.Action} {file.FileName}")
            .ToListAsync(Stop);
}
