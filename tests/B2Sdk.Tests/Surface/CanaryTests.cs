using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using B2Sdk.Emulator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace B2Sdk.Tests.Surface;

/// <summary>Secrets that are like no other string, everything that is ever said, and the former nowhere in the latter.</summary>
public sealed class CanaryTests
{
    [
        Fact,
        Trait("Need", "S6"),
        Trait("Need", "S7"),
        Trait("Need", "S8"),
        Trait("Need", "S9"),
        Trait("Need", "S10"),
        Trait("Fact", "C11"),
        Trait("Fact", "C51")
    ]
    public async Task No_secret_is_in_any_log_activity_exception_text_or_file()
    {
        var said = new ConcurrentQueue<string>();
        using var activities = ListenToAll(said);
        using var logs = new LogBook();
        using var folder = new TemporaryFolder();
        await using var emulator = await B2Emulator.StartAsync(
            new()
            {
                MinimumPartSize = 1_000,
                RecommendedPartSize = 10_000,
                LoggerFactory = logs,
            },
            Rig.Stop
        );
        var account = await emulator.CreateAccountAsync(Rig.Stop);
        var notices = new ConcurrentQueue<RetryNotice>();
        await using var provider = Connect(emulator, account, logs, notices);
        var api = provider.GetRequiredService<B2Api>();
        var sseKey = RandomNumberGenerator.GetBytes(32);
        var secrets = new List<string>
        {
            account.ApplicationKey,
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account.ApplicationKeyId}:{account.ApplicationKey}")),
            Convert.ToBase64String(sseKey),
            Convert.ToHexStringLower(sseKey),
        };

        var encryption = EncryptionSetting.SseC(new(sseKey, "key-of-the-test"));
        var bucket = await api.CreateBucketAsync($"canary-{Guid.NewGuid():n}", BucketType.AllPrivate, cancellationToken: Rig.Stop);
        var authorization = await api.GetAuthorizationAsync(Rig.Stop);
        secrets.Add(authorization.AuthorizationToken.Reveal());
        var texts = new List<object?> { authorization, encryption, encryption.Key, bucket, api, api.AccountInfo };

        texts.Add(await bucket.UploadBytesAsync(Rig.Bytes(100), "plain", cancellationToken: Rig.Stop));
        texts.Add(await OutcomeOf(bucket.UploadBytesAsync(Rig.Bytes(100), "small", new() { Encryption = encryption }, Rig.Stop)));
        texts.Add(await OutcomeOf(bucket.UploadBytesAsync(Rig.Bytes(25_000), "large", new() { Encryption = encryption }, Rig.Stop)));
        texts.Add(await OutcomeOf(bucket.DownloadToFileAsync("small", folder.File("small"), new() { Encryption = encryption }, Rig.Stop)));
        texts.Add(await OutcomeOf(bucket.DownloadToFileAsync("plain", folder.File("plain"), cancellationToken: Rig.Stop)));
        texts.Add(await OutcomeOf(bucket.DownloadToFileAsync("small", folder.File("none"), cancellationToken: Rig.Stop)));
        var wrong = EncryptionSetting.SseC(EncryptionKey.Generate());
        texts.Add(await OutcomeOf(bucket.DownloadToFileAsync("small", folder.File("none"), new() { Encryption = wrong }, Rig.Stop)));
        texts.Add(await OutcomeOf(api.AuthorizeAccountAsync(emulator.Url, account.ApplicationKeyId, "wrong", Rig.Stop)));
        var key = await api.CreateKeyAsync("name", [Capability.ListBuckets], cancellationToken: Rig.Stop);
        secrets.Add(key.Key.Reveal());
        texts.Add(key);

        logs.Entries.Count.ShouldBeGreaterThan(50);
        said.Count.ShouldBeGreaterThan(10);
        var everything = texts
            .Select(text => $"{text}")
            .Concat(texts.Where(text => text is not (null or B2Api or Bucket or Exception)).Select(text => Serialized(text!)))
            .Concat(logs.Entries.Select(entry => entry.Text))
            .Concat(notices.Select(notice => $"{notice}"))
            .Concat(said)
            .Concat(Directory.EnumerateFiles(folder.Path).Select(path => Encoding.Latin1.GetString(File.ReadAllBytes(path))))
            .ToList();
        foreach (var secret in secrets)
        {
            secret.Length.ShouldBeGreaterThan(20);
            everything.ShouldAllBe(text => !text.Contains(secret, StringComparison.Ordinal));
        }
        // Tokens of the emulator say what they are; none of any kind is anywhere.
        everything.ShouldAllBe(text => !text.Contains("_acct_") && !text.Contains("_upld_") && !text.Contains("_uplg_"));
    }

    // A serializer shows what properties show, or refuses to.
    private static string Serialized(object value)
    {
        try
        {
            return JsonSerializer.Serialize(value, value.GetType());
        }
        catch (Exception e) when (e is InvalidOperationException or NotSupportedException)
        {
            return e.ToString();
        }
    }

    private static async Task<object?> OutcomeOf<T>(Task<T> task)
    {
        try
        {
            return await task;
        }
        catch (Exception e) when (e is B2Exception or ArgumentException)
        {
            return e;
        }
    }

    private static ServiceProvider Connect(B2Emulator emulator, EmulatorAccount account, LogBook logs, ConcurrentQueue<RetryNotice> notices)
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(logs);
        services.AddHttpClient("b2").ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
        services
            .AddB2(options =>
            {
                options.Realm = emulator.Url.ToString();
                options.ApplicationKeyId = account.ApplicationKeyId;
                options.ApplicationKey = account.ApplicationKey;
                options.OnRetry = notices.Enqueue;
            })
            .Configure<IHttpMessageHandlerFactory>((options, http) => options.HttpHandler = http.CreateHandler("b2"));
        return services.BuildServiceProvider();
    }

    private static ActivityListener ListenToAll(ConcurrentQueue<string> said)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
                said.Enqueue(
                    $"{activity.DisplayName} {activity.StatusDescription} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Baggage)} "
                        + string.Join(' ', activity.Events.SelectMany(one => one.Tags))
                ),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
