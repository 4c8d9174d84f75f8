namespace B2Sdk.Emulator.Tests.Control;

/// <summary>No key, token, encryption key or webhook secret is found where it has no business: on the disk, in the log, the journal or anything the control API tells.</summary>
public sealed class SecrecyTests
{
    private const string ControlToken = "control-token-that-is-secret";
    private const string HeaderSecret = "HeaderValueThatIsSecret";
    private const string UrlSecret = "UrlPathThatIsSecret";
    private const string WebhookSecret = "WebhookSecretOf32Characters00000";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_secret_is_on_the_disk_in_the_log_in_the_journal_or_told_by_the_control_api()
    {
        using var folder = new TemporaryFolder();
        using var log = new LogBook();
        var secrets = new List<string> { ControlToken, WebhookSecret, HeaderSecret, UrlSecret };
        string told;
        await using (
            var emulator = await B2Emulator.StartAsync(
                new B2EmulatorOptions
                {
                    DataDirectory = folder.Data,
                    ControlToken = ControlToken,
                    LoggerFactory = log,
                    ApplicationKey = "MasterKeyThatIsSecret",
                },
                Cancelled
            )
        )
        {
            secrets.AddRange(await UseEverythingAsync(emulator));
            // Nobody listens there, so that failures are logged.
            await emulator.SettleAsync(Cancelled);
            await emulator.SaveSnapshotAsync("saved", Cancelled);
            told = await TellAsync(new ControlWire(emulator.Url, ControlToken));
        }

        told.ShouldContain("b2_upload_file");
        told.ShouldContain("b2_set_bucket_notification_rules");
        log.Text.ShouldContain("a-rule");
        foreach (var secret in secrets)
        {
            told.ShouldNotContain(secret);
            log.Text.ShouldNotContain(secret);
        }
        foreach (var file in Directory.EnumerateFiles(folder.Data, "*", SearchOption.AllDirectories))
        {
            var bytes = await File.ReadAllBytesAsync(file, Cancelled);
            foreach (var secret in secrets)
            {
                bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)).ShouldBe(-1, $"{secret} is in {file}");
            }
        }
    }

    private static async Task<List<string>> UseEverythingAsync(B2Emulator emulator)
    {
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        var name = EmulatorTest.NewBucketName();
        var bucketId = await b2.CreateBucketAsync(name);
        var key = await b2.CreateKeyAsync(["readFiles"]);
        var target = await b2.UploadUrlAsync(bucketId);
        var customerKey = Encoding.UTF8.GetBytes("CustomerKeyThatIsSecret012345678");
        (
            await B2Wire.UploadAsync(
                target,
                "a",
                [1, 2, 3],
                ("X-Bz-Server-Side-Encryption-Customer-Algorithm", "AES256"),
                ("X-Bz-Server-Side-Encryption-Customer-Key", Convert.ToBase64String(customerKey)),
                (
                    "X-Bz-Server-Side-Encryption-Customer-Key-Md5",
                    Convert.ToBase64String(System.Security.Cryptography.MD5.HashData(customerKey))
                )
            )
        ).ShouldBeOk();
        // The URL is busy no longer; one that is refused for its token names it only to its holder.
        (await B2Wire.UploadAsync(target, "b", [1], ("X-Bz-Content-Sha1", new string('0', 40)))).ShouldBeRefused(400);
        (await B2Wire.UploadAsync(target, "b", [1])).ShouldBeRefused(401);
        var download = await b2.DownloadTokenAsync(bucketId);
        await b2.DownloadByNameAsync(name, "a", $"Authorization={Uri.EscapeDataString(download)}", token: null);
        await b2.OkAsync(
            "b2_set_bucket_notification_rules",
            new()
            {
                ["bucketId"] = bucketId,
                ["eventNotificationRules"] = new JsonArray(
                    new JsonObject
                    {
                        ["name"] = "a-rule",
                        ["eventTypes"] = B2Wire.Strings("b2:ObjectCreated:*"),
                        ["isEnabled"] = true,
                        ["objectNamePrefix"] = "",
                        ["targetConfiguration"] = new JsonObject
                        {
                            ["targetType"] = "webhook",
                            ["url"] = $"http://127.0.0.1:1/{UrlSecret}",
                            ["customHeaders"] = new JsonArray(new JsonObject { ["name"] = "X-Password", ["value"] = HeaderSecret }),
                            ["hmacSha256SigningSecret"] = WebhookSecret,
                        },
                    }
                ),
            }
        );
        return
        [
            emulator.Account.ApplicationKey,
            B2Wire.Text(key["applicationKey"]),
            b2.Token,
            target.Token,
            download,
            Encoding.UTF8.GetString(customerKey),
            Convert.ToBase64String(customerKey),
        ];
    }

    private static async Task<string> TellAsync(ControlWire control)
    {
        var text = new StringBuilder();
        foreach (var path in (string[])["status", "accounts", "buckets", "faults", "journal", "journal/counts", "snapshots", "clock", ""])
        {
            text.Append((await control.GetAsync(path)).ShouldBeOk().Text);
        }
        var buckets = (await control.GetAsync("buckets")).Json["buckets"]!.AsArray();
        foreach (var bucket in buckets)
        {
            text.Append((await control.GetAsync($"buckets/{bucket!["bucketId"]}/versions")).ShouldBeOk().Text);
        }

        return text.ToString();
    }
}
