using B2Sdk.Wire;

namespace B2Sdk.IntegrationTests;

public sealed class FileVerbTests(EmulatorFixture emulator) : AccountTest(emulator)
{
    [Fact, Trait("Need", "D25")]
    public async Task A_file_is_hidden_once_and_shown_again_under_however_many_markers()
    {
        await UploadAsync("a", [1]);
        await Bucket.HideFileAsync(N("a"), Stop);
        var twice = await Should.ThrowAsync<B2Exception>(() => Bucket.HideFileAsync(N("a"), Stop));
        var between = await UploadAsync("a", [2]);
        await Bucket.HideFileAsync(N("a"), Stop);
        await Bucket.DeleteFileVersionAsync(between, cancellationToken: Stop);

        var shown = await Bucket.UnhideFileAsync(N("a"), cancellationToken: Stop);

        twice.Code.ShouldBe(B2ErrorCode.AlreadyHidden);
        (await DownloadAsync("a")).ShouldBe([1]);
        shown.Action.ShouldBe(FileAction.Upload);
        (await Bucket.ListFileVersionsAsync(N("a"), cancellationToken: Stop).CountAsync(Stop)).ShouldBe(1);
    }

    [Fact, Trait("Need", "D25")]
    public async Task What_is_not_hidden_or_not_there_is_not_unhidden_and_says_so()
    {
        var only = await UploadAsync("a");
        await UploadAsync("marker only");
        var marker = await Bucket.HideFileAsync(N("marker only"), Stop);
        var below = await Bucket.ListFileVersionsAsync(N("marker only"), cancellationToken: Stop).LastAsync(Stop);
        await Bucket.DeleteFileVersionAsync(below, cancellationToken: Stop);

        var visible = await Should.ThrowAsync<B2Exception>(() => Bucket.UnhideFileAsync(N("a"), cancellationToken: Stop));
        await Should.ThrowAsync<B2NotFoundException>(() => Bucket.UnhideFileAsync(N("nothing"), cancellationToken: Stop));
        await Should.ThrowAsync<B2NotFoundException>(() => Bucket.UnhideFileAsync(N("marker only"), cancellationToken: Stop));

        visible.Code.ShouldBe(B2ErrorCode.FileNotHidden);
        visible.Message.ShouldContain(only.FileId);
        (await Bucket.ListFileVersionsAsync(N("marker only"), cancellationToken: Stop).SingleAsync(Stop)).FileId.ShouldBe(marker.FileId);
    }

    [Fact]
    public async Task Whatever_is_done_to_a_version_is_done_to_this_one_and_not_the_newest()
    {
        var old = await UploadAsync("a", [1]);
        await UploadAsync("a", [2, 2]);
        var (path, stream) = (NewPath(), new MemoryStream());

        await Bucket.DownloadToFileAsync(old, path, cancellationToken: Stop);
        await Bucket.DownloadToStreamAsync(old, stream, cancellationToken: Stop);
        await using var opened = await Bucket.OpenReadAsync(old, cancellationToken: Stop);
        var copy = await Bucket.CopyFileAsync(old, N("b"), cancellationToken: Stop);
        var bytes = await Bucket.DownloadBytesAsync(old, cancellationToken: Stop);
        var now = await Bucket.GetFileInfoAsync(old, Stop);
        var url = await Bucket.GetDownloadUrlAsync(old, Stop);
        await Bucket.DeleteFileVersionAsync(old, cancellationToken: Stop);

        (await File.ReadAllBytesAsync(path, Stop)).ShouldBe([1]);
        stream.ToArray().ShouldBe([1]);
        bytes.ShouldBe([1]);
        (opened.Length, opened.File.FileId).ShouldBe((1, old.FileId));
        (copy.SizeInBytes, now.FileId).ShouldBe((1, old.FileId));
        url.Query.ShouldContain(old.FileId);
        (await Bucket.ListFileVersionsAsync(N("a"), cancellationToken: Stop).SingleAsync(Stop)).SizeInBytes.ShouldBe(2);
    }

