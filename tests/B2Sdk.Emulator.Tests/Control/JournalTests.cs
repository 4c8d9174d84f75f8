namespace B2Sdk.Emulator.Tests.Control;

/// <summary>What was called, and what B2 would charge for it.</summary>
public sealed class JournalTests(EmulatorFixture fixture) : EmulatorTest(fixture, needsSteadiness: true)
{
    [Fact]
    public async Task Every_call_is_written_down_before_its_answer_is_there()
    {
        var b2 = await NewAccountAsync();
        var name = NewBucketName();
        var bucketId = await b2.CreateBucketAsync(name);
        var file = B2Wire.IdOf(await b2.UploadAsync(bucketId, "ä b", "hello"));
        await b2.DownloadByNameAsync(name, "ä b");
        await b2.DownloadByIdAsync(file, method: HttpMethod.Head);
        await b2.CallAsync("b2_get_file_info", new() { ["fileId"] = file + "x" });
        var large = await b2.StartLargeFileAsync(bucketId, "large");
        (await B2Wire.UploadPartAsync(await b2.PartUrlAsync(large), 1, [1, 2, 3])).ShouldBeOk();

        var entries = Emulator.Journal.Read(new() { AccountId = b2.AccountId }).Entries;

        entries
            .Select(entry => entry.Operation)
            .ShouldBe([
                "b2_authorize_account",
                "b2_create_bucket",
                "b2_get_upload_url",
                "b2_upload_file",
                "b2_download_file_by_name",
                "b2_download_file_by_id",
                "b2_get_file_info",
                "b2_start_large_file",
                "b2_get_upload_part_url",
                "b2_upload_part",
            ]);
        entries.ShouldAllBe(entry => entry.ApplicationKeyId == b2.KeyId && entry.Version == 4 && entry.Fault == null);
        entries.Select(entry => entry.Number).ShouldBeInOrder();
        var upload = entries[3];
        (upload.BucketId, upload.FileName, upload.Method, upload.Status, upload.BytesIn).ShouldBe((bucketId, "ä b", "POST", 200, 5));
        upload.BytesOut.ShouldBeGreaterThan(100);
        var download = entries[4];
        (download.BucketName, download.FileName, download.Status, download.BytesIn, download.BytesOut).ShouldBe((name, "ä b", 200, 0, 5));
        (entries[5].Method, entries[5].FileId, entries[5].BucketId, entries[5].BytesOut).ShouldBe(("HEAD", file, bucketId, 0));
        (entries[6].Status, entries[6].Code).ShouldBe((400, "bad_request"));
        (entries[9].FileId, entries[9].BucketId, entries[9].BytesIn).ShouldBe((large, bucketId, 3));
    }

    [Fact]
    public async Task Refused_callers_are_written_down_without_what_they_showed()
    {
        await using var emulator = await B2Emulator.StartAsync(cancellationToken: Cancelled);

        (await B2Wire.TryAuthorizeAsync(emulator.Url, "b2e000000001", "K000AWrongSecret00000000000000000"[..31])).ShouldBeRefused(401);
        (await B2Wire.TryAuthorizeAsync(emulator.Url, "K000SecretGivenForTheId00000000", "b2e000000001")).ShouldBeRefused(401);
        await B2Wire.SendAsync(new(HttpMethod.Post, new Uri(emulator.Url, "b2api/v3/b2_no_such_operation")));
        var journal = (await new ControlWire(emulator.Url).GetAsync("journal")).ShouldBeOk();

        var entries = journal.Json["entries"]!.AsArray();
        entries
            .Select(entry => (B2Wire.Text(entry!["operation"]), B2Wire.Text(entry["code"])))
            .ShouldBe([
                ("b2_authorize_account", "unauthorized"),
                ("b2_authorize_account", "bad_auth_token"),
                ("b2_no_such_operation", "not_found"),
            ]);
        journal.Text.ShouldNotContain("ecret");
    }

    [Fact]
    public async Task No_token_and_no_key_is_in_the_journal()
    {
        var b2 = await NewAccountAsync();
        var name = NewBucketName();
        var bucketId = await b2.CreateBucketAsync(name);
        var key = await b2.CreateKeyAsync(["readFiles"]);
        var target = await b2.UploadUrlAsync(bucketId);
        (await B2Wire.UploadAsync(target, "a", [1])).ShouldBeOk();
        var download = await b2.DownloadTokenAsync(bucketId);
        (await b2.DownloadByNameAsync(name, "a", $"Authorization={Uri.EscapeDataString(download)}", token: null)).ShouldBeOk();
        (await b2.DownloadByNameAsync(name, "a", $"Authorization={Uri.EscapeDataString(b2.Token)}", token: null)).ShouldBeOk();

        var text = (await new ControlWire(Emulator.Url).GetAsync($"journal?accountId={b2.AccountId}")).ShouldBeOk().Text;

        foreach (var secret in (string[])[b2.Token, target.Token, download, B2Wire.Text(key["applicationKey"])])
        {
            text.ShouldNotContain(secret);
            text.ShouldNotContain(Uri.EscapeDataString(secret));
            text.ShouldNotContain(secret[^20..]);
        }
    }

