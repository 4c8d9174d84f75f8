namespace B2Sdk.IntegrationTests.Guides;

/// <summary>The code of docs/encryption.md.</summary>
public sealed class EncryptionGuide(EmulatorFixture fixture) : AccountTest(fixture, Scope.Account)
{
    private static readonly byte[] Records = "ada,1815"u8.ToArray();

    [Fact]
    public async Task With_keys_of_B2()
    {
        Bucket bucket = Bucket;
        byte[] records = Records;

        bucket = await bucket.UpdateAsync(new() { DefaultServerSideEncryption = EncryptionSetting.SseB2 });

        FileVersion file = await bucket.UploadBytesAsync(records, "records.csv", new() { Encryption = EncryptionSetting.SseB2 });
        Console.WriteLine(file.ServerSideEncryption?.Mode); // SSE-B2

        Restricted<EncryptionSetting> setting = bucket.DefaultServerSideEncryption;
        if (!setting.IsClientAuthorizedToRead)
        {
            Console.WriteLine("The key lacks readBucketEncryption.");
        }

        setting.Value.ShouldBe(EncryptionSetting.SseB2);
        file.ServerSideEncryption.ShouldBe(EncryptionSetting.SseB2);
        (await DownloadAsync("records.csv")).ShouldBe(records);

        await bucket.UpdateAsync(new() { DefaultServerSideEncryption = EncryptionSetting.None });
    }

    [Fact]
    public async Task With_keys_of_your_own()
    {
        Bucket bucket = Bucket;
        byte[] records = Records;
        string path = NewPath();
        var keys = new Dictionary<string, Secret>();

        using EncryptionKey key = EncryptionKey.Generate("2026-11"); // or EncryptionKey.FromBase64(stored, "2026-11")
        keys["2026-11"] = key.ToBase64(); // to your vault, before the first upload
        EncryptionSetting encryption = EncryptionSetting.SseC(key);

        await bucket.UploadBytesAsync(records, "records.csv", new() { Encryption = encryption });
        await bucket.DownloadToFileAsync("records.csv", path, new() { Encryption = encryption });
        FileVersion asked = await bucket.GetFileInfoByNameAsync("records.csv", encryption);

        (await File.ReadAllBytesAsync(path, Stop)).ShouldBe(records);
        asked.ServerSideEncryption?.Mode.ShouldBe(EncryptionMode.SseC);

        await foreach (FileVersion file in bucket.ListAsync(new() { Recursive = true }))
        {
            if (file.EncryptionKeyId is { } keyId)
            {
                using var stored = EncryptionKey.FromBase64(keys[keyId], keyId);
                await bucket.DownloadToFileAsync(file.FileName, path, new() { Encryption = EncryptionSetting.SseC(stored) });
            }
        }

        (await File.ReadAllBytesAsync(path, Stop)).ShouldBe(records);
    }

    [Fact]
    public async Task From_one_key_to_another()
    {
        Bucket bucket = Bucket;
        using var oldKey = EncryptionKey.Generate("2026-11");
        using var newKey = EncryptionKey.Generate("2027-01");
        var file = await bucket.UploadBytesAsync(Records, "records.csv", new() { Encryption = EncryptionSetting.SseC(oldKey) }, Stop);

        FileVersion copy = await bucket.CopyFileAsync(
            file,
            file.FileName,
            new() { SourceEncryption = EncryptionSetting.SseC(oldKey), Encryption = EncryptionSetting.SseC(newKey) }
        );
        await bucket.DeleteFileVersionAsync(file);

        copy.EncryptionKeyId.ShouldBe("2027-01");
        var path = NewPath();
        await bucket.DownloadToFileAsync("records.csv", path, new() { Encryption = EncryptionSetting.SseC(newKey) }, Stop);
        (await File.ReadAllBytesAsync(path, Stop)).ShouldBe(Records);
    }

    [Fact]
    public async Task When_the_key_is_wrong()
    {
        Bucket bucket = Bucket;
        string path = NewPath();
        using var right = EncryptionKey.Generate();
        using var wrong = EncryptionKey.Generate();
        await bucket.UploadBytesAsync(Records, "records.csv", new() { Encryption = EncryptionSetting.SseC(right) }, Stop);

        try
        {
            await bucket.DownloadToFileAsync("records.csv", path, new() { Encryption = EncryptionSetting.SseC(wrong) });
        }
        catch (B2AccessDeniedException)
        {
            Console.WriteLine("This is not the key of that file.");
        }

        File.Exists(path).ShouldBeFalse();
        await Should.ThrowAsync<B2AccessDeniedException>(() =>
            bucket.DownloadToFileAsync("records.csv", path, new() { Encryption = EncryptionSetting.SseC(wrong) }, Stop)
        );
        (
            await Should.ThrowAsync<B2Exception>(() => bucket.DownloadToFileAsync("records.csv", path, cancellationToken: Stop))
        ).Code.ShouldBe(B2ErrorCode.BadRequest);
        await UploadAsync("open");
        (
            await Should.ThrowAsync<B2Exception>(() =>
                bucket.DownloadToFileAsync("open", path, new() { Encryption = EncryptionSetting.SseC(right) }, Stop)
            )
        ).Code.ShouldBe(B2ErrorCode.BadRequest);
        await Should.ThrowAsync<ArgumentException>(() =>
            bucket.UpdateAsync(new() { DefaultServerSideEncryption = EncryptionSetting.SseC(right) }, Stop)
        );
    }
}
