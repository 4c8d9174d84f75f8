using B2Sdk.Tests.Golden;
using B2Sdk.Wire;

namespace B2Sdk.Tests.Transfer;

/// <summary>Encryption and locks travel with whatever needs them, and a customer's key shows nowhere else.</summary>
public sealed class EncryptionTests
{
    private const string KeyText = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private const string KeyMd5 = "tP/LI3N87DFaSk0aoqYgzg==";
    private const string CustomerPrefix = "X-Bz-Server-Side-Encryption-Customer-";
    private static readonly DateTimeOffset Until = DateTimeOffset.FromUnixTimeMilliseconds(1_770_604_800_000);

    public static TheoryData<string, UploadOptions> Protections =>
        new()
        {
            {
                "sse-b2",
                new() { Encryption = EncryptionSetting.SseB2 }
            },
            {
                "sse-c",
                new() { Encryption = EncryptionSetting.SseC(Key()) }
            },
            {
                "locked",
                new() { Retention = FileRetention.Governance(Until), LegalHold = LegalHold.On }
            },
        };

    [Theory, MemberData(nameof(Protections)), Trait("Fact", "C50")]
    public async Task A_small_file_is_protected_by_the_headers_that_the_files_have(string file, UploadOptions options)
    {
        await using var rig = await Rig.StartAsync();
        options = options with
        {
            ContentType = "text/plain",
            FileInfo = new Dictionary<string, string> { ["author"] = "Zoë & co" },
            LastModified = DateTimeOffset.FromUnixTimeMilliseconds(1_769_999_999_123),
        };

        await rig.Bucket.UploadBytesAsync("hello"u8.ToArray(), "docs/grüße.txt", options, Rig.Stop);

        var sent = rig.Far.Last("b2_upload_file").Headers;
        foreach (var (name, value) in GoldenFiles.Node($"b2_upload_file/request.headers.{file}.json").AsObject())
        {
            // Bytes that are read once are followed by their digest.
            if (name is not ("Content-Length" or "X-Bz-Content-Sha1"))
            {
                sent[name].ShouldBe(value!.GetValue<string>(), name);
            }
        }
        sent.Keys.Count(name => name.StartsWith("X-Bz-", StringComparison.OrdinalIgnoreCase))
            .ShouldBe(
                GoldenFiles
                    .Node($"b2_upload_file/request.headers.{file}.json")
                    .AsObject()
                    .Count(header => header.Key.StartsWith("X-Bz-", StringComparison.Ordinal))
            );
    }

    [Fact, Trait("Fact", "C50")]
    public async Task A_large_file_is_started_with_the_key_and_every_part_carries_it()
    {
        await using var rig = await Rig.StartAsync();

        await rig.Bucket.UploadBytesAsync(
            Rig.Bytes(3000),
            "videos/film.bin",
            new() { PartSize = 1000, Encryption = EncryptionSetting.SseC(Key()) },
            Rig.Stop
        );

        rig.Far.Last("b2_start_large_file")
            .ShouldMatch("b2_start_large_file/request.sse-c.json", start => start["bucketId"] = rig.Bucket.Id);
        rig.Far.Of("b2_upload_part").Count.ShouldBe(3);
        rig.Far.Of("b2_upload_part").ShouldAllBe(part => Customer(part) == $"AES256 {KeyText} {KeyMd5}");
    }

    [Fact]
    public async Task What_B2_manages_is_said_at_the_start_and_not_with_the_parts()
    {
        await using var rig = await Rig.StartAsync();
        var options = new UploadOptions
        {
            PartSize = 1000,
            Encryption = EncryptionSetting.SseB2,
            Retention = FileRetention.Compliance(Until),
            LegalHold = LegalHold.On,
        };

        await rig.Bucket.UploadBytesAsync(Rig.Bytes(3000), "videos/film.bin", options, Rig.Stop);

        rig.Far.Last("b2_start_large_file")
            .ShouldMatch("b2_start_large_file/request.locked.json", start => start["bucketId"] = rig.Bucket.Id);
        rig.Far.Of("b2_upload_part").ShouldAllBe(part => !part.Headers.Keys.Any(name => name.Contains("Encryption")));
    }

