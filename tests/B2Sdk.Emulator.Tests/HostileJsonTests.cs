namespace B2Sdk.Emulator.Tests;

/// <summary>JSON that is made to confuse whoever reads it.</summary>
public sealed class HostileJsonTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    private const string Lone = "\\ud800";

    public static TheoryData<string, string> LoneSurrogates =>
        new()
        {
            { "b2_list_file_names", $$"""{"{{Lone}}":1,"bucketId":"#"}""" },
            { "b2_list_file_names", $$"""{"bucketId":"#","prefix":"a{{Lone}}"}""" },
            { "b2_list_file_names", """{"bucketId":"#","unknown":{"deep":["\udc00"]}}""" },
            { "b2_update_bucket", $$$"""{"accountId":"@","bucketId":"#","bucketInfo":{"{{{Lone}}}":"x"}}""" },
            { "b2_update_bucket", $$$"""{"accountId":"@","bucketId":"#","bucketInfo":{"a":"{{{Lone}}}"}}""" },
            {
                "b2_update_bucket",
                $$"""{"accountId":"@","bucketId":"#","lifecycleRules":[{"{{Lone}}":1,"fileNamePrefix":"","daysFromHidingToDeleting":1}]}"""
            },
            { "b2_update_bucket", $$"""{"accountId":"@","bucketId":"#","corsRules":[{"corsRuleName":"{{Lone}}"}]}""" },
            { "b2_update_bucket", $$$"""{"accountId":"@","bucketId":"#","defaultServerSideEncryption":{"mode":"{{{Lone}}}"}}""" },
            { "b2_start_large_file", $$$"""{"bucketId":"#","fileName":"a","contentType":"a/b","fileInfo":{"{{{Lone}}}":"x"}}""" },
            { "b2_create_key", $$"""{"accountId":"@","keyName":"{{Lone}}","capabilities":["readFiles"]}""" },
            { "b2_create_key", $$"""{"accountId":"@","keyName":"a","capabilities":["{{Lone}}"]}""" },
        };

    [Theory, MemberData(nameof(LoneSurrogates)), Trait("Fact", "S12")]
    public async Task Half_a_character_is_no_text(string operation, string body)
    {
        var (b2, bucketId) = await NewBucketAsync();

        var reply = await b2.CallTextAsync(
            operation,
            body.Replace("#", bucketId, StringComparison.Ordinal).Replace("@", b2.AccountId, StringComparison.Ordinal)
        );

        reply.ShouldBeRefused(400, "bad_json");
    }

    [Theory, Trait("Fact", "S12")]
    [InlineData("{\"bucketId\":\"\u00ff\"}")]
    [InlineData("{\"\u00c3\u0028\":1}")]
    [InlineData("{\"bucketInfo\":{\"\u00ed\u00a0\u0080\":\"x\"}}")]
    [InlineData("\u00ef\u00bb\u00bf{\"bucketId\":\"a\"}")]
    [InlineData("\u00ff\u00fe{\u0000}\u0000")]
    public async Task A_body_that_is_not_utf8_or_begins_with_a_mark_is_bad_json(string octets)
    {
        var b2 = await NewAccountAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, b2.UrlOf("b2_update_bucket"))
        {
            Content = new ByteArrayContent(Encoding.Latin1.GetBytes(octets)),
        };
        request.Headers.TryAddWithoutValidation("Authorization", b2.Token);

        (await B2Wire.SendAsync(request)).ShouldBeRefused(400, "bad_json");
    }

    [Fact, Trait("Fact", "S14")]
    public async Task Half_a_character_in_the_json_of_a_query_is_no_text()
    {
        var (b2, bucketId) = await NewBucketAsync();

        var reply = await b2.GetAsync(
            "b2_update_bucket",
            ("accountId", b2.AccountId),
            ("bucketId", bucketId),
            ("bucketInfo", $$"""{"{{Lone}}":"x"}""")
        );

        reply.ShouldBeRefused(400, "bad_request");
    }

    [Theory, Trait("Fact", "S14")]
    [InlineData("1e999")]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("1.0")]
    [InlineData("1e2")]
    public async Task A_number_that_is_no_integer_of_64_bits_is_refused(string number)
    {
        var (b2, bucketId) = await NewBucketAsync();

        (await b2.CallTextAsync("b2_list_file_names", $$"""{"bucketId":"{{bucketId}}","maxFileCount":{{number}}}""")).ShouldBeRefused(
            400,
            "bad_request"
        );
    }

    [Fact]
    public async Task Of_two_members_of_one_name_the_last_one_counts()
    {
        var (b2, bucketId) = await NewBucketAsync();
        await b2.UploadAsync(bucketId, "a");
        await b2.UploadAsync(bucketId, "b");

        var reply = await b2.CallTextAsync("b2_list_file_names", $$"""{"prefix":"a","bucketId":"{{bucketId}}","prefix":"b"}""");

        B2Wire.Rows(reply.ShouldBeOk().Json).Select(B2Wire.NameOf).ShouldBe(["b"]);
    }

    [Theory]
    [InlineData("bucketInfo", """{"a":"1","a":"2"}""", """{"a":"2"}""")]
    [InlineData(
        "replicationConfiguration",
        """{"asReplicationDestination":{"sourceToDestinationKeyMapping":{"a":"1","a":"2"}}}""",
        """{"isClientAuthorizedToRead":true,"value":{"asReplicationDestination":{"sourceToDestinationKeyMapping":{"a":"2"}},"asReplicationSource":null}}"""
    )]
    public async Task Of_two_members_of_a_setting_the_last_one_counts(string setting, string given, string told)
    {
        var (b2, bucketId) = await NewBucketAsync();

        var reply = await b2.CallTextAsync(
            "b2_update_bucket",
            $$"""{"accountId":"{{b2.AccountId}}","bucketId":"{{bucketId}}","{{setting}}":{{given}}}"""
        );

        reply.ShouldBeOk().Json[setting]!.ToJsonString().ShouldBe(told);
    }

    [Theory]
    [InlineData("prefix")]
    [InlineData("startFileName")]
    [InlineData("delimiter")]
    public async Task Text_with_a_zero_in_it_is_text_or_refused(string field)
    {
        var (b2, bucketId) = await NewBucketAsync();
        await b2.UploadAsync(bucketId, "a");

        var reply = await b2.CallTextAsync("b2_list_file_versions", $$"""{"bucketId":"{{bucketId}}","{{field}}":"a\u0000b"}""");

        reply.Status.ShouldBeOneOf([200, 400], reply.Text);
    }

    [Fact]
    public async Task A_text_of_a_megabyte_is_refused_for_what_it_is()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var endless = new string('a', 1_000_000);

        await b2.RefusedAsync("b2_get_file_info", new() { ["fileId"] = endless }, 400, "bad_request");
        await b2.RefusedAsync("b2_hide_file", new() { ["bucketId"] = bucketId, ["fileName"] = endless }, 400, "bad_request");
        await b2.RefusedAsync("b2_list_file_names", new() { ["bucketId"] = endless }, 400);
        (await b2.NamesAsync(bucketId, new() { ["prefix"] = endless })).ShouldBeEmpty();
    }
}
