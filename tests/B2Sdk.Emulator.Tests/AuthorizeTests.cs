namespace B2Sdk.Emulator.Tests;

/// <summary>b2_authorize_account, in all the shapes it has had.</summary>
public sealed class AuthorizeTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    private const string WellFormedKey = "K000aaaaaaaaaaaaaaaaaaaaaaaaaaa";

    public static TheoryData<string> Versions => ["v1", "v2", "v3", "v4"];

    [Theory, MemberData(nameof(Versions)), Trait("Fact", "S21"), Trait("Fact", "S61")]
    public async Task The_master_key_authorizes_and_its_id_is_the_account_id(string version)
    {
        var account = await NewEmulatorAccountAsync();

        var b2 = await B2Wire.AuthorizeAsync(Emulator.Url, account, version);

        b2.AccountId.ShouldBe(account.AccountId);
        account.ApplicationKeyId.ShouldBe(account.AccountId);
        account.AccountId.ShouldMatch("^[0-9a-f]{12}$");
        await b2.OkAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId });
    }

    [Fact, Trait("Fact", "S21")]
    public async Task The_account_made_at_start_has_the_published_key()
    {
        Emulator.Account.ApplicationKeyId.ShouldBe(B2EmulatorOptions.DefaultApplicationKeyId);
        Emulator.Account.ApplicationKey.ShouldBe(B2EmulatorOptions.DefaultApplicationKey);

        var b2 = await B2Wire.AuthorizeAsync(Emulator.Url, Emulator.Account);

        b2.AccountId.ShouldBe(Emulator.Account.AccountId);
    }

    [Fact]
    public void An_account_does_not_print_its_key()
    {
        Emulator.Account.ToString().ShouldNotContain(Emulator.Account.ApplicationKey);
    }

    [Fact]
    public async Task Urls_in_the_answer_follow_the_host_of_the_request()
    {
        var account = await NewEmulatorAccountAsync();
        var byName = new UriBuilder(Emulator.Url) { Host = "localhost" }.Uri;
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Emulator.Url, "b2api/v4/b2_authorize_account"))
        {
            Headers = { Authorization = B2Wire.Basic($"{account.ApplicationKeyId}:{account.ApplicationKey}"), Host = byName.Authority },
        };

        var storage = (await B2Wire.SendAsync(request)).ShouldBeOk().Json["apiInfo"]!["storageApi"]!;

        new Uri(B2Wire.Text(storage["apiUrl"])).Authority.ShouldBe(byName.Authority);
        new Uri(B2Wire.Text(storage["downloadUrl"])).Authority.ShouldBe(byName.Authority);
    }

    [Fact]
    public async Task Part_sizes_are_those_the_emulator_was_started_with()
    {
        var b2 = await NewAccountAsync();

        b2.Storage["absoluteMinimumPartSize"]!.GetValue<long>().ShouldBe(EmulatorFixture.MinimumPartSize);
        b2.Storage["recommendedPartSize"]!.GetValue<long>().ShouldBe(EmulatorFixture.RecommendedPartSize);
    }

    [Theory, MemberData(nameof(Versions)), Trait("Fact", "S22"), Trait("Fact", "S23")]
    public async Task A_wrong_secret_and_an_unknown_key_are_refused_alike(string version)
    {
        var account = await NewEmulatorAccountAsync();

        var wrongSecret = await B2Wire.TryAuthorizeAsync(Emulator.Url, account.ApplicationKeyId, WellFormedKey, version);
        var unknownKey = await B2Wire.TryAuthorizeAsync(Emulator.Url, "0123456789ab", WellFormedKey, version);

        wrongSecret.ShouldBeRefused(401, "unauthorized");
        wrongSecret.Header("WWW-Authenticate").ShouldBe("BASIC realm=\"authorize_account\"");
        unknownKey.ShouldBeRefused(401, "unauthorized");
        unknownKey.Header("WWW-Authenticate").ShouldBe("BASIC realm=\"authorize_account\"");
        unknownKey.Text.ShouldBe(wrongSecret.Text);
    }

    [Fact, Trait("Fact", "S22")]
    public async Task A_secret_of_other_letters_is_as_wrong_as_any()
    {
        var account = await NewEmulatorAccountAsync();

        var reply = await B2Wire.TryAuthorizeAsync(Emulator.Url, account.ApplicationKeyId, new string('0', WellFormedKey.Length));

        reply.ShouldBeRefused(401, "unauthorized");
    }

    [Fact, Trait("Fact", "S21")]
    public async Task Tokens_stand_in_a_query_as_they_are()
    {
        var (b2, bucketId) = await NewBucketAsync();

        string[] tokens =
        [
            b2.Token,
            (await b2.UploadUrlAsync(bucketId)).Token,
            .. await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => b2.DownloadTokenAsync(bucketId))),
        ];

        tokens.ShouldAllBe(token => token.All(character => char.IsAsciiLetterOrDigit(character) || "-_=".Contains(character)));
    }

    [Fact, Trait("Fact", "S21")]
    public async Task Behind_a_proxy_that_ends_tls_the_urls_are_https()
    {
        var account = await NewEmulatorAccountAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Emulator.Url, "b2api/v4/b2_authorize_account"))
        {
            Headers = { Authorization = B2Wire.Basic($"{account.ApplicationKeyId}:{account.ApplicationKey}"), Host = "api.b2.example" },
        };
        request.Headers.Add("X-Forwarded-Proto", "https");

        var reply = (await B2Wire.SendAsync(request)).ShouldBeOk();

        foreach (var url in (string[])["apiUrl", "downloadUrl", "s3ApiUrl"])
        {
            reply.Json["apiInfo"]!["storageApi"]![url]!.GetValue<string>().ShouldBe("https://api.b2.example");
        }
    }

    [Fact, Trait("Fact", "S21")]
    public async Task Who_calls_without_a_host_is_told_where_he_arrived()
    {
        var account = await NewEmulatorAccountAsync();
        await using var connection = await RawConnection.OpenAsync(Emulator.Url);
        var credentials = B2Wire.Basic($"{account.ApplicationKeyId}:{account.ApplicationKey}");

        await connection.SendAsync($"GET /b2api/v4/b2_authorize_account HTTP/1.0\r\nAuthorization: {credentials}\r\n\r\n");
        var (status, body) = await connection.ReadReplyAsync();

        status.ShouldBe(200, body);
        body.ShouldContain($"\"apiUrl\":\"{Emulator.Url.GetLeftPart(UriPartial.Authority)}\"");
    }

    [Theory, Trait("Fact", "S22")]
    [InlineData("not-a-key-id", WellFormedKey)]
    [InlineData("0123456789ab", "short")]
    public async Task Misshapen_credentials_are_a_bad_token(string keyId, string key)
    {
        var reply = await B2Wire.TryAuthorizeAsync(Emulator.Url, keyId, key);

        reply.ShouldBeRefused(401, "bad_auth_token");
        reply.Header("WWW-Authenticate").ShouldBe("BASIC realm=\"authorize_account\"");
    }

    [Theory, Trait("Fact", "S24")]
    [InlineData(null)]
    [InlineData("Basic")]
    [InlineData("Basic !!!")]
    [InlineData("Basic bm8tY29sb24=")]
    [InlineData("Bearer abc")]
    public async Task Without_usable_credentials_nobody_is_authorized(string? authorization)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Emulator.Url, "b2api/v4/b2_authorize_account"));
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        var reply = await B2Wire.SendAsync(request);
        reply.ShouldBeRefused(401, authorization is null ? "missing_auth_token" : "bad_auth_token");
        reply.Header("WWW-Authenticate").ShouldBe("BASIC realm=\"authorize_account\"");
    }

    [Fact, Trait("Fact", "S25")]
    public async Task Only_v1_has_a_minimum_part_size()
    {
        foreach (var version in (string[])["v1", "v2", "v3", "v4"])
        {
            var b2 = await NewAccountAsync(version);
            b2.Storage.ContainsKey("minimumPartSize").ShouldBe(version == "v1", version);
            b2.Authorization.ContainsKey("minimumPartSize").ShouldBe(version == "v1", version);
        }

        var v1 = await NewAccountAsync("v1");
        v1.Storage["minimumPartSize"]!.GetValue<long>().ShouldBe(EmulatorFixture.RecommendedPartSize);
    }

    [Fact, Trait("Fact", "S26"), Trait("Fact", "S27"), Trait("Fact", "S28"), Trait("Fact", "S30")]
    public async Task A_restricted_key_is_described_in_the_manner_of_each_version()
    {
        var master = await NewAccountAsync();
        var name = NewBucketName();
        var bucketId = await master.CreateBucketAsync(name);
        var key = await master.CreateKeyAsync(["listFiles", "readFiles"], [bucketId], "photos/");
        async Task<JsonObject> AuthorizeAsync(string version) =>
            (
                await B2Wire.AuthorizeAsync(Emulator.Url, B2Wire.Text(key["applicationKeyId"]), B2Wire.Text(key["applicationKey"]), version)
            ).Authorization;

        var v2 = await AuthorizeAsync("v2");
        var v3 = await AuthorizeAsync("v3");
        var v4 = await AuthorizeAsync("v4");

        v2["allowed"]!["bucketId"]!.GetValue<string>().ShouldBe(bucketId);
        v2["allowed"]!["bucketName"]!.GetValue<string>().ShouldBe(name);
        v2["allowed"]!["namePrefix"]!.GetValue<string>().ShouldBe("photos/");
        v3["apiInfo"]!["storageApi"]!["bucketId"]!.GetValue<string>().ShouldBe(bucketId);
        v3["apiInfo"]!["storageApi"]!["bucketName"]!.GetValue<string>().ShouldBe(name);
        v3["apiInfo"]!["storageApi"]!["namePrefix"]!.GetValue<string>().ShouldBe("photos/");
        v3["apiInfo"]!["storageApi"]!["infoType"]!.GetValue<string>().ShouldBe("storageApi");
        var allowed = v4["apiInfo"]!["storageApi"]!["allowed"]!;
        allowed["buckets"]!.ToJsonString().ShouldBe($$"""[{"id":"{{bucketId}}","name":"{{name}}"}]""");
        allowed["namePrefix"]!.GetValue<string>().ShouldBe("photos/");
        foreach (var capabilities in (JsonNode[])[v2["allowed"]!, v3["apiInfo"]!["storageApi"]!, allowed])
        {
            capabilities["capabilities"]!
                .AsArray()
                .Select(c => c!.GetValue<string>())
                .ShouldBe(["listFiles", "readFiles"], ignoreOrder: true);
        }
    }

    [Fact, Trait("Fact", "S29")]
    public async Task An_unrestricted_key_has_null_for_buckets_and_every_capability()
    {
        var b2 = await NewAccountAsync();

        var allowed = b2.Storage["allowed"]!.AsObject();

        allowed.ContainsKey("buckets").ShouldBeTrue();
        allowed["buckets"].ShouldBeNull();
        allowed["namePrefix"].ShouldBeNull();
        string[] some =
        [
            "listKeys",
            "writeKeys",
            "deleteKeys",
            "writeBuckets",
            "readFiles",
            "writeFiles",
            "bypassGovernance",
            "shareFiles",
        ];
        some.ShouldBeSubsetOf([.. allowed["capabilities"]!.AsArray().Select(c => c!.GetValue<string>())]);
    }

    [Fact, Trait("Fact", "S31")]
    public async Task A_deleted_bucket_has_lost_its_name()
    {
        var (master, bucketId) = await NewBucketAsync();
        var key = await master.CreateKeyAsync(["listFiles"], [bucketId]);
        await master.OkAsync("b2_delete_bucket", new() { ["accountId"] = master.AccountId, ["bucketId"] = bucketId });

        var b2 = await B2Wire.AuthorizeAsync(Emulator.Url, B2Wire.Text(key["applicationKeyId"]), B2Wire.Text(key["applicationKey"]));

        b2.Storage["allowed"]!["buckets"]!.ToJsonString().ShouldBe($$"""[{"id":"{{bucketId}}","name":null}]""");
    }

    [Theory, Trait("Fact", "S32"), Trait("Fact", "S33")]
    [InlineData("v3")]
    [InlineData("v4")]
    public async Task The_answer_tells_when_the_key_expires(string version)
    {
        var master = await NewAccountAsync(version);

        var key = await master.CreateKeyAsync(["listFiles"], validDurationInSeconds: 1_000);
        var b2 = await B2Wire.AuthorizeAsync(
            Emulator.Url,
            B2Wire.Text(key["applicationKeyId"]),
            B2Wire.Text(key["applicationKey"]),
            version
        );

        master.Authorization.ContainsKey("applicationKeyExpirationTimestamp").ShouldBeTrue();
        master.Authorization["applicationKeyExpirationTimestamp"].ShouldBeNull();
        b2.Authorization["applicationKeyExpirationTimestamp"]!.GetValue<long>().ShouldBe(key["expirationTimestamp"]!.GetValue<long>());
    }

    [Fact, Trait("Fact", "S34"), Trait("Fact", "S35")]
    public async Task A_key_to_several_buckets_authorizes_in_v4_alone()
    {
        var (master, first) = await NewBucketAsync();
        var second = await master.CreateBucketAsync();
        var key = await master.CreateKeyAsync(["listFiles"], [first, second]);
        Task<WireReply> TryAsync(string version) =>
            B2Wire.TryAuthorizeAsync(Emulator.Url, B2Wire.Text(key["applicationKeyId"]), B2Wire.Text(key["applicationKey"]), version);

        (await TryAsync("v1")).ShouldBeRefused(401, "unauthorized");
        (await TryAsync("v2")).ShouldBeRefused(401, "unauthorized");
        (await TryAsync("v3")).ShouldBeRefused(401, "unauthorized");
        var v4 = (await TryAsync("v4")).ShouldBeOk().Json;

        v4["apiInfo"]!["storageApi"]!["allowed"]!["buckets"]!
            .AsArray()
            .Select(b => B2Wire.Text(b!["id"]))
            .ShouldBe([first, second], ignoreOrder: true);
    }

    [Fact]
    public async Task A_v3_key_to_one_bucket_works_in_every_version()
    {
        var (master, bucketId) = await NewBucketAsync("v3");
        var key = await master.OkAsync(
            "b2_create_key",
            new()
            {
                ["accountId"] = master.AccountId,
                ["capabilities"] = B2Wire.Strings("listFiles"),
                ["keyName"] = "old",
                ["bucketId"] = bucketId,
            }
        );

        foreach (var version in (string[])["v1", "v2", "v3", "v4"])
        {
            var b2 = await B2Wire.AuthorizeAsync(
                Emulator.Url,
                B2Wire.Text(key["applicationKeyId"]),
                B2Wire.Text(key["applicationKey"]),
                version
            );
            await b2.NamesAsync(bucketId);
        }
    }
}