    [Fact]
    public async Task A_folder_of_a_listing_is_no_version_and_is_refused_by_its_name()
    {
        await UploadAsync("folder/a");
        var folder = (await Bucket.ListAsync(new() { Prefix = N("") }, Stop).ToListAsync(Stop)).Single(row =>
            row.Action == FileAction.Folder
        );

        Func<Task>[] verbs =
        [
            () => Bucket.DownloadToFileAsync(folder, NewPath(), cancellationToken: Stop),
            () => Bucket.DownloadToStreamAsync(folder, Stream.Null, cancellationToken: Stop),
            () => Bucket.DownloadBytesAsync(folder, cancellationToken: Stop),
            () => Bucket.OpenReadAsync(folder, cancellationToken: Stop),
            () => Bucket.CopyFileAsync(folder, N("b"), cancellationToken: Stop),
            () => Bucket.DeleteFileVersionAsync(folder, cancellationToken: Stop),
            () => Bucket.UpdateFileRetentionAsync(folder, FileRetention.None, cancellationToken: Stop),
            () => Bucket.UpdateFileLegalHoldAsync(folder, LegalHold.Off, Stop),
            () => Bucket.GetFileInfoAsync(folder, Stop),
            () => Bucket.GetDownloadUrlAsync(folder, Stop),
            () => Bucket.CancelLargeFileAsync(folder, Stop),
            () => Bucket.ListPartsAsync(folder, cancellationToken: Stop).CountAsync(Stop).AsTask(),
        ];

        folder.FileId.ShouldBe("");
        foreach (var verb in verbs)
        {
            var refusal = await Should.ThrowAsync<ArgumentException>(verb);
            refusal.Message.ShouldStartWith($"The folder '{folder.FileName}' has no id");
            refusal.ParamName.ShouldBeOneOf("file", "source");
        }
    }

    [Fact]
    public async Task An_unfinished_file_on_top_hides_nothing_and_is_in_nobodys_way()
    {
        await UploadAsync("a", [1]);
        await Bucket.HideFileAsync(N("a"), Stop);
        await StartAsync(N("a"));

        (await Bucket.UnhideFileAsync(N("a"), cancellationToken: Stop)).SizeInBytes.ShouldBe(1);

        (await DownloadAsync("a")).ShouldBe([1]);
    }

    [Fact]
    public async Task Unfinished_files_are_listed_with_their_parts_and_can_be_canceled()
    {
        var first = await StartAsync(N("videos/1"));
        var second = await StartAsync(N("videos/2"));
        await StartAsync(N("other/3"));
        var source = await UploadAsync("source", NewContent(50_000));
        foreach (var number in new[] { 1, 2 })
        {
            await Api.Raw.CallAsync(
                LargeFileEndpoints.CopyPart,
                new()
                {
                    SourceFileId = source.FileId,
                    LargeFileId = first,
                    PartNumber = number,
                    Range = "bytes=0-19999",
                },
                Stop
            );
        }

        var listed = await Bucket.ListUnfinishedLargeFilesAsync(new() { Prefix = N("videos/"), PageSize = 1 }, Stop).ToListAsync(Stop);
        var parts = await Bucket.ListPartsAsync(listed[0], cancellationToken: Stop).ToListAsync(Stop);
        var later = await Api.ListPartsAsync(first, 2, Stop).ToListAsync(Stop);
        await Bucket.CancelLargeFileAsync(listed[0], Stop);

        listed.Select(file => file.FileId).ShouldBe([first, second]);
        listed.ShouldAllBe(file => file.Action == FileAction.Start);
        parts.Select(part => (part.PartNumber, part.SizeInBytes)).ShouldBe([(1, 20_000), (2, 20_000)]);
        later.Select(part => part.PartNumber).ShouldBe([2]);
        (await Bucket.ListUnfinishedLargeFilesAsync(new() { Prefix = N("videos/") }, Stop).ToListAsync(Stop)).Count.ShouldBe(1);
        await Should.ThrowAsync<B2Exception>(() => Api.CancelLargeFileAsync(first, Stop));
    }

    [Fact, Trait("Need", "D27")]
    public async Task A_file_is_copied_to_another_bucket_whole_in_part_and_in_parts()
    {
        Needs(Scope.Account);
        var content = NewContent(95_000);
        var options = new UploadOptions
        {
            ContentType = "text/plain",
            FileInfo = new Dictionary<string, string> { ["note"] = "x" },
            CacheControl = "no-store",
            PartSize = 200_000,
        };
        var source = await Bucket.UploadBytesAsync(content, N("source"), options, Stop);
        var other = await Api.CreateBucketAsync(NewBucketName(), BucketType.AllPrivate, cancellationToken: Stop);

        var whole = await other.CopyFileAsync(source, "whole", cancellationToken: Stop);
        var stretch = await other.CopyFileAsync(source, "stretch", new() { Range = new(10, 19) }, Stop);
        var inParts = await other.CopyFileAsync(source, "parts", new() { PartSize = 20_000 }, Stop);
        var stretchInParts = await other.CopyFileAsync(
            source,
            "stretch in parts",
            new() { Range = new(1_000, 50_999), PartSize = 20_000 },
            Stop
        );

        (await ReadAsync(other, whole)).ShouldBe(content);
        (await ReadAsync(other, stretch)).ShouldBe(content[10..20]);
        (await ReadAsync(other, inParts)).ShouldBe(content);
        (await ReadAsync(other, stretchInParts)).ShouldBe(content[1_000..51_000]);
        foreach (var copy in new[] { whole, stretch, inParts, stretchInParts })
        {
            (copy.BucketId, copy.ContentType, copy.FileInfo["note"], copy.CacheControl).ShouldBe((other.Id, "text/plain", "x", "no-store"));
        }
        inParts.Sha1.ShouldBe(source.Sha1);
        stretchInParts.FileInfo.ShouldNotContainKey("large_file_sha1");
    }

