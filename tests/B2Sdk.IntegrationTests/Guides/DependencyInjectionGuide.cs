using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace B2Sdk.IntegrationTests.Guides;

/// <summary>The code of docs/dependency-injection.md.</summary>
public sealed class DependencyInjectionGuide(EmulatorFixture fixture) : AccountTest(fixture, Scope.Account)
{
    [Fact]
    public async Task Add_a_client_to_a_web_application()
    {
        var builder = NewBuilder("B2");
        await UploadAsync("hello.txt", "hello"u8.ToArray());
        string bucketName = Bucket.Name;

        builder.Services.AddB2(builder.Configuration.GetSection("B2"));
        builder.Services.AddHealthChecks().AddCheck<B2HealthCheck>("b2");

        await using var app = builder.Build();
        app.MapHealthChecks("/health");
        app.MapGet(
            "/files/{**name}",
            async (string name, B2Api b2, CancellationToken cancellationToken) =>
            {
                Bucket bucket = await b2.OpenBucketByNameAsync(bucketName, cancellationToken);
                Stream file = await bucket.OpenReadAsync(name, cancellationToken: cancellationToken);
                return Results.Stream(file);
            }
        );
        await app.StartAsync();

        using var http = new HttpClient { BaseAddress = new(app.Urls.Single()) };
        (await http.GetStringAsync(new Uri("/files/hello.txt", UriKind.Relative))).ShouldBe("hello");
        (await http.GetAsync(new Uri("/health", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Add_several_clients()
    {
        var builder = NewBuilder("Backup", "Media");
        builder.Services.AddB2("backup", builder.Configuration.GetSection("Backup"));
        builder.Services.AddB2("media", builder.Configuration.GetSection("Media"));
        builder.Services.AddTransient<Archive>();
        await using var app = builder.Build();

        (await app.Services.GetRequiredService<Archive>().CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Choose_the_handler()
    {
        var builder = NewBuilder("B2");
        builder
            .Services.AddHttpClient("b2")
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
        builder
            .Services.AddB2(builder.Configuration.GetSection("B2"))
            .Configure<IHttpMessageHandlerFactory>((options, http) => options.HttpHandler = http.CreateHandler("b2"));
        await using var app = builder.Build();

        (await app.Services.GetRequiredService<B2Api>().ListBucketsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Listen_to_it()
    {
        var finished = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == B2Telemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (finished)
                {
                    finished.Add(activity.OperationName);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);

        await Api.ListBucketsAsync();
        TransactionCounts counts = Api.Transactions;
        Console.WriteLine($"{counts.ClassB} calls of class B, {counts.ClassC} of class C");

        finished.ShouldContain("b2_list_buckets");
        counts.ClassC.ShouldBe(3);
    }

    private WebApplicationBuilder NewBuilder(params string[] sections)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseSetting("urls", "http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        foreach (var section in sections)
        {
            builder.Configuration[$"{section}:Realm"] = Realm;
            builder.Configuration[$"{section}:ApplicationKeyId"] = Account.ApplicationKeyId;
            builder.Configuration[$"{section}:ApplicationKey"] = Account.ApplicationKey;
        }
        return builder;
    }

    private sealed class Archive([FromKeyedServices("backup")] B2Api backup)
    {
        public async Task<int> CountAsync() => (await backup.ListBucketsAsync()).Count;
    }
}
