using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace B2Sdk.Tests.DependencyInjection;

public sealed class AddB2Tests : IDisposable
{
    private readonly FarSide _far = new(new TestClock());

    [Fact]
    public async Task A_client_comes_from_the_container_and_authorizes_itself()
    {
        await using var provider = Services(services => services.AddB2(Keyed)).BuildServiceProvider();

        var api = provider.GetRequiredService<B2Api>();
        await api.ListBucketsAsync(Rig.Stop);

        provider.GetRequiredService<B2Api>().ShouldBeSameAs(api);
        _far.Count("b2_authorize_account").ShouldBe(1);
    }

    [Fact]
    public async Task Options_come_from_the_configuration()
    {
        var configuration = Configuration(
            ("B2:Realm", "https://b2.example.com"),
            ("B2:ApplicationKeyId", "id"),
            ("B2:ApplicationKey", "key"),
            ("B2:UserAgentAppend", "my-app/1"),
            ("B2:NoProgressTimeout", "00:00:30"),
            ("B2:AllowInsecureRealm", "true"),
            ("B2:BucketCache", "None"),
            ("B2:Retry:MaxElapsed", "01:00:00"),
            ("B2:Retry:MaxAttempts", "7")
        );
        await using var provider = Services(services => services.AddB2(configuration.GetSection("B2"))).BuildServiceProvider();

        var options = provider.GetRequiredService<IOptions<B2Options>>().Value;

        options.Realm.ShouldBe("https://b2.example.com");
        options.ApplicationKeyId.ShouldBe("id");
        options.ApplicationKey.Reveal().ShouldBe("key");
        options.UserAgentAppend.ShouldBe("my-app/1");
        options.NoProgressTimeout.ShouldBe(TimeSpan.FromSeconds(30));
        options.AllowInsecureRealm.ShouldBeTrue();
        options.BucketCache.ShouldBe(BucketCache.None);
        options.Retry.ShouldBe(new() { MaxElapsed = TimeSpan.FromHours(1), MaxAttempts = 7 });
        provider.GetRequiredService<B2Api>().ShouldNotBeNull();
    }

    [Fact]
    public async Task What_the_configuration_does_not_say_keeps_its_default()
    {
        var configuration = Configuration(("B2:ApplicationKeyId", "id"), ("B2:ApplicationKey", "key"));
        await using var provider = Services(services => services.AddB2(configuration.GetSection("B2"))).BuildServiceProvider();

        var options = provider.GetRequiredService<IOptions<B2Options>>().Value;

        options.Realm.ShouldBe("production");
        options.NoProgressTimeout.ShouldBe(TimeSpan.FromSeconds(60));
        options.Retry.ShouldBe(new());
        options.BucketCache.ShouldBe(BucketCache.InAccountInfo);
    }

    [Fact]
    public async Task Several_clients_have_names_and_share_nothing()
    {
        var configuration = Configuration(
            ("Backup:ApplicationKeyId", "backup-id"),
            ("Backup:ApplicationKey", "backup-key"),
            ("Web:ApplicationKeyId", "web-id"),
            ("Web:ApplicationKey", "web-key")
        );
        await using var provider = Services(services =>
            {
                services.AddB2("backup", configuration.GetSection("Backup")).Configure(options => options.HttpHandler = _far);
                services.AddB2("web", configuration.GetSection("Web")).Configure(options => options.HttpHandler = _far);
            })
            .BuildServiceProvider();

        var backup = provider.GetRequiredKeyedService<B2Api>("backup");
        var web = provider.GetRequiredKeyedService<B2Api>("web");

        (await backup.GetAuthorizationAsync(Rig.Stop)).ApplicationKeyId.ShouldBe("backup-id");
        (await web.GetAuthorizationAsync(Rig.Stop)).ApplicationKeyId.ShouldBe("web-id");
        provider.GetService<B2Api>().ShouldBeNull();
    }

    [Fact]
    public async Task A_key_that_is_replaced_in_the_configuration_is_used_without_a_restart()
    {
        var configuration = Configuration(("B2:ApplicationKeyId", "old"), ("B2:ApplicationKey", "old-key"));
        await using var provider = Services(services =>
                services.AddB2(configuration.GetSection("B2")).Configure(options => options.HttpHandler = _far)
            )
            .BuildServiceProvider();
        var api = provider.GetRequiredService<B2Api>();
        await api.ListBucketsAsync(Rig.Stop);

        configuration["B2:ApplicationKeyId"] = "new";
        configuration["B2:ApplicationKey"] = "new-key";
        configuration.Reload();
        _far.ExpireTokens();
        await api.ListBucketsAsync(Rig.Stop);

        (await api.GetAuthorizationAsync(Rig.Stop)).ApplicationKeyId.ShouldBe("new");
    }

