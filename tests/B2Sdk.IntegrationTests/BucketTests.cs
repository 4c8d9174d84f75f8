namespace B2Sdk.IntegrationTests;

public sealed class BucketTests(EmulatorFixture emulator) : AccountTest(emulator, Scope.Account)
{
    [Fact]
    public async Task A_bucket_is_found_by_name_in_any_case_and_by_id()
    {
        var byName = await Api.GetBucketByNameAsync(Bucket.Name.ToUpperInvariant(), Stop);
        var byId = await Api.GetBucketByIdAsync(Bucket.Id, Stop);

        byName.Id.ShouldBe(Bucket.Id);
        byId.Name.ShouldBe(Bucket.Name);
        byId.Type.ShouldBe(BucketType.AllPrivate);
        byId.AccountId.ShouldBe(Account.AccountId);
    }

    [Fact]
    public async Task Settings_given_at_creation_come_back()
    {
        var options = new CreateBucketOptions
        {
            Info = new Dictionary<string, string> { ["purpose"] = "tests" },
            CorsRules =
            [
                new()
                {
                    CorsRuleName = "downloads",
                    AllowedOrigins = ["https://example.com"],
                    AllowedOperations = [CorsOperation.DownloadFileByName],
                    MaxAge = TimeSpan.FromSeconds(3600),
                },
            ],
            LifecycleRules =
            [
                new()
                {
                    FileNamePrefix = "logs/",
                    DaysFromUploadingToHiding = 7,
                    DaysFromHidingToDeleting = 1,
                },
            ],
        };

        var created = await Api.CreateBucketAsync(NewBucketName(), BucketType.AllPublic, options, Stop);

        var found = await Api.GetBucketByIdAsync(created.Id, Stop);
        found.Type.ShouldBe(BucketType.AllPublic);
        found.Info["purpose"].ShouldBe("tests");
        found.CorsRules.ShouldHaveSingleItem().AllowedOrigins.ShouldBe(["https://example.com"]);
        found.LifecycleRules.ShouldHaveSingleItem().DaysFromUploadingToHiding.ShouldBe(7);
        found.Revision.ShouldBe(created.Revision);
    }

    [Fact]
    public async Task Buckets_are_listed_by_name_and_the_map_of_the_account_info_follows()
    {
        var second = await Api.CreateBucketAsync(NewBucketName(), BucketType.AllPublic, cancellationToken: Stop);

        var listed = await Api.ListBucketsAsync(Stop);

        listed.Select(bucket => bucket.Name).ShouldBe(new[] { Bucket.Name, second.Name }.Order(StringComparer.Ordinal));
        (await Api.AccountInfo.FindBucketIdAsync(second.Name, Stop)).ShouldBe(second.Id);
        await Api.DeleteBucketAsync(second, Stop);
        (await Api.AccountInfo.FindBucketIdAsync(second.Name, Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task A_deleted_bucket_is_not_found()
    {
        await Api.DeleteBucketAsync(Bucket, Stop);

        (await Should.ThrowAsync<B2NotFoundException>(() => Api.GetBucketByNameAsync(Bucket.Name, Stop))).Subject.ShouldBe(Bucket.Name);
        await Should.ThrowAsync<B2NotFoundException>(() => Api.GetBucketByIdAsync(Bucket.Id, Stop));
        await Should.ThrowAsync<B2NotFoundException>(() => Api.DeleteBucketAsync(Bucket, Stop));
    }

    [Fact]
    public async Task A_bucket_that_holds_only_a_hide_marker_is_not_deleted()
    {
        var file = await UploadAsync("a");
        var marker = await Bucket.HideFileAsync("a", Stop);
        await Bucket.DeleteFileVersionAsync(file, cancellationToken: Stop);

        var failure = await Should.ThrowAsync<B2Exception>(() => Api.DeleteBucketAsync(Bucket, Stop));

        failure.Code.ShouldBe(B2ErrorCode.CannotDeleteNonEmptyBucket);
        await Bucket.DeleteFileVersionAsync(marker, cancellationToken: Stop);
        await Api.DeleteBucketAsync(Bucket, Stop);
    }

    [Fact]
    public async Task A_name_that_somebody_else_has_is_refused_and_nothing_is_created()
    {
        var failure = await Should.ThrowAsync<B2Exception>(() =>
            Api.CreateBucketAsync(Bucket.Name.ToUpperInvariant(), BucketType.AllPrivate, cancellationToken: Stop)
        );

        failure.Code.ShouldBe(B2ErrorCode.DuplicateBucketName);
        failure.Operation.ShouldBe("b2_create_bucket");
        failure.IsTransient.ShouldBeFalse();
        (await Api.ListBucketsAsync(Stop)).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("short")]
    [InlineData("b2-reserved-name")]
    [InlineData("under_score")]
    [InlineData("with.a.dot")]
    [InlineData("sixty-four-characters-are-one-more-than-what-a-bucket-may-have-0")]
    [InlineData("umläut-bucket")]
    public async Task A_name_that_cannot_be_a_buckets_is_refused_before_anything_is_sent(string name)
    {
        var failure = await Should.ThrowAsync<ArgumentException>(() =>
            Api.CreateBucketAsync(name, BucketType.AllPrivate, cancellationToken: Stop)
        );

        failure.Message.ShouldContain(name);
        (await Api.ListBucketsAsync(Stop)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_creation_whose_answer_was_lost_is_not_reported_as_a_taken_name()
    {
        var wire = new FaultyWire().LoseReply("b2_create_bucket");
        var other = await AuthorizeAsync(
            new()
            {
                HttpHandler = wire,
                Retry = new() { BaseDelay = TimeSpan.Zero },
            }
        );
        var name = NewBucketName();

        var bucket = await other.CreateBucketAsync(name, BucketType.AllPrivate, cancellationToken: Stop);

        bucket.Name.ShouldBe(name);
        wire.CountOf("b2_create_bucket").ShouldBe(2);
        (await Api.ListBucketsAsync(Stop)).Count.ShouldBe(2);
    }
}
