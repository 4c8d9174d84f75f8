using System.Net;
using CsCheck;

namespace B2Sdk.Tests.Sessions;

/// <summary>What comes instead of B2's own JSON.</summary>
public sealed class ErrorBodyTests
{
    private static readonly Func<B2ApiOptions, B2ApiOptions> Once = options => options with { Retry = new() { MaxAttempts = 1 } };

    [Theory, Trait("Fact", "C16"), Trait("Need", "43")]
    [InlineData(503, "", "")]
    [InlineData(502, "<html><body>Bad Gateway</body></html>", "non_json_response")]
    [InlineData(500, "{\"code\":\"internal_er", "non_json_response")]
    [InlineData(404, "<html>", "non_json_response")]
    [InlineData(400, "null", "non_json_response")]
    [InlineData(400, "[]", "non_json_response")]
    [InlineData(400, "\"text\"", "non_json_response")]
    [InlineData(400, "{}", "")]
    [InlineData(400, "{\"code\":null,\"message\":null,\"status\":null}", "")]
    [InlineData(400, "{\"code\":7,\"message\":[],\"status\":\"x\"}", "non_json_response")]
    public async Task Every_error_becomes_a_B2Exception_with_its_status(int status, string body, string code)
    {
        await using var rig = await Rig.StartAsync(configure: Once);
        rig.Far.Always("b2_list_buckets", Answer.Body(status, body, "text/html"));

        var failure = await Should.ThrowAsync<B2Exception>(rig.Api.ListBucketsAsync(Rig.Stop));

        ((int?)failure.Status).ShouldBe(status);
        failure.Code.ToString().ShouldBe(code);
        failure.IsTransient.ShouldBe(status >= 500);
        failure.Message.ShouldContain("b2_list_buckets");
        failure.Message.ShouldContain($"{status}");
    }

    [Fact, Trait("Fact", "C16")]
    public async Task An_error_whose_body_breaks_off_keeps_its_status()
    {
        await using var rig = await Rig.StartAsync(configure: Once);
        rig.Far.Always(
            "b2_list_buckets",
            (_, _, _) =>
                Task.FromResult(
                    new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)
                    {
                        Content = new StreamContent(new BrokenOffStream("{\"code\":\"servi"u8.ToArray(), 10, how: null)),
                    }
                )
        );

