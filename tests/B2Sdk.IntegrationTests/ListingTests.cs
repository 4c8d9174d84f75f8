using System.Text;

namespace B2Sdk.IntegrationTests;

public sealed class ListingTests(EmulatorFixture emulator) : AccountTest(emulator)
{
    [Fact]
    public async Task Names_come_in_the_order_of_their_utf8_bytes()
    {
        // By UTF-16 units the astral name would come before U+FFFD.
        string[] names = ["a", "B", "a/b", "a0", "ä", "\uFFFD", "😀", "Z", "a b", "~"];
        foreach (var name in names)
        {
            await UploadAsync(name);
        }

        var listed = await ListNamesAsync(new() { Recursive = true, PageSize = 3 });

        listed.ShouldBe(names.OrderBy(name => Convert.ToHexString(Encoding.UTF8.GetBytes(name)), StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_first_level_shows_each_folder_once()
    {
        foreach (var name in new[] { "a.txt", "folder/1", "folder/2", "folder/deeper/3", "z.txt" })
        {
            await UploadAsync(name);
        }

        var top = await ListAsync(new() { PageSize = 1 });
        var below = await ListNamesAsync(new() { Prefix = "folder/" });

        top.Select(file => (file.FileName, file.Action))
            .ShouldBe([("a.txt", FileAction.Upload), ("folder/", FileAction.Folder), ("z.txt", FileAction.Upload)]);
        below.ShouldBe(["folder/1", "folder/2", "folder/deeper/"]);
    }

    [Fact]
    public async Task Versions_come_newest_first_with_hide_markers_and_unfinished_files()
    {
        var first = await UploadAsync("a", [1]);
        var second = await UploadAsync("a", [2]);
        var marker = await Bucket.HideFileAsync(N("a"), Stop);
        var other = await UploadAsync("b");
        var unfinished = await StartAsync(N("c"));

        var versions = await ListAsync(
            new()
            {
                Recursive = true,
                LatestOnly = false,
                PageSize = 1,
            }
        );

        versions.Select(version => version.FileId).ShouldBe([marker.FileId, second.FileId, first.FileId, other.FileId, unfinished]);
        (versions[0].Action, versions[4].Action).ShouldBe((FileAction.Hide, FileAction.Start));
        (await ListNamesAsync(new() { Recursive = true })).ShouldBe(["b"]);
    }

    [Fact]
    public async Task A_hidden_file_is_shown_again_when_its_marker_is_deleted()
    {
        await UploadAsync("a", [1, 2, 3]);
        var marker = await Bucket.HideFileAsync(N("a"), Stop);
        await Should.ThrowAsync<B2NotFoundException>(() => DownloadAsync("a"));

        await Bucket.DeleteFileVersionAsync(marker, cancellationToken: Stop);

        (await DownloadAsync("a")).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Pages_are_fetched_only_as_they_are_needed()
    {
        for (var i = 0; i < 5; i++)
        {
            await UploadAsync($"file-{i}");
        }
        var wire = new FaultyWire();
        var bucket = await BucketOverAsync(wire);

        var listing = bucket.ListAsync(
            new()
            {
                Prefix = N(""),
                Recursive = true,
                PageSize = 2,
            },
            Stop
        );
        wire.CountOf("b2_list_file_names").ShouldBe(0);

        var seen = new List<string>();
        await foreach (var file in listing)
        {
            seen.Add(file.FileName);
            if (seen.Count == 3)
            {
                break;
            }
        }
        wire.CountOf("b2_list_file_names").ShouldBe(2);
        seen.ShouldBe([N("file-0"), N("file-1"), N("file-2")]);
    }

    [Fact]
    public async Task A_listing_ends_only_where_there_is_no_next_name()
    {
        // The last page is full: whether there is more is for the cursor to say, not for the number of rows.
        for (var i = 0; i < 4; i++)
        {
            await UploadAsync($"file-{i}");
        }

        (await ListNamesAsync(new() { Recursive = true, PageSize = 2 })).Count.ShouldBe(4);
        (await ListNamesAsync(new() { Recursive = true, PageSize = 4 })).Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_listing_begins_at_the_name_that_is_given()
    {
        foreach (var name in new[] { "a", "b", "c" })
        {
            await UploadAsync(name);
        }

        (await ListNamesAsync(new() { Recursive = true, StartFileName = "b" })).ShouldBe(["b", "c"]);
        (await ListNamesAsync(new() { Recursive = true, StartFileName = "bb" })).ShouldBe(["c"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public void A_page_size_outside_b2s_limits_is_refused(int pageSize) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Bucket.ListAsync(new() { PageSize = pageSize }, Stop));

    [Fact]
    public async Task A_listing_that_is_cancelled_ends_with_the_callers_token()
    {
        await UploadAsync("a");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        var failure = await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Bucket.ListAsync(new() { Prefix = N("") }, cancelled.Token))
            {
                Assert.Fail("nothing is listed for a caller who has gone");
            }
        });

        failure.CancellationToken.ShouldBe(cancelled.Token);
    }
}
