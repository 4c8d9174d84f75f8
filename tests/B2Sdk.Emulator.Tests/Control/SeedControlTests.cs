namespace B2Sdk.Emulator.Tests.Control;

/// <summary>Seeds for an emulator that is running. Each test has one of its own, as they fill the account that all would share.</summary>
public sealed class SeedControlTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Root => Path.GetDirectoryName(_folder.Data)!;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_description_is_added_to_what_is_there()
    {
        await using var emulator = await StartAsync();
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        await b2.CreateBucketAsync("there-before");

        (
            await new ControlWire(emulator.Url).PostAsync(
                "seed",
                """
                {
                  // As in a file.
                  "buckets": [{ "bucketName": "seeded-bucket", "bucketInfo": { "a": "b" }, "files": [
                    { "fileName": "a.txt", "content": "hello" }, { "fileName": "many/{n}", "size": 3, "repeat": 20 }, { "fileName": "gone", "content": "x", "hide": true }
                  ] }],
                  "keys": [{ "applicationKeyId": "reader", "applicationKey": "K000reader", "keyName": "reader", "capabilities": ["readFiles"], "bucketNames": ["there-before"] }],
                  "accounts": [{ "applicationKeyId": "other", "applicationKey": "K000other", "buckets": [{ "bucketName": "other-bucket" }] }]
                }
                """
            )
        ).ShouldBeOk();

        (await b2.DownloadByNameAsync("seeded-bucket", "a.txt")).ShouldBeOk().Text.ShouldBe("hello");
        (await NamesAsync(emulator)).ShouldBe(["seeded-bucket", "there-before"]);
        (await b2.DownloadByNameAsync("seeded-bucket", "many/19")).ShouldBeOk().Body.Length.ShouldBe(3);
        (await b2.DownloadByNameAsync("seeded-bucket", "gone")).ShouldBeRefused(404);
        await B2Wire.AuthorizeAsync(emulator.Url, "reader", "K000reader");
        await B2Wire.AuthorizeAsync(emulator.Url, "other", "K000other");
    }

    [Fact]
    public async Task A_bucket_and_an_account_that_are_there_are_filled_when_nothing_else_is_asked()
    {
        await using var emulator = await StartAsync();
        var control = new ControlWire(emulator.Url);
        var other = await emulator.CreateAccountAsync(Cancelled);
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, other);
        await b2.CreateBucketAsync("others-bucket");

        (await control.PostAsync("seed", AccountSeed(other.ApplicationKey, """{ "fileName": "a", "content": "one" }"""))).ShouldBeOk();
        (await control.PostAsync("seed", AccountSeed(other.ApplicationKey, """{ "fileName": "a", "content": "two" }"""))).ShouldBeOk();

        (await b2.DownloadByNameAsync("others-bucket", "a")).ShouldBeOk().Text.ShouldBe("two");
        (await control.PostAsync("seed", AccountSeed("K000wrong", ""))).ShouldBeRefused(400).Text.ShouldContain("with another key");
        await B2Wire.AuthorizeAsync(emulator.Url, other);

        string AccountSeed(string key, string file) =>
            $$"""{ "accounts": [{ "applicationKeyId": "{{other.ApplicationKeyId}}", "applicationKey": "{{key}}", "buckets": [{ "bucketName": "others-bucket", "files": [{{file}}] }] }] }""";
    }

    [Fact]
    public async Task Files_come_in_parts_of_a_form_in_any_order()
    {
        await using var emulator = await StartAsync(_folder.Data);
        var large = new byte[3_000_000];
        new Random(1).NextBytes(large);
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(large), "large" },
            {
                new StringContent(
                    """{ "buckets": [{ "bucketName": "seeded-bucket", "files": [{ "fileName": "small", "contentFile": "small one" }, { "fileName": "large", "contentFile": "large" }] }] }"""
                ),
                "seed"
            },
            { new StringContent("small"), "small one" },
        };

        (await SendAsync(emulator, form)).ShouldBeOk();

        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        (await b2.DownloadByNameAsync("seeded-bucket", "small")).ShouldBeOk().Text.ShouldBe("small");
        (await b2.DownloadByNameAsync("seeded-bucket", "large")).ShouldBeOk().Body.ShouldBe(large);
        Directory.GetFileSystemEntries(Path.Combine(_folder.Data, "seeds")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_emulators_own_disk_is_not_read_for_callers()
    {
        await using var emulator = await StartAsync();
        var path = Path.Combine(Root, "secret.txt");
        await File.WriteAllTextAsync(path, "secret", Cancelled);
        var seed = $$"""{ "buckets": [{ "bucketName": "seeded-bucket", "files": [{ "fileName": "a", "contentFile": "{{path}}" }] }] }""";
        using var form = new MultipartFormDataContent { { new StringContent(seed), "seed" } };

        (await new ControlWire(emulator.Url).PostAsync("seed", seed)).ShouldBeRefused(400, "bad_request").Text.ShouldContain("contentFile");
        (await SendAsync(emulator, form)).ShouldBeRefused(400, "bad_request").Text.ShouldContain("files[0] 'a'");

        (await NamesAsync(emulator)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{ "fileName": "\u0001", "content": "x" }""", "below 32")]
    [InlineData("""{ "fileName": "b", "content": "x", "fileInfo": { "no good": "x" } }""", "no good")]
    [InlineData("""{ "fileName": "b", "contentBase64": "%" }""", "base64")]
    [InlineData("""{ "fileName": "b", "contentFile": "b" }""", "contentFile")]
    [InlineData("""{ "fileName": "b", "size": "11TB" }""", "'size'")]
    public async Task What_is_wrong_with_the_last_file_is_found_before_anything_is_done(string file, string said)
    {
        await using var emulator = await StartAsync();

        var reply = await new ControlWire(emulator.Url).PostAsync(
            "seed",
            $$"""{ "buckets": [{ "bucketName": "first-bucket" }, { "bucketName": "second-bucket", "files": [{ "fileName": "a", "content": "x" }, {{file}}] }] }"""
        );

        reply.ShouldBeRefused(400, "bad_request").Text.ShouldContain(said);
        reply.Text.ShouldContain("buckets[1] 'second-bucket', files[1]");
        (await NamesAsync(emulator)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(
        """{ "buckets": [{ "bucketName": "new-bucket" }, { "bucketName": "there-before", "bucketType": "allPrivate" }] }""",
        "already"
    )]
    [InlineData("""{ "buckets": [{ "bucketName": "new-bucket" }, { "bucketName": "others-bucket" }] }""", "another account")]
    [InlineData("""{ "buckets": [{ "bucketName": "new-bucket" }, { "bucketName": "bad_name" }] }""", "6 to 63 letters")]
    [InlineData("""{ "buckets": [{ "bucketName": "new-bucket" }, { "bucketName": "new-bucket2", "bucketType": "none" }] }""", "bucketType")]
    [InlineData(
        """{ "buckets": [{ "bucketName": "new-bucket" }], "keys": [{ "applicationKeyId": "k", "applicationKey": "s", "keyName": "k", "capabilities": ["fly"] }] }""",
        "fly"
    )]
    [InlineData(
        """{ "buckets": [{ "bucketName": "new-bucket" }], "keys": [{ "applicationKeyId": "b2e000000001", "applicationKey": "s", "keyName": "k", "capabilities": ["readFiles"] }] }""",
        "there is a key 'b2e000000001' already"
    )]
    [InlineData(
        """{ "buckets": [{ "bucketName": "new-bucket" }], "keys": [{ "applicationKeyId": "k", "applicationKey": "s", "keyName": "k", "capabilities": ["readFiles"], "bucketNames": ["no-such-bucket"] }] }""",
        "no-such-bucket"
    )]
    [InlineData("""{ "buckets": [{ "bucketName": "new-bucket" }], "buckets2": [] }""", "'buckets2' is not known")]
    public async Task What_cannot_be_beside_what_is_there_is_refused_before_anything_is_done(string seed, string said)
    {
        await using var emulator = await StartAsync();
        await (await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account)).CreateBucketAsync("there-before");
        var other = await emulator.CreateAccountAsync(Cancelled);
        await (await B2Wire.AuthorizeAsync(emulator.Url, other)).CreateBucketAsync("others-bucket");

        (await new ControlWire(emulator.Url).PostAsync("seed", seed)).ShouldBeRefused(400, "bad_request").Text.ShouldContain(said);

        (await NamesAsync(emulator)).ShouldBe(["there-before"]);
        await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
    }

    [Theory]
    [InlineData("{", "bad_json")]
    [InlineData("[]", "bad_request")]
    public async Task What_is_no_description_is_refused(string seed, string code)
    {
        await using var emulator = await StartAsync();

        (await new ControlWire(emulator.Url).PostAsync("seed", seed)).ShouldBeRefused(400, code);
        (await SendAsync(emulator, new StringContent("x", Encoding.UTF8, "multipart/form-data"))).ShouldBeRefused(400, "bad_request");
        using var form = new MultipartFormDataContent { { new StringContent("{}"), "sead" } };
        (await SendAsync(emulator, form)).ShouldBeRefused(400, "bad_request").Text.ShouldContain("'seed' is missing");
        using var twice = new MultipartFormDataContent { { new StringContent("{}"), "seed" }, { new StringContent("{}"), "seed" } };
        (await SendAsync(emulator, twice)).ShouldBeRefused(400, "bad_request").Text.ShouldContain("two parts");
        (await SendAsync(emulator, CutForm())).ShouldBeRefused(400, "bad_request");

        static StringContent CutForm()
        {
            var content = new StringContent("--x\r\nContent-Disposition: form-data; name=seed\r\n\r\n{}");
            content.Headers.ContentType = new("multipart/form-data") { Parameters = { new("boundary", "x") } };
            return content;
        }
    }

    [Fact]
    public async Task Faults_do_not_befall_a_seed_and_the_journal_does_not_tell_of_it()
    {
        await using var emulator = await StartAsync();
        emulator.Faults.Add(new() { Operation = "b2_upload_file", Status = 503 });

        await emulator.SeedAsync("hostile", Cancelled);

        emulator.Faults.Active.Single().Matched.ShouldBe(0);
        emulator.Journal.Read().Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_hostile_names_are_asked_for_by_a_member_and_are_gone_after_a_reset()
    {
        await using var emulator = await StartAsync();

        (await new ControlWire(emulator.Url).PostAsync("seed", """{ "hostile": true }""")).ShouldBeOk();

        (await NamesAsync(emulator)).ShouldBe(["hostile-names"]);
        await emulator.ResetAsync(Cancelled);
        (await NamesAsync(emulator)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_seeded_is_replicated_as_uploads_are()
    {
        await using var emulator = await StartAsync();
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        var pair = await Replication.SetUpAsync(b2, b2);
        var buckets = (await b2.OkAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId, ["bucketId"] = pair.Source }))["buckets"]!;

        (
            await new ControlWire(emulator.Url).PostAsync(
                "seed",
                $$"""
                { "buckets": [{ "bucketName": "{{B2Wire.Text(buckets[0]!["bucketName"])}}", "files": [
                  { "fileName": "uploaded", "content": "x" }, { "fileName": "made-up/{n}", "size": 3, "repeat": 3 }
                ] }] }
                """
            )
        ).ShouldBeOk();
        await emulator.SettleAsync(Cancelled);

        (await pair.ReplicasAsync()).Select(B2Wire.NameOf).ShouldBe(["made-up/0", "made-up/1", "made-up/2", "uploaded"]);
    }

    [Fact]
    public async Task A_folder_and_a_file_are_added_from_within()
    {
        var folder = Path.Combine(Root, "fixtures");
        Directory.CreateDirectory(Path.Combine(folder, "photos-2026"));
        await File.WriteAllTextAsync(Path.Combine(folder, "photos-2026", "cat.txt"), "cat", Cancelled);
        var description = Path.Combine(Root, "seed.json");
        await File.WriteAllTextAsync(
            description,
            """{ "buckets": [{ "bucketName": "photos-2026", "files": [{ "fileName": "dog.txt", "contentFile": "fixtures/photos-2026/cat.txt" }] }] }""",
            Cancelled
        );
        await using var emulator = await StartAsync();

        await emulator.SeedAsync(folder, Cancelled);
        await emulator.SeedAsync(description, Cancelled);

        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        (await b2.DownloadByNameAsync("photos-2026", "cat.txt")).ShouldBeOk().Text.ShouldBe("cat");
        (await b2.DownloadByNameAsync("photos-2026", "dog.txt")).ShouldBeOk().Text.ShouldBe("cat");
        var missing = await Should.ThrowAsync<ArgumentException>(() => emulator.SeedAsync("no-such-seed", Cancelled));
        missing.Message.ShouldContain("no-such-seed");
        var cancelled = new CancellationToken(canceled: true);
        (await Should.ThrowAsync<OperationCanceledException>(() => emulator.SeedAsync(folder, cancelled))).CancellationToken.ShouldBe(
            cancelled
        );
    }

    private static Task<WireReply> SendAsync(B2Emulator emulator, HttpContent body) =>
        B2Wire.SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(emulator.Url, "_emulator/seed")) { Content = body });

    private static async Task<IEnumerable<string>> NamesAsync(B2Emulator emulator)
    {
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        var buckets = (await b2.OkAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId }))["buckets"]!.AsArray();
        return buckets.Select(bucket => B2Wire.Text(bucket!["bucketName"]));
    }

    private static Task<B2Emulator> StartAsync(string? data = null) => B2Emulator.StartAsync(new() { DataDirectory = data }, Cancelled);
}
