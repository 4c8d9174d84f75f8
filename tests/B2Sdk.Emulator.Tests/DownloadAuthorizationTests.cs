namespace B2Sdk.Emulator.Tests;

/// <summary>Download tokens, and the parameters that change the headers of an answer.</summary>
public sealed class DownloadAuthorizationTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    private const string Disposition = "attachment; filename=\"a b.txt\"";

    [Fact, Trait("Fact", "S178")]
    public async Task Tokens_work_in_the_header_and_in_the_query()
    {
        var (b2, name, bucketId) = await NewNamedBucketAsync();
        await b2.UploadAsync(bucketId, "docs/a.txt");
        var token = await b2.DownloadTokenAsync(bucketId, "docs/");

        (await b2.DownloadByNameAsync(name, "docs/a.txt", token: b2.Token)).ShouldBeOk();
        (await b2.DownloadByNameAsync(name, "docs/a.txt", token: token)).ShouldBeOk();
        (await b2.DownloadByNameAsync(name, "docs/a.txt", Query("Authorization", token), token: null)).ShouldBeOk();
        (await b2.DownloadByNameAsync(name, "docs/a.txt", Query("Authorization", b2.Token), token: null)).ShouldBeOk();
        (await b2.DownloadByNameAsync(name, "docs/a.txt", token: token, method: HttpMethod.Head)).Status.ShouldBe(200);
    }

    [Fact, Trait("Fact", "S179")]
    public async Task A_download_token_opens_its_prefix_of_its_bucket_by_name()
    {
        var (b2, name, bucketId) = await NewNamedBucketAsync();
        var otherName = NewBucketName();
        var otherId = await b2.CreateBucketAsync(otherName);
        var id = B2Wire.IdOf(await b2.UploadAsync(bucketId, "docs/a.txt"));
        await b2.UploadAsync(bucketId, "photos/a.jpg");
        await b2.UploadAsync(otherId, "docs/a.txt");
        var token = await b2.DownloadTokenAsync(bucketId, "docs/");

        (await b2.DownloadByNameAsync(name, "docs/a.txt", token: token)).ShouldBeOk();
        (await b2.DownloadByNameAsync(name, "docs/none", token: token)).ShouldBeRefused(404, "not_found");
        (await b2.DownloadByIdAsync(id, token: token)).ShouldBeRefused(401);
        (await b2.DownloadByNameAsync(otherName, "docs/a.txt", token: token)).ShouldBeRefused(401, "unauthorized");
        (await b2.DownloadByNameAsync(name, "photos/a.jpg", token: token)).ShouldBeRefused(401, "unauthorized");
    }

    [Theory, Trait("Fact", "S181")]
    [InlineData(-1, 400)]
    [InlineData(0, 400)]
    [InlineData(1, 200)]
    [InlineData(604_800, 200)]
    [InlineData(604_801, 400)]
    public async Task A_download_token_lives_from_a_second_to_a_week(int seconds, int status)
    {
        var (b2, bucketId) = await NewBucketAsync();

        var reply = await b2.CallAsync(
            "b2_get_download_authorization",
            new()
            {
                ["bucketId"] = bucketId,
                ["fileNamePrefix"] = "",
                ["validDurationInSeconds"] = seconds,
            }
        );

        reply.Status.ShouldBe(status, reply.Text);
        if (status == 200)
        {
            reply.Json.Select(m => m.Key).ShouldBe(["authorizationToken", "bucketId", "fileNamePrefix"]);
        }
    }

    [Fact, Trait("Fact", "S182")]
    public async Task A_token_made_for_one_disposition_asks_for_that()
    {
        var (b2, name, bucketId) = await NewNamedBucketAsync();
        await b2.UploadAsync(bucketId, "a.txt");
        var token = await b2.DownloadTokenAsync(bucketId, "", more: new() { ["b2ContentDisposition"] = Disposition });

        (await b2.DownloadByNameAsync(name, "a.txt", token: token)).ShouldBeRefused(401);
        (await b2.DownloadByNameAsync(name, "a.txt", Query("b2ContentDisposition", "inline"), token)).ShouldBeRefused(401);
        var reply = await b2.DownloadByNameAsync(name, "a.txt", Query("b2ContentDisposition", Disposition), token);

        reply.ShouldBeOk().Header("Content-Disposition").ShouldBe(Disposition);
    }

    [Theory, Trait("Fact", "S183")]
    [InlineData("b2ContentDisposition", "Content-Disposition", Disposition)]
    [InlineData("b2ContentLanguage", "Content-Language", "de")]
    [InlineData("b2Expires", "Expires", "Mon, 02 Feb 2026 03:40:00 GMT")]
    [InlineData("b2CacheControl", "Cache-Control", "max-age=17")]
    [InlineData("b2ContentEncoding", "Content-Encoding", "gzip")]
    [InlineData("b2ContentType", "Content-Type", "text/markdown")]
    public async Task A_query_parameter_overrides_its_header(string parameter, string header, string value)
    {
        var (b2, name, bucketId) = await NewNamedBucketAsync();
        var id = B2Wire.IdOf(await b2.UploadAsync(bucketId, "a.txt", headers: [("X-Bz-Info-b2-content-language", "fr")]));

        (await b2.DownloadByNameAsync(name, "a.txt", Query(parameter, value))).ShouldBeOk().Header(header).ShouldBe(value);
        (await b2.DownloadByIdAsync(id, Query(parameter, value))).ShouldBeOk().Header(header).ShouldBe(value);
    }

    [Fact, Trait("Fact", "S184")]
    public async Task The_file_beats_the_bucket_and_the_query_beats_both()
    {
        var (b2, bucketId) = await NewBucketAsync();
        await b2.OkAsync(
            "b2_update_bucket",
            new()
            {
                ["accountId"] = b2.AccountId,
                ["bucketId"] = bucketId,
                ["bucketInfo"] = new JsonObject { ["Cache-Control"] = "max-age=1" },
            }
        );
        var plain = B2Wire.IdOf(await b2.UploadAsync(bucketId, "plain"));
        var own = B2Wire.IdOf(await b2.UploadAsync(bucketId, "own", headers: [("X-Bz-Info-b2-cache-control", "max-age=2")]));

        (await b2.DownloadByIdAsync(plain)).Header("Cache-Control").ShouldBe("max-age=1");
        (await b2.DownloadByIdAsync(own)).Header("Cache-Control").ShouldBe("max-age=2");
        (await b2.DownloadByIdAsync(own, Query("b2CacheControl", "max-age=3"))).Header("Cache-Control").ShouldBe("max-age=3");
    }

    [Fact, Trait("Fact", "S185")]
    public async Task Reserved_info_becomes_real_headers()
    {
        var (b2, bucketId) = await NewBucketAsync();
        (string Key, string Header, string Value)[] reserved =
        [
            ("b2-content-disposition", "Content-Disposition", Disposition),
            ("b2-content-language", "Content-Language", "de"),
            ("b2-expires", "Expires", "Mon, 02 Feb 2026 03:40:00 GMT"),
            ("b2-cache-control", "Cache-Control", "max-age=17"),
            ("b2-content-encoding", "Content-Encoding", "br"),
        ];
        var file = await b2.UploadAsync(
            bucketId,
            "a",
            headers: [.. reserved.Select(r => ($"X-Bz-Info-{r.Key}", Uri.EscapeDataString(r.Value)))]
        );

        var reply = await b2.DownloadByIdAsync(B2Wire.IdOf(file));

        foreach (var (key, header, value) in reserved)
        {
            reply.Header(header).ShouldBe(value);
            reply.Header($"X-Bz-Info-{key}").ShouldBeNull();
            file["fileInfo"]![key]!.GetValue<string>().ShouldBe(value);
        }
    }

    private static string Query(string name, string value) => $"{name}={Uri.EscapeDataString(value)}";

    private async Task<(B2Wire B2, string Name, string BucketId)> NewNamedBucketAsync()
    {
        var b2 = await NewAccountAsync();
        var name = NewBucketName();
        return (b2, name, await b2.CreateBucketAsync(name));
    }
}
