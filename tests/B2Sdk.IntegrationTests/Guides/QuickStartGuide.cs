using B2Sdk.Emulator;

namespace B2Sdk.IntegrationTests.Guides;

/// <summary>The code of docs/quick-start.md, and of the README.</summary>
public sealed class QuickStartGuide(EmulatorFixture fixture) : AccountTest(fixture, Scope.Account)
{
    [Fact]
    public async Task All_at_a_glance()
    {
        await using var emulator = await B2Emulator.StartAsync();
        var (realm, applicationKeyId, applicationKey) = (
            emulator.Url.ToString(),
            emulator.Account.ApplicationKeyId,
            emulator.Account.ApplicationKey
        );
        await File.WriteAllBytesAsync("cat.jpg", NewContent(5000), Stop);
        try
        {
            var info = new InMemoryAccountInfo(); // credentials, tokens, upload URLs, bucket name ⇄ id map
            await using var b2 = new B2Api(info);
            await b2.AuthorizeAccountAsync(realm, applicationKeyId, applicationKey);

            Bucket bucket = await b2.CreateBucketAsync("example-mybucket-b2-1", BucketType.AllPrivate);
            bucket = await b2.GetBucketByNameAsync("example-mybucket-b2-1");

            FileVersion file = await bucket.UploadLocalFileAsync("cat.jpg", "2026/cat.jpg");
            await bucket.DownloadToFileAsync("2026/cat.jpg", "copy.jpg");
            await foreach (FileVersion f in bucket.ListAsync(new() { Prefix = "2026/", Recursive = true }))
            {
                Console.WriteLine($"{f.FileName} {f.SizeInBytes}");
            }

            file.SizeInBytes.ShouldBe(5000);
            (await File.ReadAllBytesAsync("copy.jpg", Stop)).ShouldBe(NewContent(5000));
        }
        finally
        {
            File.Delete("cat.jpg");
            File.Delete("copy.jpg");
        }
    }

    [Fact]
    public async Task Buckets()
    {
        B2Api b2 = Api;
        string bucketName = NewBucketName();

        Bucket bucket = await b2.CreateBucketAsync(
            bucketName,
            BucketType.AllPrivate,
            new()
            {
                Info = new Dictionary<string, string> { ["owner"] = "ada" },
                LifecycleRules =
                [
                    new()
                    {
                        FileNamePrefix = "logs/",
                        DaysFromUploadingToHiding = 30,
                        DaysFromHidingToDeleting = 1,
                    },
                ],
                DefaultServerSideEncryption = EncryptionSetting.SseB2,
            }
        );

        foreach (Bucket each in await b2.ListBucketsAsync())
        {
            Console.WriteLine($"{each.Name} {each.Type}");
        }

        Bucket asked = await b2.GetBucketByNameAsync(bucketName); // one call; has all settings
        Bucket known = await b2.OpenBucketByNameAsync(bucketName); // no call once it is known; name and id only

        asked = await asked.UpdateAsync(new() { LifecycleRules = [], IfRevisionIs = asked.Revision });

        await asked.EmptyAsync();
        await b2.DeleteBucketAsync(asked);

        bucket.LifecycleRules.Count.ShouldBe(1);
        known.Id.ShouldBe(bucket.Id);
        asked.LifecycleRules.ShouldBeEmpty();
        asked.Info["owner"].ShouldBe("ada");
        asked.DefaultServerSideEncryption.Value.ShouldBe(EncryptionSetting.SseB2);
        (await b2.ListBucketsAsync(Stop)).Select(each => each.Id).ShouldBe([Bucket.Id]);
    }

    [Fact]
    public async Task Files()
    {
        Bucket bucket = Bucket;
        string path = await NewFileAsync(NewContent(100_000));
        string copy = NewPath();
        using var output = new MemoryStream();

        FileVersion report = await bucket.UploadLocalFileAsync(path, "2026/report.pdf");
        await bucket.UploadBytesAsync("hello"u8.ToArray(), "hello.txt", new() { ContentType = "text/plain" });
        await using (Stream input = File.OpenRead(path))
        {
            await bucket.UploadStreamAsync(input, "2026/streamed.pdf");
        }

        await bucket.DownloadToFileAsync("2026/report.pdf", copy);
        byte[] hello = await bucket.DownloadBytesAsync("hello.txt");
        await bucket.DownloadToStreamAsync("hello.txt", output);
        await using Stream opened = await bucket.OpenReadAsync("2026/report.pdf"); // can seek

        await foreach (FileVersion file in bucket.ListAsync(new() { Prefix = "2026/" }))
        {
            Console.WriteLine(file.FileName);
        }
        await foreach (FileVersion version in bucket.ListAsync(new() { Recursive = true, LatestOnly = false }))
        {
            Console.WriteLine($"{version.FileName} {version.FileId} {version.Action}");
        }

        FileVersion byName = await bucket.GetFileInfoByNameAsync("2026/report.pdf");
        FileVersion thisVersion = await bucket.GetFileInfoAsync(report); // by its id alone: b2.GetFileInfoByIdAsync

        FileVersion renamed = await bucket.CopyFileAsync(report, "2026/annual-report.pdf"); // inside B2; then delete the old one

        Uri share = await bucket.CreateSignedUrlAsync(
            "2026/report.pdf",
            TimeSpan.FromHours(1),
            new() { ContentDisposition = "attachment; filename=\"report.pdf\"" }
        );

        await bucket.HideFileAsync("2026/report.pdf"); // not listed any more; its versions stay, and cost
        await bucket.UnhideFileAsync("2026/report.pdf");
        await bucket.DeleteFileVersionAsync(report); // gone for good

        opened.Length.ShouldBe(100_000);
        (await File.ReadAllBytesAsync(copy, Stop)).ShouldBe(NewContent(100_000));
        hello.ShouldBe("hello"u8.ToArray());
        output.ToArray().ShouldBe(hello);
        (byName.SizeInBytes, thisVersion.FileId).ShouldBe((100_000, report.FileId));
        (await ListNamesAsync(new() { Recursive = true })).ShouldBe(["2026/annual-report.pdf", "2026/streamed.pdf", "hello.txt"]);
        renamed.SizeInBytes.ShouldBe(100_000);
        using var anybody = new HttpClient();
        var shared = await bucket.CreateSignedUrlAsync("hello.txt", TimeSpan.FromHours(1), cancellationToken: Stop);
        (await anybody.GetStringAsync(shared, Stop)).ShouldBe("hello");
        share.Query.ShouldContain("b2ContentDisposition");
    }

    [Fact]
    public async Task What_goes_wrong()
    {
        Bucket bucket = Bucket;
        string path = NewPath();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));

        try
        {
            await bucket.DownloadToFileAsync("2026/cat.jpg", path, cancellationToken: patience.Token);
        }
        catch (B2NotFoundException)
        {
            Console.WriteLine("There is no such file.");
        }
        catch (B2Exception e) when (e.IsTransient)
        {
            Console.WriteLine($"Not now: {e.Message}");
        }

        File.Exists(path).ShouldBeFalse();
    }
}
