namespace B2Sdk.IntegrationTests;

public sealed class BulkTests(EmulatorFixture emulator) : AccountTest(emulator, Scope.WholeBucket)
{
    [Fact, Trait("Need", "D13"), Trait("Need", "31")]
    public async Task An_emptied_bucket_holds_nothing_and_can_be_deleted()
    {
        Needs(Scope.Account);
        for (var i = 0; i < 30; i++)
        {
            await UploadAsync($"folder/{i % 10}", [(byte)i]);
        }
        await Bucket.HideFileAsync("folder/3", Stop);
        await StartAsync("folder/4");
        await StartAsync("unfinished only");
        await UploadAsync("folder/4");

        var dry = new List<string>();
        var foreseen = await Bucket.EmptyAsync(new() { DryRun = true, Progress = new Ear(dry) }, Stop);
        var before = await ListAsync(new() { Recursive = true, LatestOnly = false });
        var wet = new List<string>();
        var done = await Bucket.EmptyAsync(new() { Progress = new Ear(wet) }, Stop);

        before.Count.ShouldBe(34);
        (foreseen.IsDryRun, foreseen.Done, foreseen.Failed).ShouldBe((true, 34, 0));
        done.ShouldBe(foreseen with { IsDryRun = false });
        wet.Order(StringComparer.Ordinal).ShouldBe(dry.Order(StringComparer.Ordinal));
        (await ListAsync(new() { Recursive = true, LatestOnly = false })).ShouldBeEmpty();
        await Api.DeleteBucketAsync(Bucket, Stop);
    }

    [Theory, Trait("Need", "D4"), Trait("Need", "30")]
    [InlineData("", false)]
    [InlineData("a", false)]
    [InlineData("a/", false)]
    [InlineData("a/", true)]
    public async Task A_deletion_takes_exactly_what_the_listing_shows(string prefix, bool recursive)
    {
        string[] names = ["a", "a/", "a/b", "a/b/c", "a.b", "a0", "b/1"];
        foreach (var name in names)
        {
            await UploadAsync(name, [1]);
            await UploadAsync(name, [2]);
        }
        var files = new ListOptions
        {
            Prefix = prefix,
            Recursive = recursive,
            LatestOnly = false,
        };
        var shown = (await ListAsync(files)).Where(file => file.Action != FileAction.Folder).Select(file => file.FileId).ToList();
        var all = (await ListAsync(new() { Recursive = true, LatestOnly = false })).Select(file => file.FileId).ToList();

        var summary = await Bucket.DeleteFilesAsync(files, cancellationToken: Stop);

        summary.Done.ShouldBe(shown.Count);
        (await ListAsync(new() { Recursive = true, LatestOnly = false })).Select(file => file.FileId).ShouldBe(all.Except(shown));
    }

    [Fact]
    public async Task The_newest_versions_go_and_the_ones_below_are_shown()
    {
        await UploadAsync("a", [1]);
        await UploadAsync("a", [2]);
        await UploadAsync("b.tmp", [3]);

        var summary = await Bucket.DeleteFilesAsync(
            new() { Recursive = true, Filters = [NameFilter.Exclude("*.tmp")] },
            cancellationToken: Stop
        );

        (summary.Done, summary.Bytes).ShouldBe((1, 1));
        (await DownloadAsync("a")).ShouldBe([1]);
        (await ListNamesAsync(new() { Recursive = true })).ShouldBe(["a", "b.tmp"]);
    }

    [Fact]
    public async Task Nothing_older_is_shown_while_a_name_is_deleted()
    {
        for (var i = 0; i < 5; i++)
        {
            await UploadAsync("a", [(byte)i]);
        }
        await Bucket.HideFileAsync("a", Stop);
        var order = new List<string>();

        await Bucket.EmptyAsync(new() { Progress = new Ear(order) }, Stop);

        // The marker hides the others to the last.
        order.Count.ShouldBe(6);
        order[^1].ShouldStartWith("Delete hide a ");
    }

    [Fact, Trait("Need", "D30")]
    public async Task A_version_that_cannot_be_deleted_is_told_and_what_hides_it_stays()
    {
        var locked = await UploadAsync("a", [1]);
        await UploadAsync("a", [2]);
        await Bucket.HideFileAsync("a", Stop);
        await UploadAsync("b");
        var wire = new FaultyWire().Refuse("b2_delete_file_version", System.Net.HttpStatusCode.Unauthorized, "access_denied");
        var bucket = await BucketOverAsync(wire);

        var summary = await bucket.EmptyAsync(new() { Concurrency = 1 }, Stop);

        (summary.Done, summary.Failed).ShouldBe((2, 2));
        summary.FirstFailures[0].Failure.ShouldBeOfType<B2AccessDeniedException>();
        summary.FirstFailures[1].Failure!.Message.ShouldContain("was kept");
        summary.FirstFailures[1].File.Action.ShouldBe(FileAction.Hide);
        $"{summary}".ShouldContain(
            $"Delete '{summary.FirstFailures[1].File.FileName}' {summary.FirstFailures[1].File.FileId}: The newest version"
        );
        $"{summary}".ShouldNotContain("   at ");
        Should.Throw<B2Exception>(summary.ThrowIfFailed).Message.ShouldContain("2 of 4");
        (await ListNamesAsync(new() { Recursive = true })).ShouldBeEmpty();
        locked.ShouldNotBeNull();
    }

    [Fact, Trait("Need", "45")]
    public async Task What_every_other_file_would_meet_as_well_ends_the_run()
    {
        Needs(Scope.Account);
        for (var i = 0; i < 20; i++)
        {
            await UploadAsync($"{i}");
        }
        var key = await Api.CreateKeyAsync("reader", CapabilityPresets.ReadOnly, cancellationToken: Stop);
        var reader = await (await AuthorizeAsync(key.ApplicationKeyId, key.Key)).GetBucketByIdAsync(Bucket.Id, Stop);

        await Should.ThrowAsync<B2UnauthorizedException>(() => reader.EmptyAsync(cancellationToken: Stop));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Bucket.EmptyAsync(new() { Concurrency = 0 }, Stop));

        (await ListNamesAsync(new() { Recursive = true })).Count.ShouldBe(20);
    }

    [Fact]
    public async Task The_first_failure_ends_it_where_asked()
    {
        await UploadAsync("a");
        await UploadAsync("b");
        var wire = new FaultyWire().Refuse("b2_delete_file_version", System.Net.HttpStatusCode.BadRequest, "bad_request");
        var bucket = await BucketOverAsync(wire);

        await Should.ThrowAsync<B2Exception>(() => bucket.EmptyAsync(new() { Concurrency = 1, StopAtFirstFailure = true }, Stop));

        (await ListNamesAsync(new() { Recursive = true })).ShouldContain("b");
    }

    private sealed class Ear(List<string> heard) : IProgress<BulkResult>
    {
        public void Report(BulkResult value) => heard.Add($"{value.Action} {value.File.Action} {value.File.FileName} {value.File.FileId}");
    }
}