    [Fact]
    public async Task A_copy_of_nothing_is_not_found_and_a_bucket_is_told_when_it_is_gone()
    {
        var file = await UploadAsync("a");
        await Bucket.DeleteFileVersionAsync(file, cancellationToken: Stop);

        await Should.ThrowAsync<B2NotFoundException>(() => Bucket.CopyFileAsync(file, N("b"), cancellationToken: Stop));
    }

    [Theory, Trait("Need", "D17")]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("9223372036854775808")]
    [InlineData("1e3")]
    [InlineData("NaN")]
    [InlineData("1 000")]
    [InlineData("253402300800000")]
    public async Task A_time_of_change_that_is_none_is_kept_as_it_is_and_the_upload_time_stands_in(string time)
    {
        var options = new UploadOptions { FileInfo = new Dictionary<string, string> { ["src_last_modified_millis"] = time } };
        await Bucket.UploadBytesAsync(new byte[1], N("a"), options, Stop);

        var listed = (await ListAsync(new() { Recursive = true })).Single();

        listed.FileInfo["src_last_modified_millis"].ShouldBe(time);
        listed.LastModified.ShouldBe(listed.UploadTimestamp);
    }

    [Fact, Trait("Need", "D17")]
    public async Task A_time_before_1970_is_a_time()
    {
        var then = new DateTimeOffset(1969, 7, 20, 20, 17, 40, TimeSpan.Zero);
        await Bucket.UploadBytesAsync(new byte[1], N("a"), new() { LastModified = then }, Stop);

        (await ListAsync(new() { Recursive = true })).Single().LastModified.ShouldBe(then);
    }

    [Fact]
    public async Task The_words_of_a_file_can_be_read_off_a_version_and_off_headers()
    {
        var options = new UploadOptions
        {
            CacheControl = "no-store",
            ContentDisposition = "inline",
            ContentEncoding = "gzip",
            ContentLanguage = "de",
            Expires = new DateTimeOffset(2026, 2, 2, 4, 40, 0, TimeSpan.FromHours(1)),
        };
        var uploaded = await Bucket.UploadBytesAsync(new byte[1], N("a"), options, Stop);
        var byName = await Api.GetFileInfoByNameAsync(Bucket.Name, N("a"), cancellationToken: Stop);

        foreach (var file in new[] { uploaded, byName })
        {
            (file.CacheControl, file.ContentDisposition, file.ContentEncoding, file.ContentLanguage).ShouldBe(
                ("no-store", "inline", "gzip", "de")
            );
            file.Expires.ShouldBe(new DateTimeOffset(2026, 2, 2, 3, 40, 0, TimeSpan.Zero));
            (file.Sha1, file.IsSha1Verified).ShouldBe(("5ba93c9db0cff93f52b521d7420e43f6eda2784f", true));
        }
    }

    [Fact]
    public async Task The_raw_layer_says_what_is_asked_and_no_more()
    {
        Needs(Scope.Account);
        var account = await Api.GetAuthorizationAsync(Stop);

        var answer = await Api.Raw.CallAsync(BucketEndpoints.List, new() { AccountId = account.AccountId }, Stop);
        var own = new Endpoint<ListBucketsRequest, ListBucketsResponse>(
            "b2_list_buckets",
            BucketEndpoints.List.RequestType,
            BucketEndpoints.List.ResponseType
        );

        answer.Buckets.Single().BucketName.ShouldBe(Bucket.Name);
        (await Api.Raw.CallAsync(own, new() { AccountId = account.AccountId, BucketName = Bucket.Name }, Stop)).Buckets.Count.ShouldBe(1);
    }

    private static async Task<byte[]> ReadAsync(Bucket bucket, FileVersion file)
    {
        using var bytes = new MemoryStream();
        await bucket.DownloadToStreamAsync(file.FileName, bytes, cancellationToken: Stop);
        return bytes.ToArray();
    }
}
