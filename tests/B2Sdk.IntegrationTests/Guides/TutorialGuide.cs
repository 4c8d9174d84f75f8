using B2Sdk.Emulator;

namespace B2Sdk.IntegrationTests.Guides;

/// <summary>The code of docs/tutorial.md.</summary>
public sealed class TutorialGuide(EmulatorFixture fixture) : AccountTest(fixture, Scope.Account)
{
    [Fact]
    public async Task The_whole_of_it()
    {
        var photo = await NewFileAsync(NewContent(5000));
        var copy = NewPath("copy.jpg");

        await using var emulator = await B2Emulator.StartAsync();
        string realm = emulator.Url.ToString();
        string keyId = emulator.Account.ApplicationKeyId;
        string key = emulator.Account.ApplicationKey;

        var info = new InMemoryAccountInfo();
        await using var b2 = new B2Api(info);
        await b2.AuthorizeAccountAsync(realm, keyId, key);

        Bucket bucket = await b2.CreateBucketAsync("tutorial-of-ada", BucketType.AllPrivate);
        Console.WriteLine($"{bucket.Name} is {bucket.Id}");

        FileVersion first = await bucket.UploadLocalFileAsync(photo, "photos/cat.jpg");
        Console.WriteLine($"{first.FileName}: {first.SizeInBytes} bytes, SHA-1 {first.ContentSha1}, {first.ContentType}");

        await bucket.UploadBytesAsync("hello"u8.ToArray(), "notes/hello.txt");

        await foreach (FileVersion file in bucket.ListAsync())
        {
            Console.WriteLine(file.FileName); // notes/, photos/
        }

        await foreach (FileVersion file in bucket.ListAsync(new() { Prefix = "photos/", Recursive = true }))
        {
            Console.WriteLine($"{file.FileName} {file.SizeInBytes}"); // photos/cat.jpg 5000
        }

        DownloadedFile downloaded = await bucket.DownloadToFileAsync("photos/cat.jpg", copy);
        Console.WriteLine($"{downloaded.BytesWritten} bytes, checked by {downloaded.Verification}");

        FileVersion second = await bucket.UploadBytesAsync("not a cat"u8.ToArray(), "photos/cat.jpg");

        await foreach (FileVersion version in bucket.ListFileVersionsAsync("photos/cat.jpg"))
        {
            Console.WriteLine($"{version.UploadTimestamp:u} {version.SizeInBytes}"); // the newest first: 9, then 5000
        }

        await bucket.DeleteFileVersionAsync(second);

        await bucket.HideFileAsync("photos/cat.jpg");

        try
        {
            await bucket.DownloadToFileAsync("photos/cat.jpg", copy);
        }
        catch (B2NotFoundException e)
        {
            Console.WriteLine(e.Message); // b2_download_file_by_name of 'photos/cat.jpg': … (404 not_found)
        }

        await bucket.UnhideFileAsync("photos/cat.jpg");

        (await File.ReadAllBytesAsync(copy, Stop)).ShouldBe(NewContent(5000));
        downloaded.Verification.ShouldBe(ContentVerification.Sha1);
        (await bucket.ListAsync(cancellationToken: Stop).Select(file => file.FileName).ToListAsync(Stop)).ShouldBe(["notes/", "photos/"]);
        (await bucket.GetFileInfoByNameAsync("photos/cat.jpg", cancellationToken: Stop)).FileId.ShouldBe(first.FileId);

        await bucket.EmptyAsync();
        await b2.DeleteBucketAsync(bucket);

        (await b2.ListBucketsAsync(Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_failure_that_it_prints()
    {
        var failure = await Should.ThrowAsync<B2NotFoundException>(() => Bucket.DownloadToFileAsync("photos/cat.jpg", NewPath()));

        failure.Message.ShouldStartWith("b2_download_file_by_name of 'photos/cat.jpg': ");
        failure.Message.ShouldContain("(404 not_found)");
    }
}
