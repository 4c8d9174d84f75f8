namespace B2Sdk.Emulator.Tests;

/// <summary>How calls travel, whatever they are about: methods, bodies, headers, errors.</summary>
public sealed class TransportTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    public static TheoryData<string> Versions => ["v1", "v2", "v3", "v4"];

    [Theory, MemberData(nameof(Versions)), Trait("Fact", "S1")]
    public async Task Authorize_takes_get_and_post(string version)
    {
        var account = await NewEmulatorAccountAsync();

        var get = await B2Wire.TryAuthorizeAsync(Emulator.Url, account.ApplicationKeyId, account.ApplicationKey, version, HttpMethod.Get);
        var post = await B2Wire.TryAuthorizeAsync(Emulator.Url, account.ApplicationKeyId, account.ApplicationKey, version, HttpMethod.Post);
        var withBody = new HttpRequestMessage(HttpMethod.Post, new Uri(Emulator.Url, $"b2api/{version}/b2_authorize_account"))
        {
            Content = B2Wire.JsonBody("{}"),
            Headers = { Authorization = B2Wire.Basic($"{account.ApplicationKeyId}:{account.ApplicationKey}") },
        };

        get.ShouldBeOk().Json["accountId"]!.GetValue<string>().ShouldBe(account.AccountId);
        post.ShouldBeOk();
        (await B2Wire.SendAsync(withBody)).ShouldBeOk();
    }

    [Theory, MemberData(nameof(Versions)), Trait("Fact", "S2")]
    public async Task Json_operations_take_post_in_every_version(string version)
    {
        var b2 = await NewAccountAsync(version);
        var bucketId = await b2.CreateBucketAsync();
        var file = await b2.UploadAsync(bucketId, "a.txt");
        var fileId = B2Wire.IdOf(file);
        var large = await b2.StartLargeFileAsync(bucketId, "large");

        await b2.OkAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId });
        await b2.OkAsync("b2_update_bucket", new() { ["accountId"] = b2.AccountId, ["bucketId"] = bucketId });
        await b2.OkAsync("b2_list_file_names", new() { ["bucketId"] = bucketId });
        await b2.OkAsync("b2_list_file_versions", new() { ["bucketId"] = bucketId });
        await b2.OkAsync("b2_get_file_info", new() { ["fileId"] = fileId });
        await b2.OkAsync("b2_copy_file", new() { ["sourceFileId"] = fileId, ["fileName"] = "b.txt" });
        await b2.OkAsync("b2_hide_file", new() { ["bucketId"] = bucketId, ["fileName"] = "b.txt" });
        await b2.OkAsync("b2_delete_file_version", new() { ["fileName"] = "a.txt", ["fileId"] = fileId });
        await b2.OkAsync("b2_get_upload_part_url", new() { ["fileId"] = large });
        await b2.OkAsync("b2_list_parts", new() { ["fileId"] = large });
        await b2.OkAsync("b2_list_unfinished_large_files", new() { ["bucketId"] = bucketId });
        await b2.OkAsync("b2_cancel_large_file", new() { ["fileId"] = large });
        await b2.OkAsync("b2_list_keys", new() { ["accountId"] = b2.AccountId });
        await b2.DownloadTokenAsync(bucketId);
        var empty = await b2.CreateBucketAsync();
        await b2.OkAsync("b2_delete_bucket", new() { ["accountId"] = b2.AccountId, ["bucketId"] = empty });
    }

    [Theory, MemberData(nameof(Versions)), Trait("Fact", "S2"), Trait("Fact", "S3"), Trait("Fact", "S13")]
    public async Task Every_operation_is_there_by_post_and_by_get(string version)
    {
        var b2 = await NewAccountAsync(version);

        foreach (var operation in Endpoints.Operations.All.Keys.Where(name => name != "b2_authorize_account"))
        {
            (await b2.CallAsync(operation, [])).ShouldBeRefused(400, "bad_request");
            (await b2.GetAsync(operation)).ShouldBeRefused(400, "bad_request");
        }
    }

    [Theory, MemberData(nameof(Versions)), Trait("Fact", "S3")]
    public async Task Reading_operations_take_get_with_a_query(string version)
    {
        var (b2, bucketId) = await NewBucketAsync(version);
        var file = await b2.UploadAsync(bucketId, "mit Umlaut ä + plus.txt");
        await b2.UploadAsync(bucketId, "z.txt");
        var large = await b2.StartLargeFileAsync(bucketId, "large");

        var names = await b2.GetAsync(
            "b2_list_file_names",
            ("bucketId", bucketId),
            ("maxFileCount", "1"),
            ("startFileName", "mit Umlaut ä + plus.txt")
        );
        B2Wire.Rows(names.ShouldBeOk().Json).Select(B2Wire.NameOf).ShouldBe(["mit Umlaut ä + plus.txt"]);
        var versions = await b2.GetAsync("b2_list_file_versions", ("bucketId", bucketId), ("prefix", "z"));
        B2Wire.Rows(versions.ShouldBeOk().Json).Count.ShouldBe(1);
        (await b2.GetAsync("b2_list_parts", ("fileId", large), ("maxPartCount", "10"))).ShouldBeOk();
        (await b2.GetAsync("b2_list_unfinished_large_files", ("bucketId", bucketId))).ShouldBeOk();
        (await b2.GetAsync("b2_list_keys", ("accountId", b2.AccountId), ("maxKeyCount", "10"))).ShouldBeOk();
        (await b2.GetAsync("b2_get_file_info", ("fileId", B2Wire.IdOf(file)))).ShouldBeOk();
        (await b2.GetAsync("b2_get_upload_url", ("bucketId", bucketId))).ShouldBeOk();
        (await b2.GetAsync("b2_get_upload_part_url", ("fileId", large))).ShouldBeOk();
    }

    [Fact, Trait("Fact", "S3")]
    public async Task A_list_in_a_query_is_json_or_said_again_and_again()
    {
        var b2 = await NewAccountAsync();
        await b2.CreateBucketAsync();
        await b2.CreateBucketAsync(type: "allPublic");
        async Task<int> CountAsync(params (string, string)[] types) =>
            (await b2.GetAsync("b2_list_buckets", [("accountId", b2.AccountId), .. types])).ShouldBeOk().Json["buckets"]!.AsArray().Count;

        (await CountAsync(("bucketTypes", """["allPublic","allPrivate"]"""))).ShouldBe(2);
        (await CountAsync(("bucketTypes", "allPublic"), ("bucketTypes", "allPrivate"))).ShouldBe(2);
        (await CountAsync(("bucketTypes", """["allPublic"]"""))).ShouldBe(1);
    }

    [Fact, Trait("Fact", "S4"), Trait("Fact", "S7"), Trait("Fact", "S8")]
    public async Task Json_answers_say_type_length_and_that_they_are_not_to_be_kept()
    {
        var b2 = await NewAccountAsync();

        var good = await b2.CallAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId });
        var bad = await b2.CallAsync("b2_get_file_info", new() { ["fileId"] = "nonsense" });

        foreach (var reply in (WireReply[])[good, bad])
        {
            reply.ContentHeaders.ContentType!.MediaType.ShouldBe("application/json");
            reply.ContentHeaders.ContentType.CharSet.ShouldNotBeNull().ToLowerInvariant().ShouldBe("utf-8");
            reply.Header("Content-Length").ShouldBe($"{reply.Body.Length}");
            reply.Header("Date").ShouldNotBeNull("clients compare clocks by it");
        }

        good.Header("Cache-Control")!.Split(", ").ShouldBe(["max-age=0", "no-cache", "no-store"], ignoreOrder: true);
        good.Headers.ConnectionClose.ShouldNotBe(true);
        bad.Headers.ConnectionClose.ShouldBe(true);
    }

    [Fact, Trait("Fact", "S5"), Trait("Fact", "S6")]
    public async Task An_error_is_code_message_and_the_status_again()
    {
        var (b2, bucketId) = await NewBucketAsync();

        WireReply[] refusals =
        [
            await b2.RefusedAsync("b2_get_file_info", new() { ["fileId"] = "nonsense" }, 400),
            await b2.CallAsync("b2_list_file_names", new() { ["bucketId"] = bucketId }, token: "made-up"),
            await b2.DownloadByNameAsync("no-such-bucket", "a.txt"),
            await b2.CallAsync("b2_make_coffee", []),
        ];

        foreach (var refusal in refusals)
        {
            refusal.Json.Select(m => m.Key).ShouldBe(["code", "message", "status"]);
            refusal.Json["status"]!.GetValue<int>().ShouldBe(refusal.Status);
            refusal.Json["code"]!.GetValue<string>().ShouldMatch("^[a-z0-9_]+$");
            refusal.Json["message"]!.GetValue<string>().ShouldNotBeNull();
        }
    }

    [Theory, Trait("Fact", "S10")]
    [InlineData("b2_make_coffee")]
    [InlineData("b2_list_file_names/more")]
    [InlineData("")]
    public async Task An_unknown_operation_is_not_found(string operation)
    {
        var b2 = await NewAccountAsync();

        (await b2.CallAsync(operation, [])).ShouldBeRefused(404);
    }

    [Theory, Trait("Fact", "S11")]
    [InlineData("v0")]
    [InlineData("v5")]
    [InlineData("v")]
    [InlineData("4")]
    public async Task An_unknown_version_is_refused(string version)
    {
        var b2 = await NewAccountAsync();

        var reply = await b2.As(version).CallAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId });

        reply.Status.ShouldBeOneOf(400, 404);
        reply.Json["status"]!.GetValue<int>().ShouldBe(reply.Status);
    }

    [Theory, Trait("Fact", "S9")]
    [InlineData("/")]
    [InlineData("/file")]
    [InlineData("/file/")]
    [InlineData("/b2api")]
    [InlineData("/b2api/v4/")]
    [InlineData("/b2api/v4/b2_list_buckets/")]
    [InlineData("/file/bucket/a/../b")]
    [InlineData("//file/bucket/a")]
    public async Task No_path_is_answered_with_a_redirect(string path)
    {
        var b2 = await NewAccountAsync();

        (await b2.DownloadAsync(path)).Status.ShouldBeInRange(400, 499);
    }

    [Fact, Trait("Fact", "S15")]
    public async Task Null_for_an_optional_field_is_the_same_as_leaving_it_out()
    {
        var (b2, bucketId) = await NewBucketAsync();
        await b2.UploadAsync(bucketId, "a.txt");
        var large = await b2.StartLargeFileAsync(bucketId, "large");

        var names = await b2.NamesAsync(
            bucketId,
            new()
            {
                ["startFileName"] = null,
                ["maxFileCount"] = null,
                ["prefix"] = null,
                ["delimiter"] = null,
            }
        );
        var parts = await b2.OkAsync(
            "b2_list_parts",
            new()
            {
                ["fileId"] = large,
                ["startPartNumber"] = null,
                ["maxPartCount"] = null,
            }
        );
        var updated = await b2.OkAsync(
            "b2_update_bucket",
            new()
            {
                ["accountId"] = b2.AccountId,
                ["bucketId"] = bucketId,
                ["bucketInfo"] = null,
                ["corsRules"] = null,
                ["fileLockEnabled"] = null,
                ["ifRevisionIs"] = null,
            }
        );

        names.Select(B2Wire.NameOf).ShouldBe(["a.txt"]);
        parts["parts"]!.AsArray().ShouldBeEmpty();
        updated["bucketType"]!.GetValue<string>().ShouldBe("allPrivate");
    }

    [Fact, Trait("Fact", "S16"), Trait("Fact", "S17")]
    public async Task Escaped_and_plain_text_are_the_same_and_answers_are_plain()
    {
        var (b2, bucketId) = await NewBucketAsync();
        await b2.UploadAsync(bucketId, "grüße-𐐀.txt");

        var plain = await b2.CallTextAsync("b2_list_file_names", $$"""{"bucketId":"{{bucketId}}","prefix":"grüße-𐐀"}""");
        var escaped = await b2.CallTextAsync(
            "b2_list_file_names",
            $$"""{"bucketId":"{{bucketId}}","prefix":"gr\u00fc\u00dfe-\ud801\udc00"}"""
        );

        plain.ShouldBeOk().Text.ShouldContain("\"grüße-𐐀.txt\"");
        escaped.ShouldBeOk().Text.ShouldBe(plain.Text);
    }

    [Fact, Trait("Fact", "S17")]
    public async Task Signs_that_html_would_escape_stay_as_they_are()
    {
        var (b2, bucketId) = await NewBucketAsync();
        await b2.UploadAsync(bucketId, "a&b<c>'d'+é.txt");

        var reply = await b2.CallAsync("b2_list_file_names", new() { ["bucketId"] = bucketId });

        reply.Text.ShouldContain("\"a&b<c>'d'+é.txt\"");
    }

    [Theory, Trait("Fact", "S17")]
    [InlineData("%7F", "\u007f")]
    [InlineData("%7F%C3%A4", "\u007fä")]
    [InlineData("%C2%85%E2%80%A8", "\u0085\u2028")]
    public async Task Nothing_from_a_blank_on_is_escaped_but_quotes_and_backslashes(string encoded, string plain)
    {
        var (b2, bucketId) = await NewBucketAsync();
        await b2.UploadAsync(bucketId, "a", headers: ("X-Bz-Info-sign", encoded));

        var reply = await b2.CallAsync("b2_list_file_names", new() { ["bucketId"] = bucketId });

        reply.Text.ShouldContain($"{{\"sign\":\"{plain}\"}}");
    }

    [Fact, Trait("Fact", "S18")]
    public async Task Head_answers_have_no_body()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var file = await b2.UploadAsync(bucketId, "a.txt");

        var good = await b2.DownloadByIdAsync(B2Wire.IdOf(file), method: HttpMethod.Head);
        var bad = await b2.DownloadByNameAsync("no-such-bucket", "a.txt", method: HttpMethod.Head);
        var unauthorized = await b2.DownloadByIdAsync(B2Wire.IdOf(file), token: null, method: HttpMethod.Head);

        (good.Status, good.Body.Length, good.Header("Content-Length")).ShouldBe((200, 0, "5"));
        (bad.Status, bad.Body.Length).ShouldBe((404, 0));
        (unauthorized.Status, unauthorized.Body.Length).ShouldBe((401, 0));
    }

    [Fact, Trait("Fact", "S19")]
    public async Task Integers_are_plain_digits()
    {
        var (b2, bucketId) = await NewBucketAsync();
        await b2.UploadAsync(bucketId, "a.txt");

        var reply = await b2.CallAsync("b2_list_file_versions", new() { ["bucketId"] = bucketId });

        reply.Text.ShouldContain("\"contentLength\":5,");
        reply.Text.ShouldMatch("\"uploadTimestamp\":[0-9]{13}[,}]");
    }

    [Fact, Trait("Fact", "S20")]
    public async Task Unknown_fields_are_ignored()
    {
        var (b2, bucketId) = await NewBucketAsync();

        await b2.NamesAsync(
            bucketId,
            new()
            {
                ["colour"] = "green",
                ["nested"] = new JsonObject { ["a"] = new JsonArray(1, 2) },
            }
        );
        await b2.OkAsync(
            "b2_start_large_file",
            new()
            {
                ["bucketId"] = bucketId,
                ["fileName"] = "large",
                ["contentType"] = "text/plain",
                ["custom_upload_timestamp"] = null,
            }
        );
    }
}
