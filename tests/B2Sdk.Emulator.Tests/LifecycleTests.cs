using Microsoft.Extensions.Time.Testing;

namespace B2Sdk.Emulator.Tests;

/// <summary>What lifecycle rules do as days go by. Each test has an emulator and a clock of its own.</summary>
public sealed class LifecycleTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 2, 2, 2, 40, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _clock = new(Start);
    private B2Emulator _emulator = null!;
    private B2Wire _b2 = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _emulator = await B2Emulator.StartAsync(
            new B2EmulatorOptions { TimeProvider = _clock, MinimumPartSize = EmulatorFixture.MinimumPartSize },
            Cancelled
        );
        _b2 = await B2Wire.AuthorizeAsync(_emulator.Url, _emulator.Account);
    }

    public ValueTask DisposeAsync() => _emulator.DisposeAsync();

    [Fact]
    public async Task A_file_is_hidden_so_many_days_after_its_upload()
    {
        var bucketId = await NewBucketAsync("""[{"fileNamePrefix":"","daysFromUploadingToHiding":3}]""");
        await _b2.UploadAsync(bucketId, "a");

        await PassAsync(TimeSpan.FromDays(3) - TimeSpan.FromSeconds(1));
        (await _b2.NamesAsync(bucketId)).Count.ShouldBe(1);
        await PassAsync(TimeSpan.FromSeconds(1));

        (await _b2.NamesAsync(bucketId)).ShouldBeEmpty();
        var versions = await _b2.VersionsAsync(bucketId);
        versions.Select(B2Wire.ActionOf).ShouldBe(["hide", "upload"]);
        versions[0]["uploadTimestamp"]!.GetValue<long>().ShouldBe(Start.AddDays(3).ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task A_new_version_starts_the_days_anew()
    {
        var bucketId = await NewBucketAsync("""[{"fileNamePrefix":"","daysFromUploadingToHiding":3}]""");
        await _b2.UploadAsync(bucketId, "a");
        await PassAsync(TimeSpan.FromDays(2));
        await _b2.UploadAsync(bucketId, "a");

        await PassAsync(TimeSpan.FromDays(2));

        (await _b2.NamesAsync(bucketId)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_version_is_deleted_so_many_days_after_the_next_one_came()
    {
        var bucketId = await NewBucketAsync("""[{"fileNamePrefix":"","daysFromHidingToDeleting":2}]""");
        await _b2.UploadAsync(bucketId, "a", "old");
        await PassAsync(TimeSpan.FromDays(10));
        var young = B2Wire.IdOf(await _b2.UploadAsync(bucketId, "a", "young"));

        await PassAsync(TimeSpan.FromDays(2) - TimeSpan.FromSeconds(1));
        (await _b2.VersionsAsync(bucketId)).Count.ShouldBe(2);
        await PassAsync(TimeSpan.FromSeconds(1));

        (await _b2.VersionsAsync(bucketId)).Select(B2Wire.IdOf).ShouldBe([young]);
        await PassAsync(TimeSpan.FromDays(1_000));
        (await _b2.VersionsAsync(bucketId)).Select(B2Wire.IdOf).ShouldBe([young]);
    }

    [Fact]
    public async Task A_hidden_file_goes_with_its_marker()
    {
        var bucketId = await NewBucketAsync("""[{"fileNamePrefix":"","daysFromHidingToDeleting":2}]""");
        await _b2.UploadAsync(bucketId, "a");
        await _b2.OkAsync("b2_hide_file", new() { ["bucketId"] = bucketId, ["fileName"] = "a" });

        await PassAsync(TimeSpan.FromDays(2));

        (await _b2.VersionsAsync(bucketId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_leap_of_the_clock_does_what_the_days_in_between_would_have_done()
    {
        var bucketId = await NewBucketAsync("""[{"fileNamePrefix":"","daysFromUploadingToHiding":3,"daysFromHidingToDeleting":2}]""");
        await _b2.UploadAsync(bucketId, "a");

        await PassAsync(TimeSpan.FromDays(5));

        (await _b2.VersionsAsync(bucketId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_new_rule_hides_old_files_as_of_now_and_not_of_long_ago()
    {
        var bucketId = await NewBucketAsync("[]");
        await _b2.UploadAsync(bucketId, "a");
        await PassAsync(TimeSpan.FromDays(100));
        await UpdateAsync(bucketId, """[{"fileNamePrefix":"","daysFromUploadingToHiding":3,"daysFromHidingToDeleting":2}]""");

        await PassAsync(TimeSpan.FromDays(1));
        (await _b2.VersionsAsync(bucketId)).Select(B2Wire.ActionOf).ShouldBe(["hide", "upload"]);
        await PassAsync(TimeSpan.FromDays(1));

        (await _b2.VersionsAsync(bucketId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Rules_are_for_the_names_below_their_prefix()
    {
        var bucketId = await NewBucketAsync(
            """[{"fileNamePrefix":"a/","daysFromUploadingToHiding":1},{"fileNamePrefix":"é","daysFromUploadingToHiding":3}]"""
        );
        foreach (var name in (string[])["a", "a/1", "a/2", "b", "é1"])
        {
            await _b2.UploadAsync(bucketId, name);
        }

        await PassAsync(TimeSpan.FromDays(2));
        (await _b2.NamesAsync(bucketId)).Select(B2Wire.NameOf).ShouldBe(["a", "b", "é1"]);
        await PassAsync(TimeSpan.FromDays(2));

        (await _b2.NamesAsync(bucketId)).Select(B2Wire.NameOf).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task An_unfinished_large_file_is_canceled_so_many_days_after_its_start()
    {
        var bucketId = await NewBucketAsync("""[{"fileNamePrefix":"","daysFromStartingToCancelingUnfinishedLargeFiles":1}]""");
        await _b2.UploadAsync(bucketId, "a");
        var old = await _b2.StartLargeFileAsync(bucketId, "a");
        (await B2Wire.UploadPartAsync(await _b2.PartUrlAsync(old), 1, B2Wire.Bytes(100, 1))).ShouldBeOk();
        await PassAsync(TimeSpan.FromHours(12));
        var young = await _b2.StartLargeFileAsync(bucketId, "a");

        await PassAsync(TimeSpan.FromHours(12));

        (await _b2.VersionsAsync(bucketId)).Where(row => B2Wire.ActionOf(row) == "start").Select(B2Wire.IdOf).ShouldBe([young]);
        (await _b2.NamesAsync(bucketId)).Count.ShouldBe(1);
        await _b2.RefusedAsync("b2_list_parts", new() { ["fileId"] = old }, 400);
    }

    [Fact]
    public async Task What_is_locked_stays_until_the_lock_ends()
    {
        var bucketId = await NewBucketAsync(
            """[{"fileNamePrefix":"","daysFromUploadingToHiding":1,"daysFromHidingToDeleting":1}]""",
            isLocked: true
        );
        var until = Start.AddDays(10).ToUnixTimeMilliseconds();
        var retained = await _b2.UploadAsync(
            bucketId,
            "retained",
            "hello",
            ("X-Bz-File-Retention-Mode", "compliance"),
            ("X-Bz-File-Retention-Retain-Until-Timestamp", $"{until}")
        );
        var held = await _b2.UploadAsync(bucketId, "held", "hello", ("X-Bz-File-Legal-Hold", "on"));
        await _b2.UploadAsync(bucketId, "free");

        await PassAsync(TimeSpan.FromDays(9));
        var locked = await _b2.VersionsAsync(bucketId);
        locked
            .Select(row => $"{B2Wire.NameOf(row)} {B2Wire.ActionOf(row)}")
            .ShouldBe(["held hide", "held upload", "retained hide", "retained upload"]);
        locked.Select(B2Wire.IdOf).ShouldContain(B2Wire.IdOf(retained));
        await PassAsync(TimeSpan.FromDays(1));
        (await _b2.VersionsAsync(bucketId)).Select(B2Wire.NameOf).ShouldBe(["held", "held"]);
        await _b2.OkAsync(
            "b2_update_file_legal_hold",
            new()
            {
                ["fileName"] = "held",
                ["fileId"] = B2Wire.IdOf(held),
                ["legalHold"] = "off",
            }
        );
        await PassAsync(TimeSpan.Zero);

        (await _b2.VersionsAsync(bucketId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task More_names_than_fit_in_a_batch_are_all_seen()
    {
        const int Count = 1_100;
        var bucketId = await NewBucketAsync("""[{"fileNamePrefix":"n","daysFromUploadingToHiding":1,"daysFromHidingToDeleting":1}]""");
        var source = B2Wire.IdOf(await _b2.UploadAsync(bucketId, "source"));
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Count),
            Cancelled,
            async (i, _) => await _b2.OkAsync("b2_copy_file", new() { ["sourceFileId"] = source, ["fileName"] = $"n{i}" })
        );

        await PassAsync(TimeSpan.FromDays(2));

        (await _b2.VersionsAsync(bucketId, new() { ["maxFileCount"] = 10_000 })).Select(B2Wire.NameOf).ShouldBe(["source"]);
    }

    [Fact]
    public async Task A_clock_of_ones_own_is_followed_on_demand()
    {
        var bucketId = await NewBucketAsync("""[{"fileNamePrefix":"","daysFromUploadingToHiding":1}]""");
        await _b2.UploadAsync(bucketId, "a");

        _clock.Advance(TimeSpan.FromHours(23.5));
        await _emulator.SettleAsync(Cancelled);
        (await _b2.NamesAsync(bucketId)).Count.ShouldBe(1);
        _clock.Advance(TimeSpan.FromHours(0.5));
        await _emulator.SettleAsync(Cancelled);

        _b2 = await B2Wire.AuthorizeAsync(_emulator.Url, _emulator.Account);
        (await _b2.NamesAsync(bucketId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task It_happens_by_itself_every_hour()
    {
        var bucketId = await NewBucketAsync("""[{"fileNamePrefix":"","daysFromUploadingToHiding":1}]""");
        await _b2.UploadAsync(bucketId, "a");

        // Nobody asks: only the clock goes on, an hour at a time, until the marker shows or patience ends.
        for (var hours = 0; hours < 1_000 && (await _b2.NamesAsync(bucketId)).Count > 0; hours++)
        {
            _clock.Advance(TimeSpan.FromHours(1));
            _b2 = await B2Wire.AuthorizeAsync(_emulator.Url, _emulator.Account);
        }

        (await _b2.VersionsAsync(bucketId)).Select(B2Wire.ActionOf).ShouldBe(["hide", "upload"]);
    }

    private async Task<string> NewBucketAsync(string rules, bool isLocked = false)
    {
        var bucketId = await _b2.CreateBucketAsync();
        if (isLocked)
        {
            await _b2.OkAsync(
                "b2_update_bucket",
                new()
                {
                    ["accountId"] = _b2.AccountId,
                    ["bucketId"] = bucketId,
                    ["fileLockEnabled"] = true,
                }
            );
        }
        await UpdateAsync(bucketId, rules);
        return bucketId;
    }

    private Task<JsonObject> UpdateAsync(string bucketId, string rules) =>
        _b2.OkAsync(
            "b2_update_bucket",
            new()
            {
                ["accountId"] = _b2.AccountId,
                ["bucketId"] = bucketId,
                ["lifecycleRules"] = JsonNode.Parse(rules),
            }
        );

    /// <summary>Lets time pass, and authorizes again, as tokens live a day.</summary>
    private async Task PassAsync(TimeSpan time)
    {
        await _emulator.Clock.AdvanceAsync(time, Cancelled);
        _b2 = await B2Wire.AuthorizeAsync(_emulator.Url, _emulator.Account);
    }
}
