namespace B2Sdk.Emulator.Tests.Control;

/// <summary>What faults do to the answers to calls that were done.</summary>
public sealed class FaultyAnswerTests(EmulatorFixture fixture) : FaultTest(fixture)
{
    [Fact]
    public async Task A_lost_reply_loses_the_reply_and_nothing_else()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var fault = Add(
            b2,
            new()
            {
                Operation = "b2_upload_file",
                LoseReply = true,
                Count = 1,
            }
        );
        var target = await b2.UploadUrlAsync(bucketId);

        await Should.ThrowAsync<HttpRequestException>(() => B2Wire.UploadAsync(target, "a", Hello));

        fault.Fired.ShouldBe(1);
        var stored = (await b2.NamesAsync(bucketId)).ShouldHaveSingleItem();
        stored["contentSha1"]!.GetValue<string>().ShouldBe(B2Wire.Sha1(Hello));
        Emulator
            .Journal.Read(new() { AccountId = b2.AccountId, Operation = "b2_upload_file" })
            .Entries.ShouldHaveSingleItem()
            .Status.ShouldBeNull();
    }

    [Fact]
    public async Task Uploads_are_acknowledged_with_another_sha1_and_length()
    {
        var (b2, bucketId) = await NewBucketAsync();
        Add(
            b2,
            new()
            {
                Operation = "b2_upload_file",
                WrongSha1 = true,
                WrongLength = true,
                Count = 1,
            }
        );

        var answer = await b2.UploadAsync(bucketId, "ä😀");
        var stored = (await b2.NamesAsync(bucketId)).Single();

        answer["contentSha1"]!.GetValue<string>().ShouldNotBe(B2Wire.Sha1(Hello));
        answer["contentSha1"]!.GetValue<string>().Length.ShouldBe(40);
        answer["contentLength"]!.GetValue<long>().ShouldBe(6);
        answer["fileName"]!.GetValue<string>().ShouldBe("ä😀");
        stored["contentSha1"]!.GetValue<string>().ShouldBe(B2Wire.Sha1(Hello));
        stored["contentLength"]!.GetValue<long>().ShouldBe(5);
    }

    [Fact]
    public async Task Downloads_tell_another_sha1_or_are_a_byte_short()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var content = Random(300_000);
        var file = B2Wire.IdOf((await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "a", content)).ShouldBeOk().Json);
        Add(
            b2,
            new()
            {
                Operation = "b2_download_file_by_id",
                WrongSha1 = true,
                Count = 1,
            }
        );
        Add(
            b2,
            new()
            {
                Operation = "b2_download_file_by_id",
                WrongLength = true,
                Count = 1,
            }
        );

        var wrongSha1 = (await b2.DownloadByIdAsync(file)).ShouldBeOk();
        var wrongLength = (await b2.DownloadByIdAsync(file)).ShouldBeOk();
        var right = (await b2.DownloadByIdAsync(file)).ShouldBeOk();

        wrongSha1.Header("X-Bz-Content-Sha1").ShouldNotBe(B2Wire.Sha1(content));
        wrongSha1.Body.ShouldBe(content);
        wrongLength.Header("X-Bz-Content-Sha1").ShouldBe(B2Wire.Sha1(content));
        wrongLength.Body.ShouldBe(content[..^1]);
        right.Body.ShouldBe(content);
    }

    [Fact]
    public async Task Replies_are_empty_though_all_was_done()
    {
        var (b2, bucketId) = await NewBucketAsync();
        Add(
            b2,
            new()
            {
                EmptyReply = true,
                Operation = "b2_upload_file",
                Count = 1,
            }
        );
        Add(
            b2,
            new()
            {
                EmptyReply = true,
                Operation = "b2_download_file_by_id",
                Count = 1,
            }
        );

        var upload = (await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "a", Hello)).ShouldBeOk();
        var file = (await b2.NamesAsync(bucketId)).Single();
        var download = (await b2.DownloadByIdAsync(B2Wire.IdOf(file))).ShouldBeOk();

        upload.Body.ShouldBeEmpty();
        download.Body.ShouldBeEmpty();
        (await b2.DownloadByIdAsync(B2Wire.IdOf(file))).ShouldBeOk().Text.ShouldBe("hello");
    }

    [Fact]
    public async Task The_date_of_an_answer_is_ahead_or_behind()
    {
        var b2 = await NewAccountAsync();
        Add(b2, new() { DateSkew = TimeSpan.FromHours(-3), Operation = "b2_list_buckets" });
        Add(
            b2,
            new()
            {
                DateSkew = TimeSpan.FromDays(2),
                Status = 500,
                Operation = "b2_list_keys",
            }
        );

        var behind = await b2.CallAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId });
        var ahead = await b2.CallAsync("b2_list_keys", new() { ["accountId"] = b2.AccountId });

        var now = Emulator.Clock.GetUtcNow();
        behind.ShouldBeOk().Headers.Date!.Value.ShouldBe(now.AddHours(-3), TimeSpan.FromMinutes(1));
        ahead.ShouldBeRefused(500).Headers.Date!.Value.ShouldBe(now.AddDays(2), TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData(FaultyPage.Empty)]
    [InlineData(FaultyPage.Half)]
    [InlineData(FaultyPage.Duplicate)]
    public async Task Listings_of_odd_pages_are_whole_to_those_who_follow_the_cursors(FaultyPage page)
    {
        var (b2, bucketId) = await NewBucketAsync();
        foreach (var name in (string[])["a", "b/1", "b/2", "c", "c", "d", "e"])
        {
            await b2.UploadAsync(bucketId, name);
        }
        var fault = Add(b2, new() { Page = page, Every = page == FaultyPage.Empty ? 2 : 1 });

        var names = await b2.PagesAsync(
            "b2_list_file_names",
            new()
            {
                ["bucketId"] = bucketId,
                ["delimiter"] = "/",
                ["maxFileCount"] = 3,
            }
        );
        var versions = await b2.PagesAsync("b2_list_file_versions", new() { ["bucketId"] = bucketId, ["maxFileCount"] = 4 });

        fault.Fired.ShouldBeGreaterThan(2);
        names.SelectMany(rows => rows).Select(B2Wire.NameOf).Distinct().ShouldBe(["a", "b/", "c", "d", "e"]);
        versions.SelectMany(rows => rows).Select(B2Wire.IdOf).Distinct().Count().ShouldBe(7);
        (page == FaultyPage.Empty).ShouldBe(names.Concat(versions).Any(rows => rows.Count == 0));
        (page == FaultyPage.Duplicate).ShouldBe(versions.Sum(rows => rows.Count) > 7);
    }
}
