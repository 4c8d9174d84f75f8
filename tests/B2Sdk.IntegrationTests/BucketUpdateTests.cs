namespace B2Sdk.IntegrationTests;

public sealed class BucketUpdateTests(EmulatorFixture emulator) : AccountTest(emulator, Scope.Account)
{
    private static readonly CorsRule Cors = new()
    {
        CorsRuleName = "downloads",
        AllowedOrigins = ["https://example.com"],
        AllowedOperations = [CorsOperation.DownloadFileByName],
        MaxAge = TimeSpan.FromSeconds(3600),
    };

    private static readonly LifecycleRule Lifecycle = new() { FileNamePrefix = "logs/", DaysFromUploadingToHiding = 7 };

    [Fact, Trait("Need", "D5"), Trait("Need", "48")]
    public async Task An_update_changes_what_is_set_and_nothing_else()
    {
        var all = new BucketUpdate
        {
            Info = new Dictionary<string, string> { ["purpose"] = "tests" },
            CorsRules = [Cors],
            LifecycleRules = [Lifecycle],
        };
        var before = Show(await Bucket.UpdateAsync(all, Stop));
        BucketUpdate[] updates =
        [
            new() { Info = new Dictionary<string, string> { ["purpose"] = "others" } },
            new() { CorsRules = [Cors with { MaxAge = TimeSpan.FromSeconds(60) }] },
            new() { LifecycleRules = [Lifecycle with { DaysFromUploadingToHiding = 8 }] },
            new() { Type = BucketType.AllPublic },
            new() { Info = new Dictionary<string, string>() },
            new() { CorsRules = [] },
            new() { LifecycleRules = [] },
        ];

        foreach (var update in updates)
        {
            await Bucket.UpdateAsync(all with { Type = BucketType.AllPrivate }, Stop);
            var after = Show(await Bucket.UpdateAsync(update, Stop));

            after.Except(before).Count().ShouldBe(1, $"{update}");
        }
    }

    [Fact, Trait("Need", "D6"), Trait("Fact", "C30")]
    public async Task Of_two_who_update_the_same_revision_one_is_told_of_the_other()
    {
        var bucket = await Bucket.GetFreshStateAsync(Stop);
        var updates = Enumerable
            .Range(0, 5)
            .Select(number =>
                bucket.UpdateAsync(
                    new()
                    {
                        Info = new Dictionary<string, string> { ["writer"] = $"{number}" },
                        IfRevisionIs = bucket.Revision,
                    },
                    Stop
                )
            )
            .ToList();

        var failures = new List<B2ConflictException>();
        foreach (var update in updates)
        {
            try
            {
                await update;
            }
            catch (B2ConflictException e)
            {
                failures.Add(e);
            }
        }

        failures.Count.ShouldBe(4);
        failures.ShouldAllBe(failure => failure.Code == B2ErrorCode.Conflict && failure.Message.Contains("read it again"));
        (await bucket.GetFreshStateAsync(Stop)).Revision.ShouldBeGreaterThan(bucket.Revision);
    }

    [Fact, Trait("Need", "D6")]
    public async Task A_conditional_update_whose_answer_was_lost_is_not_reported_as_a_conflict()
    {
        var wire = new FaultyWire().LoseReply("b2_update_bucket");
        var bucket = await BucketOverAsync(wire);
        var update = new BucketUpdate
        {
            Info = new Dictionary<string, string> { ["a"] = "1" },
            CorsRules = [Cors],
            IfRevisionIs = bucket.Revision,
        };

        var updated = await bucket.UpdateAsync(update, Stop);

        wire.CountOf("b2_update_bucket").ShouldBe(2);
        updated.Info["a"].ShouldBe("1");
        updated.Revision.ShouldBeGreaterThan(bucket.Revision);
    }

    [Fact]
    public async Task Replication_is_set_at_creation_changed_and_taken_away()
    {
        Needs(Scope.Account);
        var rule = new ReplicationRule { ReplicationRuleName = "to-east", DestinationBucketId = Bucket.Id };
        var source = new ReplicationSource { SourceApplicationKeyId = Account.ApplicationKeyId, ReplicationRules = [rule] };
        var options = new CreateBucketOptions { ReplicationConfiguration = new() { AsReplicationSource = source } };

        var created = await Api.CreateBucketAsync(NewBucketName(), BucketType.AllPrivate, options, Stop);
        var paused = source with { ReplicationRules = [rule with { IsEnabled = false }] };
        var changed = await created.UpdateAsync(new() { ReplicationConfiguration = new() { AsReplicationSource = paused } }, Stop);
        var ended = await changed.UpdateAsync(new() { ReplicationConfiguration = new() }, Stop);

        created.ReplicationConfiguration.Value!.AsReplicationSource.ShouldBe(source);
        changed.ReplicationConfiguration.Value!.AsReplicationSource.ShouldBe(paused);
        (ended.ReplicationConfiguration.Value?.AsReplicationSource).ShouldBeNull();
    }

    [Fact]
    public async Task A_fresh_state_is_a_new_object_and_the_old_one_stays()
    {
        await Bucket.UpdateAsync(new() { Type = BucketType.AllPublic }, Stop);

        var fresh = await Bucket.GetFreshStateAsync(Stop);

        (Bucket.Type, fresh.Type).ShouldBe((BucketType.AllPrivate, BucketType.AllPublic));
        fresh.Record.ShouldNotBe(Bucket.Record);
        fresh.Record.ShouldBe((await fresh.GetFreshStateAsync(Stop)).Record);
        await Api.DeleteBucketAsync(fresh, Stop);
        await Should.ThrowAsync<B2NotFoundException>(() => Bucket.GetFreshStateAsync(Stop));
        await Should.ThrowAsync<B2NotFoundException>(() => Bucket.UpdateAsync(new() { Type = BucketType.AllPublic }, Stop));
    }

    [Fact, Trait("Fact", "C81")]
    public async Task A_bucket_is_found_by_asking_for_its_name_and_not_for_all()
    {
        var wire = new FaultyWire();
        var bucket = await BucketOverAsync(wire);

        bucket.Id.ShouldBe(Bucket.Id);
        wire.CountOf("b2_list_buckets").ShouldBe(1);
    }

    private static IEnumerable<string> Show(Bucket bucket) =>
        [
            $"type {bucket.Type}",
            $"info {string.Join(',', bucket.Info.Select(entry => $"{entry.Key}={entry.Value}"))}",
            $"cors {string.Join(',', bucket.CorsRules.Select(rule => $"{rule.CorsRuleName} {rule.MaxAge} {string.Join('/', rule.AllowedOrigins)}"))}",
            $"lifecycle {string.Join(',', bucket.LifecycleRules.Select(rule => $"{rule.FileNamePrefix} {rule.DaysFromUploadingToHiding}"))}",
            $"name {bucket.Name}",
        ];
}
