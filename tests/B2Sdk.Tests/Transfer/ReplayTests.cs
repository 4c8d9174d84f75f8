using Microsoft.Extensions.DependencyInjection;

namespace B2Sdk.Tests.Transfer;

/// <summary>Handlers between the library and the connection that try again on their own.</summary>
public sealed class ReplayTests
{
    [Theory, Trait("Need", "3")]
    [InlineData("b2_upload_file")]
    [InlineData("b2_upload_part")]
    public async Task An_upload_that_a_handler_replays_is_refused_with_a_word_on_the_cause(string operation)
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next(
            operation,
            async (far, exchange, stop) =>
            {
                using (var first = new MemoryStream())
                {
                    await exchange.Content!.CopyToAsync(first, stop);
                }
                using var second = new MemoryStream();
                await exchange.Content!.CopyToAsync(second, stop);
                return await far.AnswerWellAsync(exchange, stop);
            }
        );

        var failure = await Should.ThrowAsync<InvalidOperationException>(
            rig.Bucket.UploadBytesAsync(Rig.Bytes(operation == "b2_upload_file" ? 100 : 25_000), "a", cancellationToken: Rig.Stop)
        );

        failure.Message.ShouldContain("HttpHandler");
        rig.Far.Uploads.ShouldBeEmpty();
    }

    [Fact, Trait("Need", "3")]
    public async Task A_retrying_handler_around_the_far_side_is_found_out()
    {
        using var outer = new RetryingHandler();
        await using var rig = await Rig.StartAsync(configure: options =>
        {
            outer.InnerHandler = options.HttpHandler!;
            return options with { HttpHandler = outer };
        });
        rig.Far.Always("b2_upload_file", Answer.HungUp);

        await Should.ThrowAsync<InvalidOperationException>(rig.Bucket.UploadBytesAsync(Rig.Bytes(100), "a", cancellationToken: Rig.Stop));
    }

    [Fact, Trait("Need", "3")]
    public async Task The_stock_resilience_handler_leaves_calls_alone_and_is_found_out_at_uploads()
    {
        var far = new FarSide(new TestClock());
        var services = new ServiceCollection();
        services
            .AddHttpClient("b2")
            .ConfigurePrimaryHttpMessageHandler(() => far)
            .AddStandardResilienceHandler(options => options.Retry.Delay = TimeSpan.FromMilliseconds(1));
        services
            .AddB2(options => (options.ApplicationKeyId, options.ApplicationKey) = (Rig.KeyId, Rig.Key))
            .Configure<IHttpMessageHandlerFactory>((options, http) => options.HttpHandler = http.CreateHandler("b2"));
        await using var provider = services.BuildServiceProvider();
        var api = provider.GetRequiredService<B2Api>();
        far.AddBucket(Rig.BucketName);
        var bucket = await api.GetBucketByNameAsync(Rig.BucketName, Rig.Stop);

        await bucket.UploadBytesAsync(Rig.Bytes(100), "good", cancellationToken: Rig.Stop);
        far.Next(
            "b2_upload_file",
            async (far, exchange, stop) =>
            {
                await exchange.ReadBodyAsync(stop);
                return await Answer.Error(503, "service_unavailable")(far, exchange, stop);
            }
        );
        var failure = await Should.ThrowAsync<InvalidOperationException>(
            bucket.UploadBytesAsync(Rig.Bytes(100), "bad", cancellationToken: Rig.Stop)
        );

        failure.Message.ShouldContain("sent an upload a second time");
        far.Uploads.ShouldHaveSingleItem().Name.ShouldBe("good");
    }

    private sealed class RetryingHandler : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException)
            {
                return await base.SendAsync(request, cancellationToken);
            }
        }
    }
}