        (await Should.ThrowAsync<B2Exception>(rig.Api.ListBucketsAsync(Rig.Stop))).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact, Trait("Fact", "C16")]
    public async Task An_endless_error_body_is_not_read_to_its_end()
    {
        await using var rig = await Rig.StartAsync(configure: Once);
        var read = 0L;
        rig.Far.Always(
            "b2_list_buckets",
            (_, _, _) =>
                Task.FromResult(
                    new HttpResponseMessage(HttpStatusCode.BadGateway)
                    {
                        Content = new StreamContent(new OneShotStream(new byte[50_000_000]) { Taken = taken => read = taken }),
                    }
                )
        );

        await Should.ThrowAsync<B2Exception>(rig.Api.ListBucketsAsync(Rig.Stop));

        read.ShouldBeLessThan(1_000_000);
    }

    [Theory, Trait("Fact", "C16"), Trait("Need", "D8"), Trait("Need", "43")]
    [InlineData("")]
    [InlineData("<html>Please sign in to the network</html>")]
    [InlineData("{\"buckets\":[{\"accountId\":")]
    [InlineData("{\"buckets\":null}", false)]
    [InlineData("{\"buckets\":[null]}", false)]
    [InlineData("{\"buckets\":7}", false)]
    [InlineData("{\"buckets\":[{}]}", false)]
    [InlineData("[]", false)]
    [InlineData("null", false)]
    [InlineData("{}", false)]
    public async Task A_success_that_cannot_be_read_is_none(string body, bool isTransient = true)
    {
        await using var rig = await Rig.StartAsync(configure: Once);
        rig.Far.Always("b2_list_buckets", Answer.Body(200, body));

        var failure = await Should.ThrowAsync<B2Exception>(rig.Api.ListBucketsAsync(Rig.Stop));

        // What is whole would be the same again.
        (failure.Code, failure.Status, failure.IsTransient).ShouldBe((B2ErrorCode.NonJsonResponse, HttpStatusCode.OK, isTransient));
    }

    [Theory]
    [InlineData("{\"files\":null}")]
    [InlineData("{\"files\":[null]}")]
    [InlineData("{\"files\":[{\"fileName\":null}]}")]
    public async Task A_listing_that_cannot_be_read_is_none(string body)
    {
        await using var rig = await Rig.StartAsync(configure: Once);
        rig.Far.Always("b2_list_file_names", Answer.Body(200, body));

        await Should.ThrowAsync<B2Exception>(async () => await rig.Bucket.ListAsync(cancellationToken: Rig.Stop).ToListAsync(Rig.Stop));
    }

    [Fact]
    public async Task A_success_that_cannot_be_read_is_asked_for_again()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_list_buckets", Answer.Body(200, ""), Answer.Body(200, "<html>"));

        (await rig.Api.ListBucketsAsync(Rig.Stop)).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(201)]
    [InlineData(204)]
    [InlineData(304)]
    public async Task Only_200_and_206_are_a_success(int status)
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Always("b2_list_buckets", Answer.Body(status, "{\"buckets\":[]}"));

        var failure = await Should.ThrowAsync<B2Exception>(rig.Api.ListBucketsAsync(Rig.Stop));

        ((int?)failure.Status).ShouldBe(status);
    }

    [Fact, Trait("Fact", "C18")]
    public async Task The_status_of_the_answer_counts_and_not_the_one_in_its_body()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_list_buckets", Answer.Body(503, "{\"code\":\"bad_request\",\"message\":\"\",\"status\":400}"));
        await rig.Api.ListBucketsAsync(Rig.Stop);
        rig.Far.Count("b2_list_buckets").ShouldBe(2);
        rig.Far.Always("b2_list_buckets", Answer.Body(400, "{\"code\":\"internal_error\",\"message\":\"\",\"status\":503}"));

        var failure = await Should.ThrowAsync<B2Exception>(rig.Api.ListBucketsAsync(Rig.Stop));

        (failure.Status, failure.IsTransient).ShouldBe((HttpStatusCode.BadRequest, false));
    }

    [Theory, Trait("Fact", "C17")]
    [InlineData(404, typeof(B2NotFoundException), false)]
    [InlineData(403, typeof(B2Exception), false)]
    [InlineData(503, typeof(B2Exception), true)]
    public async Task Errors_of_HEAD_are_told_by_their_status(int status, Type type, bool isTransient)
    {
        await using var rig = await Rig.StartAsync(configure: Once);
        rig.Far.Always("b2_download_file_by_name", Answer.Body(status, ""));

        var failure = await Should.ThrowAsync<B2Exception>(rig.Bucket.GetFileInfoByNameAsync("a", cancellationToken: Rig.Stop));

        failure.ShouldBeOfType(type);
        (failure.Code.ToString(), failure.IsTransient).ShouldBe(("", isTransient));
        rig.Far.Last("b2_download_file_by_name").Method.ShouldBe("HEAD");
    }

    [Theory, Trait("Fact", "C15")]
    [InlineData("b2_delete_file_version", 400, "file_not_present", true)]
    [InlineData("b2_hide_file", 400, "no_such_file", true)]
    [InlineData("b2_get_file_info", 404, "not_found", true)]
    [InlineData("b2_get_file_info", 400, "bad_bucket_id", true)]
    [InlineData("b2_get_file_info", 400, "bad_request", false)]
    public async Task What_is_not_there_has_an_exception_of_its_own(string operation, int status, string code, bool isNotFound)
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Always(operation, Answer.Error(status, code, "Bucket 1234567 does not exist"));

        var failure = await Should.ThrowAsync<B2Exception>(
            operation switch
            {
                "b2_delete_file_version" => rig.Bucket.DeleteFileVersionAsync("a", "4_z1", cancellationToken: Rig.Stop),
                "b2_hide_file" => rig.Bucket.HideFileAsync("a", Rig.Stop),
                _ => rig.Api.GetFileInfoByIdAsync("4_z1", Rig.Stop),
            }
        );

        (failure is B2NotFoundException).ShouldBe(isNotFound);
        (failure.Code.Value, (int?)failure.Status, failure.Operation).ShouldBe((code, status, operation));
        failure.Subject.ShouldNotBeNull();
        failure.Message.ShouldContain($"'{failure.Subject}'");
    }

    [Fact, Trait("Fact", "C16"), Trait("Need", "43")]
    public async Task Random_bodies_never_break_the_client()
    {
        await using var rig = await Rig.StartAsync(configure: Once);
        var bodies = Gen.OneOf(
            Gen.Byte.Array[0, 200].Select(System.Text.Encoding.Latin1.GetString),
            Gen.Char["{}[]\":,nulltrue0.e-\\u code"].Array[0, 60].Select(characters => new string(characters))
        );

        await Gen.Select(bodies, Pick.From(200, 400, 401, 403, 404, 500, 503))
            .SampleAsync(
                async (body, status) =>
                {
                    rig.Far.Always("b2_list_buckets", Answer.Body(status, body));
                    var failure = await Record.ExceptionAsync(() => rig.Api.ListBucketsAsync(Rig.Stop));
                    (failure is null or B2Exception).ShouldBeTrue($"{failure}");
                },
                iter: 300,
                threads: 1
            );
    }
}