    [Theory]
    [InlineData("Realm", "ftp://example.com", "Realm is 'ftp://example.com'")]
    [InlineData("Realm", "http://example.com", "AllowInsecureRealm")]
    [InlineData("ApplicationKeyId", "", "ApplicationKeyId is missing")]
    [InlineData("ApplicationKey", "", "ApplicationKey is missing")]
    [InlineData("NoProgressTimeout", "00:00:00", "NoProgressTimeout is 00:00:00; it must be more than zero")]
    [InlineData("Retry:MaxAttempts", "0", "Retry.MaxAttempts is 0; it must be at least 1")]
    [InlineData("Retry:MaxDelay", "-00:00:01", "Retry.MaxDelay is -00:00:01")]
    [InlineData("BucketCache", "7", "BucketCache is 7")]
    [InlineData("NoProgressTimeout", "soon", "B2:NoProgressTimeout")]
    [InlineData("AplicationKey", "typo", "AplicationKey")]
    public async Task What_is_wrong_is_told_by_its_name_when_the_host_starts(string member, string value, string told)
    {
        var configuration = Configuration(("B2:ApplicationKeyId", "id"), ("B2:ApplicationKey", "key"), ($"B2:{member}", value));
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddB2(configuration.GetSection("B2"));
        using var host = builder.Build();

        var failure = await Should.ThrowAsync<Exception>(host.StartAsync(Rig.Stop));

        failure.ToString().ShouldContain(told);
        failure.ToString().ShouldNotContain("\"key\"");
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once_and_with_the_name_of_the_client()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddB2("backup", options => options.Realm = "nowhere");
        using var host = builder.Build();

        var failure = await Should.ThrowAsync<OptionsValidationException>(host.StartAsync(Rig.Stop));

        failure.Failures.Count().ShouldBe(2);
        failure.Failures.ShouldAllBe(one => one.StartsWith("B2 'backup': "));
    }

    [Fact]
    public async Task An_account_info_that_holds_an_account_needs_no_key()
    {
        await using var rig = Rig.Fresh();
        await rig.AuthorizeAsync();
        await using var provider = Services(services =>
                services.AddB2(options =>
                {
                    options.AccountInfo = rig.Account;
                    options.HttpHandler = rig.Far;
                })
            )
            .BuildServiceProvider();

        await provider.GetRequiredService<B2Api>().ListBucketsAsync(Rig.Stop);

        rig.Far.Count("b2_authorize_account").ShouldBe(1);
    }

    [Fact]
    public void A_container_can_be_disposed_either_way_and_the_handler_lives_on()
    {
        using (var provider = Services(services => services.AddB2(Keyed)).BuildServiceProvider())
        {
            provider.GetRequiredService<B2Api>();
        }

        using var invoker = new HttpMessageInvoker(_far, disposeHandler: false);
        invoker.ShouldNotBeNull();
        _far.IsDisposed.ShouldBeFalse();
    }

    [Fact]
    public async Task Healthy_is_who_can_authorize()
    {
        await using var provider = Services(services =>
            {
                services.AddB2(Keyed);
                services.AddHealthChecks().AddCheck<B2HealthCheck>("b2");
            })
            .BuildServiceProvider();
        var checks = provider.GetRequiredService<HealthCheckService>();

        var first = await checks.CheckHealthAsync(Rig.Stop);
        var second = await checks.CheckHealthAsync(Rig.Stop);
        _far.Next("b2_authorize_account", Answer.Error(503, "service_unavailable", "busy"));
        var busy = await checks.CheckHealthAsync(Rig.Stop);
        _far.Next("b2_authorize_account", Answer.Error(401, "unauthorized"));
        var refused = await checks.CheckHealthAsync(Rig.Stop);

        first.Status.ShouldBe(HealthStatus.Healthy);
        second.Status.ShouldBe(HealthStatus.Healthy);
        busy.Status.ShouldBe(HealthStatus.Unhealthy);
        busy.Entries["b2"].Description.ShouldNotBeNull().ShouldContain("busy");
        refused.Status.ShouldBe(HealthStatus.Unhealthy);
        _far.Count("b2_authorize_account").ShouldBe(4);
    }

    [Fact]
    public void Options_are_written_as_JSON_without_the_key() =>
        JsonSerializer.Serialize(new B2Options { ApplicationKey = "canary" }).ShouldNotContain("canary");

    public void Dispose() => _far.Dispose();

    private void Keyed(B2Options options)
    {
        options.ApplicationKeyId = Rig.KeyId;
        options.ApplicationKey = Rig.Key;
        options.HttpHandler = _far;
    }

    private static ServiceCollection Services(Action<ServiceCollection> add)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        add(services);
        return services;
    }

    private static IConfigurationRoot Configuration(params (string Key, string Value)[] entries) =>
        new ConfigurationBuilder()
            // The last word counts.
            .AddInMemoryCollection(
                entries.GroupBy(entry => entry.Key).Select(same => KeyValuePair.Create(same.Key, (string?)same.Last().Value))
            )
            .Build();
}
