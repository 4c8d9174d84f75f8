using System.IO.Compression;

namespace B2Sdk.IntegrationTests.Guides;

/// <summary>The code of docs/uploads-and-downloads.md.</summary>
public sealed class TransfersGuide(EmulatorFixture fixture) : AccountTest(fixture, Scope.Account)
{
    [Fact]
    public async Task What_is_kept_with_a_file()
    {
        Bucket bucket = Bucket;
        string path = await NewFileAsync([1, 2, 3]);

        FileVersion file = await bucket.UploadLocalFileAsync(
            path,
            "2026/report.pdf",
            new()
            {
                ContentType = "application/pdf",
                FileInfo = new Dictionary<string, string> { ["author"] = "Ada" },
                CacheControl = "max-age=3600",
                ContentDisposition = "attachment; filename=\"report.pdf\"",
            }
        );

        file.FileInfo["author"].ShouldBe("Ada");
        file.ContentType.ShouldBe("application/pdf");
    }

    [Fact]
    public async Task Large_files()
    {
        Bucket bucket = Bucket;
        string path = await NewFileAsync(NewContent(100_000));
        var account = await Api.GetAuthorizationAsync(Stop);
        account.RecommendedPartSize.ShouldBe(EmulatorFixture.RecommendedPartSize);

        var progress = new Progress<TransferProgress>(now => Console.WriteLine($"{now.BytesTransferred} of {now.TotalBytes}"));
        FileVersion video = await bucket.UploadLocalFileAsync(path, "video.mp4", new() { Concurrency = 8, Progress = progress });
        await bucket.DownloadToFileAsync("video.mp4", path, new() { Concurrency = 8, Progress = progress });

        video.SizeInBytes.ShouldBe(100_000);
        (await File.ReadAllBytesAsync(path, Stop)).ShouldBe(NewContent(100_000));
    }

    [Fact]
    public async Task Streams()
    {
        Bucket bucket = Bucket;
        string path = NewPath("log.gz");
        await using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            await gzip.WriteAsync(NewContent(100_000), Stop);
        }

        await using Stream log = new GZipStream(File.OpenRead(path), CompressionMode.Decompress); // of unknown length, and read once
        FileVersion file = await bucket.UploadStreamAsync(log, "2026/11/24.log");

        file.SizeInBytes.ShouldBe(100_000);
    }

    [Fact]
    public async Task Pieces()
    {
        Bucket bucket = Bucket;
        await UploadAsync("video.mp4", NewContent(100_000));

        using var piece = new MemoryStream();
        await bucket.DownloadToStreamAsync("video.mp4", piece, new() { Range = new(1_000, 1_999) }); // both included

        await using DownloadStream video = await bucket.OpenReadAsync("video.mp4");
        video.Seek(-500, SeekOrigin.End);
        var tail = new byte[500];
        await video.ReadExactlyAsync(tail);

        piece.ToArray().ShouldBe(NewContent(100_000)[1_000..2_000]);
        tail.ShouldBe(NewContent(100_000)[^500..]);
    }

    [Fact]
    public async Task One_file_of_an_archive()
    {
        Bucket bucket = Bucket;
        using var zip = new MemoryStream();
        await using (var made = await ZipArchive.CreateAsync(zip, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null))
        {
            foreach (var (name, size) in new[] { ("dog.jpg", 1_000_000), ("cat.jpg", 10_000), ("owl.jpg", 1_000_000) })
            {
                await using var file = await made.CreateEntry(name, CompressionLevel.NoCompression).OpenAsync(Stop);
                await file.WriteAsync(NewContent(size), Stop);
            }
        }
        await UploadAsync("photos.zip", zip.ToArray());
        string path = NewPath("cat.jpg");

        await using DownloadStream remote = await bucket.OpenReadAsync("photos.zip");
        using var archive = new ZipArchive(remote); // fetches its table of contents
        archive.GetEntry("cat.jpg")!.ExtractToFile(path); // and this one file of it

        (await File.ReadAllBytesAsync(path, Stop)).ShouldBe(NewContent(10_000));
    }

    [Fact]
    public async Task What_was_left_unfinished()
    {
        B2Api b2 = Api;
        Bucket bucket = Bucket;
        await b2.Raw.CallAsync(
            Wire.LargeFileEndpoints.Start,
            new()
            {
                BucketId = bucket.Id,
                FileName = "video.mp4",
                ContentType = "b2/x-auto",
            },
            Stop
        );

        await foreach (FileVersion file in bucket.ListUnfinishedLargeFilesAsync())
        {
            await bucket.CancelLargeFileAsync(file);
        }

        (await bucket.ListUnfinishedLargeFilesAsync(cancellationToken: Stop).CountAsync(Stop)).ShouldBe(0);
    }
}