    [Fact, Trait("Fact", "C50")]
    public async Task Downloads_and_questions_carry_the_key_also_when_they_are_gone_on_with()
    {
        await using var rig = await Rig.StartAsync();
        rig.Store("a", Rig.Bytes(100));
        rig.Far.Next("b2_download_file_by_name", Answer.CutBodyAfter(10));
        var encryption = EncryptionSetting.SseC(Key());

        await rig.Bucket.DownloadToStreamAsync("a", new MemoryStream(), new() { Encryption = encryption }, Rig.Stop);
        await rig.Bucket.GetFileInfoByNameAsync("a", encryption, Rig.Stop);
        await using (var stream = await rig.Bucket.OpenReadAsync("a", new() { Encryption = encryption }, Rig.Stop))
        {
            stream.Seek(50, SeekOrigin.Begin);
            await stream.ReadExactlyAsync(new byte[10], Rig.Stop);
        }

        var sent = rig.Far.Journal.Where(exchange => exchange.Method is "GET" or "HEAD").ToList();
        sent.Count.ShouldBeGreaterThan(4);
        sent.ShouldAllBe(exchange => Customer(exchange) == $"AES256 {KeyText} {KeyMd5}");
    }

    [Fact]
    public async Task The_name_of_the_key_is_kept_with_the_file_and_never_another()
    {
        await using var rig = await Rig.StartAsync();
        var options = new UploadOptions { Encryption = EncryptionSetting.SseC(Key("tape-7")) };

        var file = await rig.Bucket.UploadBytesAsync(new byte[1], "a", options, Rig.Stop);
        var wrong = options with { FileInfo = new Dictionary<string, string> { ["SSE_C_KEY_ID"] = "tape-8" } };
        var failure = await Should.ThrowAsync<ArgumentException>(rig.Bucket.UploadBytesAsync(new byte[1], "a", wrong, Rig.Stop));

        file.EncryptionKeyId.ShouldBe("tape-7");
        failure.Message.ShouldContain("'tape-8'");
        failure.Message.ShouldContain("'tape-7'");
    }

    public static TheoryData<EncryptionSetting> NotForFiles =>
        [
            EncryptionSetting.None,
            new EncryptionSetting { Mode = EncryptionMode.SseC, Algorithm = "AES256" },
            new EncryptionSetting { Mode = new("SSE-X") },
        ];

    [Theory, MemberData(nameof(NotForFiles))]
    public async Task An_encryption_that_cannot_be_asked_for_is_refused(EncryptionSetting encryption)
    {
        await using var rig = await Rig.StartAsync();

        var failure = await Should.ThrowAsync<ArgumentException>(
            rig.Bucket.UploadBytesAsync(new byte[1], "a", new() { Encryption = encryption }, Rig.Stop)
        );
        await Should.ThrowAsync<ArgumentException>(
            rig.Bucket.DownloadToStreamAsync("a", new MemoryStream(), new() { Encryption = encryption }, Rig.Stop)
        );
        await Should.ThrowAsync<ArgumentException>(rig.Bucket.CopyFileAsync("4_z1", "a", new() { Encryption = encryption }, Rig.Stop));

        failure.Message.ShouldContain("EncryptionSetting.SseB2");
        rig.Far.Journal.ShouldBeEmpty();
    }

    [Fact]
    public async Task Names_and_info_have_less_room_beside_a_protection()
    {
        await using var rig = await Rig.StartAsync();
        var options = new UploadOptions { FileInfo = new Dictionary<string, string> { ["note"] = new('x', 2020) } };

        await rig.Bucket.UploadBytesAsync(new byte[1], "a", options, Rig.Stop);
        foreach (var protection in Protections.Select(row => row.Data.Item2))
        {
            var failure = await Should.ThrowAsync<ArgumentException>(
                rig.Bucket.UploadBytesAsync(new byte[1], "a", protection with { FileInfo = options.FileInfo }, Rig.Stop)
            );
            failure.Message.ShouldContain("2048");
        }
    }

    [Fact, Trait("Fact", "C51"), Trait("Need", "S10")]
    public async Task A_customers_key_is_in_no_log_no_exception_and_no_text()
    {
        await using var rig = await Rig.StartAsync();
        using var key = Key("tape-7");
        var encryption = EncryptionSetting.SseC(key);
        rig.Far.Always("b2_upload_file", Answer.Error(403, "access_denied", $"The key {KeyText} is wrong"));

        var failure = await Should.ThrowAsync<B2AccessDeniedException>(
            rig.Bucket.UploadBytesAsync(new byte[1], "a", new() { Encryption = encryption }, Rig.Stop)
        );

        string[] texts =
        [
            failure.ToString(),
            $"{key}",
            $"{encryption}",
            $"{new UploadOptions { Encryption = encryption }}",
            $"{EncryptionRequest.From(encryption)}",
            System.Text.Json.JsonSerializer.Serialize(encryption),
            .. rig.Logs.Entries.Select(entry => entry.Text),
        ];
        texts.ShouldAllBe(text => !text.Contains(KeyText) && !text.Contains("AAECAwQF"));
        $"{key}".ShouldContain("tape-7");
    }

