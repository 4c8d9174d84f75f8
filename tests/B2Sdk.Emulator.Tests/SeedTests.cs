namespace B2Sdk.Emulator.Tests;

/// <summary>What is there from the start.</summary>
public sealed class SeedTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Root => Path.GetDirectoryName(_folder.Data)!;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Folders_become_buckets_and_loose_files_have_one_of_their_own()
    {
        var seed = Path.Combine(Root, "seed");
        Directory.CreateDirectory(Path.Combine(seed, "photos-2026", "a", "b"));
        await File.WriteAllTextAsync(Path.Combine(seed, "photos-2026", "a", "b", "ü +%.txt"), "deep", Cancelled);
        await File.WriteAllTextAsync(Path.Combine(seed, "loose.txt"), "loose", Cancelled);
        File.SetLastWriteTimeUtc(Path.Combine(seed, "loose.txt"), DateTime.UnixEpoch.AddMilliseconds(1_234_567));
        await using var emulator = await StartAsync(seed);
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);

        (await b2.DownloadByNameAsync("photos-2026", "a/b/ü +%.txt")).ShouldBeOk().Text.ShouldBe("deep");
        var loose = (await b2.DownloadByNameAsync("seed-files", "loose.txt")).ShouldBeOk();

        loose.Text.ShouldBe("loose");
        loose.Header("X-Bz-Info-src_last_modified_millis").ShouldBe("1234567");
    }

    [Fact]
    public async Task A_description_makes_buckets_files_keys_and_accounts()
    {
        await File.WriteAllTextAsync(Path.Combine(Root, "beside.txt"), "beside", Cancelled);
        await using var emulator = await StartAsync(
            await DescribeAsync(
                """
                {
                  // Comments are allowed.
                  "buckets": [{
                    "bucketName": "seeded-bucket", "bucketInfo": { "a": "b" },
                    "files": [
                      { "fileName": "text", "content": "hellö", "contentType": "text/css", "fileInfo": { "author": "Zoë" }, "uploadTimestamp": 1500000000000 },
                      { "fileName": "bytes", "contentBase64": "AAEC" },
                      { "fileName": "beside", "contentFile": "beside.txt" },
                      { "fileName": "zeros", "size": "1MB", "fill": 0 },
                      { "fileName": "huge", "size": "10TB" },
                      { "fileName": "many/{n}", "content": "x", "repeat": 1200 },
                      { "fileName": "hidden", "content": "x", "hide": true }
                    ]
                  }],
                  "keys": [{ "applicationKeyId": "reader", "applicationKey": "K000reader", "keyName": "reader", "capabilities": ["readFiles"], "bucketNames": ["seeded-bucket"], "namePrefix": "te" }],
                  "accounts": [{ "applicationKeyId": "other", "applicationKey": "K000other", "buckets": [{ "bucketName": "other-bucket" }] }]
                }
                """
            )
        );
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        var bucket = (JsonObject)(await BucketsAsync(b2)).Single()!;
        var bucketId = B2Wire.Text(bucket["bucketId"]);

        B2Wire.Text(bucket["bucketType"]).ShouldBe("allPrivate");
        bucket["bucketInfo"]!.ToJsonString().ShouldBe("""{"a":"b"}""");
        var text = (await b2.DownloadByNameAsync("seeded-bucket", "text")).ShouldBeOk();
        text.Text.ShouldBe("hellö");
        text.Header("Content-Type").ShouldBe("text/css");
        text.Header("X-Bz-Info-author").ShouldBe("Zo%C3%AB");
        text.Header("X-Bz-Upload-Timestamp").ShouldBe("1500000000000");
        (await b2.DownloadByNameAsync("seeded-bucket", "bytes")).Body.ShouldBe([0, 1, 2]);
        (await b2.DownloadByNameAsync("seeded-bucket", "beside")).Text.ShouldBe("beside");
        var zeros = (await b2.DownloadByNameAsync("seeded-bucket", "zeros")).ShouldBeOk();
        zeros.Header("X-Bz-Content-Sha1").ShouldBe(B2Wire.Sha1(new byte[1_000_000]));
        zeros.Body.AsSpan().ContainsAnyExcept((byte)0).ShouldBeFalse();
        var names = await b2.NamesAsync(bucketId, new() { ["maxFileCount"] = 10_000 });
        names.Count.ShouldBe(1_200 + 5);
        names.Select(B2Wire.NameOf).ShouldContain("many/0000");
        names.Select(B2Wire.NameOf).ShouldContain("many/1199");
        (await b2.DownloadByNameAsync("seeded-bucket", "hidden")).ShouldBeRefused(404);
        var reader = await B2Wire.AuthorizeAsync(emulator.Url, "reader", "K000reader");
        (await reader.DownloadByNameAsync("seeded-bucket", "text")).ShouldBeOk();
        (await reader.DownloadByNameAsync("seeded-bucket", "bytes")).ShouldBeRefused(401);
        var other = await B2Wire.AuthorizeAsync(emulator.Url, "other", "K000other");
        (await BucketsAsync(other)).Select(row => B2Wire.Text(row!["bucketName"])).ShouldBe(["other-bucket"]);
    }

    [Fact]
    public async Task Ten_terabytes_can_be_read_anywhere_and_take_next_to_nothing()
    {
        const long Size = 10_000_000_000_000;
        await using var emulator = await StartAsync(
            await DescribeAsync("""{ "buckets": [{ "bucketName": "huge-bucket", "files": [{ "fileName": "huge", "size": "10TB" }] }] }"""),
            _folder.Data
        );
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);

        var end = await b2.DownloadByNameAsync("huge-bucket", "huge", headers: [("Range", $"bytes={Size - 1000}-")]);
        var part = await b2.DownloadByNameAsync("huge-bucket", "huge", headers: [("Range", $"bytes={Size - 10}-")]);

        end.Header("Content-Range").ShouldBe($"bytes {Size - 1000}-{Size - 1}/{Size}");
        end.Body.Length.ShouldBe(1000);
        part.Body.ShouldBe(end.Body[^10..]);
        new DirectoryInfo(_folder.Data)
            .EnumerateFiles("*", SearchOption.AllDirectories)
            .Sum(file => file.Length)
            .ShouldBeLessThan(1_000_000);
    }

    [Fact]
    [Trait("Need", "D16")]
    [Trait("Need", "D17")]
    [Trait("Need", "S3")]
    public async Task The_hostile_names_are_all_there_and_so_are_the_sane_ones()
    {
        await using var emulator = await StartAsync("hostile");
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        var bucketId = B2Wire.Text((await BucketsAsync(b2)).Single()!["bucketId"]);

        var rows = await b2.NamesAsync(bucketId, new() { ["maxFileCount"] = 1_000 });
        var names = rows.Select(B2Wire.NameOf).ToList();

        names.ShouldContain("../outside");
        names.ShouldContain("CON");
        names.ShouldContain("invoice\u202Efdp.exe");
        names.ShouldContain("COM9");
        names.ShouldContain("lpt9.txt");
        names.ShouldContain("\\\\server\\share\\file");
        ((string[])["order/a", "order/a/", "order/a/b", "both", "both/file"]).ShouldBeSubsetOf(names);
        names.ShouldContain("sane/one.txt");
        names.ShouldContain("hidden/below");
        names.ShouldNotContain("hidden");
        names.Max(name => Encoding.UTF8.GetByteCount(name)).ShouldBe(1024);
        string[] times = ["", "   ", "yesterday", "-1", "9223372036854775808", "1e3", "NaN", " 1700000000000 ", "-62135596800001"];
        times.ShouldBeSubsetOf(rows.Select(row => (string?)row["fileInfo"]!["src_last_modified_millis"]).OfType<string>());
        foreach (var row in rows)
        {
            (await b2.DownloadByIdAsync(B2Wire.IdOf(row))).ShouldBeOk().Text.ShouldBe(B2Wire.NameOf(row));
        }
    }

    [Fact]
    public async Task A_folder_that_has_buckets_is_not_seeded_again_and_a_reset_seeds_anew()
    {
        var seed = await DescribeAsync(
            """{ "buckets": [{ "bucketName": "seeded-bucket", "files": [{ "fileName": "a", "content": "seeded" }] }] }"""
        );
        await using (var first = await StartAsync(seed, _folder.Data))
        {
            var b2 = await B2Wire.AuthorizeAsync(first.Url, first.Account);
            await b2.UploadAsync(B2Wire.Text((await BucketsAsync(b2)).Single()!["bucketId"]), "a", "changed");
        }

        await using var again = await StartAsync(seed, _folder.Data);
        (await (await B2Wire.AuthorizeAsync(again.Url, again.Account)).DownloadByNameAsync("seeded-bucket", "a")).Text.ShouldBe("changed");
        await again.ResetAsync(Cancelled);

        (await (await B2Wire.AuthorizeAsync(again.Url, again.Account)).DownloadByNameAsync("seeded-bucket", "a")).Text.ShouldBe("seeded");
    }

    [Fact]
    public async Task A_seeding_that_broke_off_is_begun_again()
    {
        var broken = await DescribeAsync(
            """{ "buckets": [{ "bucketName": "first-bucket" }, { "bucketName": "second-bucket", "bucketType": "none" }] }"""
        );
        await Should.ThrowAsync<EmulatorStartException>(() => StartAsync(broken, _folder.Data));
        var whole = await DescribeAsync("""{ "buckets": [{ "bucketName": "first-bucket" }, { "bucketName": "second-bucket" }] }""");

        await using var emulator = await StartAsync(whole, _folder.Data);

        (await BucketsAsync(await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account))).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("""{ "bucket": [] }""", "'bucket' is not known")]
    [InlineData("""{ "buckets": [{ "bucketName": "x" }] }""", "buckets[0]")]
    [InlineData(
        """{ "buckets": [{ "bucketName": "seeded-bucket", "files": [{ "fileName": "a" }] }] }""",
        "content, contentBase64, contentFile, size"
    )]
    [InlineData(
        """{ "buckets": [{ "bucketName": "seeded-bucket", "files": [{ "fileName": "a", "contentFile": "missing" }] }] }""",
        "missing"
    )]
    [InlineData("""{ "buckets": [{ "bucketName": "seeded-bucket", "files": [{ "fileName": "a", "size": "11TB" }] }] }""", "'size'")]
    [InlineData(
        """{ "buckets": [{ "bucketName": "seeded-bucket", "files": [{ "fileName": "a", "content": "x", "repeat": 2 }] }] }""",
        "{n}"
    )]
    [InlineData("""{ "keys": [{ "applicationKeyId": "a", "applicationKey": "b", "keyName": "c", "capabilities": ["fly"] }] }""", "fly")]
    [InlineData("[]", "object")]
    [InlineData("{", "seed.json")]
    public async Task What_is_wrong_with_a_description_is_said_and_where(string description, string said)
    {
        var refusal = await Should.ThrowAsync<EmulatorStartException>(async () => await StartAsync(await DescribeAsync(description)));

        refusal.Message.ShouldContain(said);
    }

    [Fact]
    public async Task A_seed_that_is_not_there_is_named_before_anything_is_done()
    {
        var refusal = await Should.ThrowAsync<EmulatorStartException>(() => StartAsync("no-such-seed", _folder.Data));

        refusal.Message.ShouldContain("no-such-seed");
        Directory.Exists(_folder.Data).ShouldBeFalse();
    }

    [Theory]
    [InlineData("my photos", "6 to 63 letters, digits and hyphens")]
    [InlineData("tiny", "6 to 63 letters, digits and hyphens")]
    [InlineData("b2-photos", "must not start with b2-")]
    public async Task A_folder_whose_name_no_bucket_can_have_is_named_with_the_rule_before_anything_is_done(string name, string rule)
    {
        var seed = Path.Combine(Root, "seed");
        Directory.CreateDirectory(Path.Combine(seed, name));
        Directory.CreateDirectory(Path.Combine(seed, "a-good-one"));
        await using var emulator = await B2Emulator.StartAsync(cancellationToken: Cancelled);

        var atStart = await Should.ThrowAsync<EmulatorStartException>(() => StartAsync(seed));
        var later = await Should.ThrowAsync<ArgumentException>(() => emulator.SeedAsync(seed, Cancelled));

        foreach (var message in (string[])[atStart.Message, later.Message])
        {
            message.ShouldContain($"the folder '{name}'");
            message.ShouldContain(rule);
        }
        (await BucketsAsync(await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Links_in_a_folder_are_not_followed()
    {
        var seed = Path.Combine(Root, "seed");
        Directory.CreateDirectory(Path.Combine(seed, "photos-2026"));
        Directory.CreateDirectory(Path.Combine(Root, "elsewhere"));
        await File.WriteAllTextAsync(Path.Combine(Root, "elsewhere", "secret.txt"), "secret", Cancelled);
        await File.WriteAllTextAsync(Path.Combine(seed, "photos-2026", ".hidden"), "there", Cancelled);
        Directory.CreateSymbolicLink(Path.Combine(seed, "photos-2026", "folder"), Path.Combine(Root, "elsewhere"));
        Directory.CreateSymbolicLink(Path.Combine(seed, "linked-bucket"), Path.Combine(Root, "elsewhere"));
        File.CreateSymbolicLink(Path.Combine(seed, "photos-2026", "file"), Path.Combine(Root, "elsewhere", "secret.txt"));
        await using var emulator = await StartAsync(seed);
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);

        var bucket = (await BucketsAsync(b2)).Single()!;

        (await b2.NamesAsync(B2Wire.Text(bucket["bucketId"]), [])).Select(B2Wire.NameOf).ShouldBe([".hidden"]);
    }

    private static async Task<JsonArray> BucketsAsync(B2Wire b2) =>
        (await b2.OkAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId }))["buckets"]!.AsArray();

    private async Task<string> DescribeAsync(string json)
    {
        var path = Path.Combine(Root, "seed.json");
        await File.WriteAllTextAsync(path, json, Cancelled);
        return path;
    }

    private static Task<B2Emulator> StartAsync(string seed, string? data = null) =>
        B2Emulator.StartAsync(new() { Seed = [seed], DataDirectory = data }, Cancelled);
}
