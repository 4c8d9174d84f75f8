namespace B2Sdk.Emulator.Tests;

/// <summary>An account makes no more transactions in a day, and has no more downloaded, than it may. Each test has an emulator of its own.</summary>
public sealed class DailyCapTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_last_transaction_of_class_C_is_taken_and_the_next_is_not()
    {
        await using var emulator = await StartAsync(new() { ClassC = 3 });
        var b2 = await AuthorizeAsync(emulator);
        var bucketId = await b2.CreateBucketAsync();

        await b2.OkAsync("b2_list_file_names", new() { ["bucketId"] = bucketId });

        await b2.RefusedAsync("b2_list_file_names", new() { ["bucketId"] = bucketId }, 403, "transaction_cap_exceeded");
        await b2.RefusedAsync(
            "b2_create_bucket",
            new()
            {
                ["accountId"] = b2.AccountId,
                ["bucketName"] = "not-made-at-all",
                ["bucketType"] = "allPrivate",
            },
            403,
            "transaction_cap_exceeded"
        );
        (await B2Wire.TryAuthorizeAsync(emulator.Url, emulator.Account.ApplicationKeyId, emulator.Account.ApplicationKey)).ShouldBeRefused(
            403,
            "transaction_cap_exceeded"
        );
        // What is free goes on, and so does what is in another class.
        var fileId = B2Wire.IdOf(await b2.UploadAsync(bucketId, "a"));
        await b2.OkAsync("b2_get_file_info", new() { ["fileId"] = fileId });
        (await new ControlWire(emulator.Url).GetAsync("buckets")).ShouldBeOk().Json["buckets"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Class_B_is_downloads_and_info()
    {
        await using var emulator = await StartAsync(new() { ClassB = 3 });
        var (b2, name, fileId) = await NewFileAsync(emulator, 10, "allPublic");

        await b2.OkAsync("b2_get_file_info", new() { ["fileId"] = fileId });
        (await b2.DownloadByIdAsync(fileId)).ShouldBeOk();
        (await b2.DownloadByNameAsync(name, "a", method: HttpMethod.Head)).ShouldBeOk();

        await b2.RefusedAsync("b2_get_file_info", new() { ["fileId"] = fileId }, 403, "transaction_cap_exceeded");
        (await b2.DownloadByIdAsync(fileId)).ShouldBeRefused(403, "download_cap_exceeded");
        // Whoever downloads, the bucket's account pays.
        (await b2.DownloadByNameAsync(name, "a", token: null)).ShouldBeRefused(403, "download_cap_exceeded");
        await b2.OkAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId });
    }

    [Fact]
    public async Task Bytes_that_are_downloaded_count_and_others_do_not()
    {
        await using var emulator = await StartAsync(new() { Download = 25 });
        var (b2, name, fileId) = await NewFileAsync(emulator, 10);

        (await b2.DownloadByIdAsync(fileId)).ShouldBeOk();
        (await b2.DownloadByNameAsync(name, "a", method: HttpMethod.Head)).ShouldBeOk();
        (await b2.DownloadByNameAsync(name, "a", headers: ("Range", "bytes=0-4"))).Status.ShouldBe(206);
        (await b2.DownloadByNameAsync(name, "a", headers: ("Range", "bytes=10-"))).ShouldBeRefused(416);
        (await b2.DownloadByNameAsync(name, "none")).ShouldBeRefused(404);
        (await b2.DownloadByIdAsync(fileId)).ShouldBeOk();

        (await b2.DownloadByIdAsync(fileId)).ShouldBeRefused(403, "download_cap_exceeded");
        (await b2.DownloadByNameAsync(name, "a", method: HttpMethod.Head)).ShouldBeOk();
    }

    [Fact]
    public async Task A_listing_counts_with_each_thousand_rows_that_it_begins()
    {
        await using var emulator = await StartAsync(new() { ClassC = 5 });
        var b2 = await AuthorizeAsync(emulator);
        const string Name = "many-files";
        var seed = $$"""{"buckets":[{"bucketName":"{{Name}}","files":[{"fileName":"{n}","content":"","repeat":1001}]}]}""";
        (await new ControlWire(emulator.Url).PostAsync("seed", seed)).ShouldBeOk();
        var listed = await b2.OkAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId, ["bucketName"] = Name });
        JsonObject List(int count) => new() { ["bucketId"] = B2Wire.Text(listed["buckets"]![0]!["bucketId"]), ["maxFileCount"] = count };

        await b2.OkAsync("b2_list_file_names", List(10_000));
        await b2.OkAsync("b2_list_file_names", List(1_000));

        await b2.RefusedAsync("b2_list_file_names", List(1), 403, "transaction_cap_exceeded");
    }

    [Fact]
    public async Task A_day_begins_at_midnight_by_the_emulators_clock()
    {
        await using var emulator = await B2Emulator.StartAsync(
            new()
            {
                ClassCCap = 2,
                ClockStart = new(2026, 2, 2, 23, 59, 59, TimeSpan.Zero),
                IsClockFrozen = true,
            },
            Cancelled
        );
        var b2 = await AuthorizeAsync(emulator);
        JsonObject Body() => new() { ["accountId"] = b2.AccountId };
        await b2.OkAsync("b2_list_buckets", Body());
        await b2.RefusedAsync("b2_list_buckets", Body(), 403, "transaction_cap_exceeded");

        await emulator.Clock.AdvanceAsync(TimeSpan.FromSeconds(1), Cancelled);

        await b2.OkAsync("b2_list_buckets", Body());
    }

    [Fact]
    public async Task Each_account_has_its_own_and_many_calls_at_once_do_not_exceed_it()
    {
        await using var emulator = await StartAsync(new() { ClassC = 10 });
        var b2 = await AuthorizeAsync(emulator);
        var other = await B2Wire.AuthorizeAsync(emulator.Url, await emulator.CreateAccountAsync(Cancelled));

        var replies = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => b2.CallAsync("b2_list_keys", new() { ["accountId"] = b2.AccountId }))
        );

        replies.Count(reply => reply.Status == 200).ShouldBe(9);
        await other.OkAsync("b2_list_keys", new() { ["accountId"] = other.AccountId });
    }

    [Fact]
    public async Task What_a_key_may_not_is_refused_as_ever_and_a_bad_token_costs_nothing()
    {
        await using var emulator = await StartAsync(new() { ClassC = 2 });
        var b2 = await AuthorizeAsync(emulator);

        for (var i = 0; i < 3; i++)
        {
            (await b2.CallAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId }, token: "4_nobodys")).ShouldBeRefused(
                401,
                "bad_auth_token"
            );
        }

        await b2.OkAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId });
    }

    [Fact]
    public async Task Caps_can_be_set_while_it_runs_and_are_those_of_the_start_after_a_reset()
    {
        await using var emulator = await StartAsync(new() { ClassC = 100 });
        var control = new ControlWire(emulator.Url);
        var b2 = await AuthorizeAsync(emulator);
        var bucketId = await b2.CreateBucketAsync();
        (await control.GetAsync("caps")).ShouldBeOk().Text.ShouldBe("""{"classC":100}""");

        var set = await control.SendAsync(HttpMethod.Put, "caps", """{"storage":10,"classB":0,"download":5,"classC":2}""");

        set.ShouldBeOk().Text.ShouldBe("""{"storage":10,"download":5,"classB":0,"classC":2}""");
        // What was had before counts too.
        await b2.RefusedAsync("b2_list_file_names", new() { ["bucketId"] = bucketId }, 403, "transaction_cap_exceeded");
        var target = await b2.UploadUrlAsync(bucketId);
        (await B2Wire.UploadAsync(target, "a", B2Wire.Bytes(11, 7))).ShouldBeRefused(403, "cap_exceeded");
        emulator.SetCaps(new());
        await b2.OkAsync("b2_list_file_names", new() { ["bucketId"] = bucketId });
        (await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "a", B2Wire.Bytes(11, 7))).ShouldBeOk();
        emulator.SetCaps(new() { Storage = 11 });
        await b2.RefusedAsync("b2_get_upload_url", new() { ["bucketId"] = bucketId }, 403, "storage_cap_exceeded");
        await emulator.ResetAsync(Cancelled);
        emulator.Caps.ShouldBe(new EmulatorCaps { ClassC = 100 });
    }

    [Theory]
    [InlineData("""{"classC":-1}""", "class C")]
    [InlineData("""{"classA":1}""", "classA")]
    [InlineData("""{"classB":"x"}""", "classB")]
    public async Task A_cap_that_cannot_be_is_refused_and_named(string caps, string named)
    {
        await using var emulator = await StartAsync(new());

        (await new ControlWire(emulator.Url).SendAsync(HttpMethod.Put, "caps", caps))
            .ShouldBeRefused(400, "bad_request")
            .Text.ShouldContain(named);

        emulator.Caps.ShouldBe(new EmulatorCaps());
    }

    [Fact]
    public async Task They_are_told_and_are_no_less_than_nothing()
    {
        await using var emulator = await StartAsync(
            new()
            {
                Download = 1,
                ClassB = 2,
                ClassC = 3,
            }
        );

        var status = (await new ControlWire(emulator.Url).GetAsync("status")).ShouldBeOk().Json;

        status["caps"]!.ToJsonString().ShouldBe("""{"download":1,"classB":2,"classC":3}""");
        foreach (var options in (B2EmulatorOptions[])[new() { DownloadCap = -1 }, new() { ClassBCap = -1 }, new() { ClassCCap = -1 }])
        {
            await Should.ThrowAsync<ArgumentOutOfRangeException>(() => B2Emulator.StartAsync(options, Cancelled));
        }
        Should.Throw<ArgumentOutOfRangeException>(() => emulator.SetCaps(new() { Storage = -1 }));
    }

    private static Task<B2Wire> AuthorizeAsync(B2Emulator emulator) => B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);

    private static async Task<(B2Wire B2, string BucketName, string FileId)> NewFileAsync(
        B2Emulator emulator,
        int length,
        string type = "allPrivate"
    )
    {
        var b2 = await AuthorizeAsync(emulator);
        const string Name = "a-bucket-of-one";
        var bucketId = await b2.CreateBucketAsync(Name, type);
        var reply = await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "a", B2Wire.Bytes(length, 7));
        return (b2, Name, B2Wire.IdOf(reply.ShouldBeOk().Json));
    }

    private static Task<B2Emulator> StartAsync(EmulatorCaps caps) =>
        B2Emulator.StartAsync(
            new()
            {
                StorageCap = caps.Storage,
                DownloadCap = caps.Download,
                ClassBCap = caps.ClassB,
                ClassCCap = caps.ClassC,
            },
            Cancelled
        );
}