    [Fact, Trait("Need", "S7"), Trait("Need", "S10")]
    public async Task What_the_service_repeats_of_a_secret_in_a_body_is_not_told()
    {
        await using var rig = await Rig.StartAsync();
        const string Password = "a-password-of-a-webhook";
        const string Signing = "0123456789abcdef0123456789abcdef";
        using var key = Key("tape-7");
        var rule = new NotificationRule
        {
            Name = "a-rule",
            EventTypes = [NotificationEventType.All[0]],
            TargetConfiguration = new()
            {
                Url = new("https://example.com/"),
                CustomHeaders = [new("X-Password", Password)],
                HmacSha256SigningSecret = Signing,
            },
        };
        var request = EncryptionRequest.From(EncryptionSetting.SseC(key));
        string[] operations = ["b2_copy_file", "b2_copy_part", "b2_start_large_file", "b2_set_bucket_notification_rules"];
        foreach (var operation in operations)
        {
            rig.Far.Always(operation, Answer.Error(403, "access_denied", $"Not with {KeyText}, {Password}, {Signing}"));
        }
        var copy = new CopyFileRequest
        {
            SourceFileId = "4_z1",
            FileName = "a",
            SourceServerSideEncryption = request,
        };
        var part = new CopyPartRequest
        {
            SourceFileId = "4_z1",
            LargeFileId = "4_z2",
            PartNumber = 1,
            DestinationServerSideEncryption = request,
        };
        var start = new StartLargeFileRequest
        {
            BucketId = "b",
            FileName = "a",
            ContentType = "a/b",
            ServerSideEncryption = request,
        };

        B2Exception[] ofKeys =
        [
            await Should.ThrowAsync<B2Exception>(rig.Api.Raw.CallAsync(FileEndpoints.Copy, copy, Rig.Stop)),
            await Should.ThrowAsync<B2Exception>(rig.Api.Raw.CallAsync(LargeFileEndpoints.CopyPart, part, Rig.Stop)),
            await Should.ThrowAsync<B2Exception>(rig.Api.Raw.CallAsync(LargeFileEndpoints.Start, start, Rig.Stop)),
        ];
        var ofRules = await Should.ThrowAsync<B2Exception>(rig.Bucket.SetNotificationRulesAsync([rule], Rig.Stop));

        ofKeys.ShouldAllBe(failure => failure.ServerMessage!.StartsWith("Not with ***, ") && !failure.ToString().Contains(KeyText));
        ofRules.ServerMessage.ShouldBe($"Not with {KeyText}, ***, ***");
        string.Concat(rig.Logs.Entries.Select(entry => entry.Text)).ShouldNotContain(Password);
    }

    [Fact]
    public void A_key_is_32_bytes_is_the_same_as_another_of_the_same_bytes_and_dies_when_it_is_disposed()
    {
        var key = Key("a");

        key.ShouldBe(EncryptionKey.FromBase64(KeyText, "a"));
        key.GetHashCode().ShouldBe(EncryptionKey.FromBase64(KeyText, "a").GetHashCode());
        key.ShouldNotBe(Key("b"));
        EncryptionKey.Generate().ShouldNotBe(EncryptionKey.Generate());
        EncryptionSetting.SseC(key).ShouldBe(EncryptionSetting.SseC(Key("a")));
        key.ToBase64().Reveal().ShouldBe(KeyText);
        Should.Throw<ArgumentException>(() => new EncryptionKey(new byte[31])).Message.ShouldContain("31 bytes");
        Should.Throw<ArgumentException>(() => EncryptionKey.FromBase64("!secret!")).ToString().ShouldNotContain("!secret!");
        key.Dispose();
        Should.Throw<ObjectDisposedException>(() => key.ToBase64());
    }

    [Fact, Trait("Fact", "C80")]
    public void A_replication_status_is_the_same_in_whatever_case()
    {
        new ReplicationStatus("pending").ShouldBe(ReplicationStatus.Pending);
        new ReplicationStatus("pending").GetHashCode().ShouldBe(ReplicationStatus.Pending.GetHashCode());
        new ReplicationStatus("ofTomorrow").ToString().ShouldBe("ofTomorrow");
    }

    private static EncryptionKey Key(string? keyId = null) => new(Enumerable.Range(0, 32).Select(number => (byte)number).ToArray(), keyId);

    private static string Customer(Exchange exchange) =>
        string.Join(' ', new[] { "Algorithm", "Key", "Key-Md5" }.Select(name => exchange.Headers.GetValueOrDefault(CustomerPrefix + name)));
}