    [Fact]
    public async Task Transactions_are_counted_in_the_classes_of_B2()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var file = B2Wire.IdOf(await b2.UploadAsync(bucketId, "a"));
        await b2.DownloadByIdAsync(file);
        await b2.OkAsync("b2_get_file_info", new() { ["fileId"] = file });
        await b2.NamesAsync(bucketId);
        await b2.CallAsync("b2_list_file_names", new() { ["bucketId"] = "made-up" });
        Emulator.Faults.Add(
            new()
            {
                AccountId = b2.AccountId,
                Operation = "b2_list_keys",
                Status = 503,
            }
        );
        await b2.CallAsync("b2_list_keys", new() { ["accountId"] = b2.AccountId });

        var counts = Emulator.Journal.Count(b2.AccountId);

        // A: URL and upload. B: download and info. C: authorize, bucket and two listings; what the service failed to do is free.
        counts.Transactions.ShouldBe(
            new Dictionary<string, long>
            {
                ["A"] = 2,
                ["B"] = 2,
                ["C"] = 4,
            }
        );
        counts.Operations["b2_list_file_names"].ShouldBe(2);
        counts.Operations["b2_list_keys"].ShouldBe(1);
    }

    [Fact]
    public async Task A_listing_counts_once_for_each_thousand_rows_it_begins()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var targets = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => b2.UploadUrlAsync(bucketId)));
        await Task.WhenAll(
            targets.Select(
                async (target, worker) =>
                {
                    for (var i = worker; i < 1001; i += targets.Length)
                    {
                        (await B2Wire.UploadAsync(target, $"{i:0000}", [])).ShouldBeOk();
                    }
                }
            )
        );
        var before = Emulator.Journal.Count(b2.AccountId).Transactions["C"];

        await b2.NamesAsync(bucketId, new() { ["maxFileCount"] = 1000 });
        await b2.NamesAsync(bucketId, new() { ["maxFileCount"] = 1001 });
        await b2.NamesAsync(bucketId, new() { ["prefix"] = "nothing" });

        Emulator.Journal.Count(b2.AccountId).Transactions["C"].ShouldBe(before + 1 + 2 + 1);
    }

    [Fact]
    public async Task The_journal_is_read_on_from_where_it_was_left_and_filtered()
    {
        await using var emulator = await B2Emulator.StartAsync(cancellationToken: Cancelled);
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        for (var i = 0; i < 5; i++)
        {
            await b2.OkAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId });
        }
        var control = new ControlWire(emulator.Url);

        var first = (await control.GetAsync("journal?limit=2")).ShouldBeOk().Json;
        await b2.RefusedAsync("b2_list_buckets", new() { ["accountId"] = "made-up" }, 400);
        var rest = (await control.GetAsync($"journal?since={first["next"]}&operation=b2_list_buckets&status=200")).ShouldBeOk().Json;

        first["entries"]!.AsArray().Count.ShouldBe(2);
        first["next"]!.GetValue<long>().ShouldBe(2);
        first["missed"]!.GetValue<long>().ShouldBe(0);
        rest["entries"]!.AsArray().Select(entry => entry!["number"]!.GetValue<long>()).ShouldBe([3, 4, 5, 6]);
        rest["next"]!.GetValue<long>().ShouldBe(7);
    }

    [Fact]
    public async Task The_journal_keeps_the_last_calls_and_tells_how_many_are_missing()
    {
        await using var emulator = await B2Emulator.StartAsync(cancellationToken: Cancelled);
        var clock = new EmulatorClock(TimeProvider.System);
        for (var i = 0; i < EmulatorJournal.Capacity + 5; i++)
        {
            emulator.Journal.Add(
                new(clock)
                {
                    Facts = new() { Operation = "b2_list_keys" },
                    Status = 200,
                }
            );
        }

        var page = emulator.Journal.Read(new() { Since = 2, Limit = 1 });

        page.Entries.Single().Number.ShouldBe(6);
        page.Missed.ShouldBe(3);
        emulator.Journal.Count().Operations["b2_list_keys"].ShouldBe(EmulatorJournal.Capacity + 5);
    }

    [Fact]
    public async Task A_cleared_journal_is_empty_and_numbers_go_on()
    {
        await using var emulator = await B2Emulator.StartAsync(cancellationToken: Cancelled);
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);

        (await new ControlWire(emulator.Url).DeleteAsync("journal")).ShouldBeOk();
        await b2.OkAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId });

        var page = emulator.Journal.Read();
        page.Entries.Single().Number.ShouldBe(2);
        page.Missed.ShouldBe(0);
        emulator.Journal.Count().Operations.Keys.ShouldBe(["b2_list_buckets"]);
    }

    [Theory]
    [InlineData("journal?since=soon")]
    [InlineData("journal?limit=0")]
    [InlineData("journal?operations=b2_list_keys")]
    [InlineData("journal/counts?account=x")]
    public async Task What_makes_no_sense_is_refused(string path) =>
        (await new ControlWire(Emulator.Url).GetAsync(path)).ShouldBeRefused(400, "bad_request").Message.ShouldNotContain("Parameter");

    [Fact]
    public async Task The_fault_that_befell_a_call_is_named()
    {
        var b2 = await NewAccountAsync();
        var fault = Emulator.Faults.Add(new() { AccountId = b2.AccountId, Status = 500 });

        await b2.RefusedAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId }, 500);

        var entry = Emulator.Journal.Read(new() { AccountId = b2.AccountId, Status = 500 }).Entries.Single();
        (entry.Fault, entry.Code).ShouldBe((fault.Id, "internal_error"));
    }
}
