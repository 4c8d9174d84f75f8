using System.Security.Cryptography;
using B2Sdk.Emulator.Rules;
using CsCheck;

namespace B2Sdk.Emulator.Tests;

/// <summary>An emulator that keeps lengths and digests only, and makes content up.</summary>
public sealed class SparseTests : IDisposable
{
    private const int Size = 300_000;
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Content_of_one_byte_comes_back_as_it_was_without_being_kept()
    {
        await using var emulator = await StartAsync();
        var (b2, bucketId, name) = await NewBucketAsync(emulator);
        var content = B2Wire.Bytes(Size, 7);

        var file = (await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "sevens", content)).ShouldBeOk().Json;
        var reply = (await b2.DownloadByNameAsync(name, "sevens")).ShouldBeOk();

        reply.Body.AsSpan().SequenceEqual(content).ShouldBeTrue();
        reply.Header("X-Bz-Content-Sha1").ShouldBe(B2Wire.Sha1(content));
        B2Wire.Text(file["contentSha1"]).ShouldBe(B2Wire.Sha1(content));
        TemporaryFolder.BlobBytes(_folder.Data).ShouldBe(0);
    }

    [Fact]
    public async Task Other_content_is_checked_and_stood_in_for_by_noise_that_is_always_the_same()
    {
        var content = RandomNumberGenerator.GetBytes(Size);
        string name;
        byte[] first;
        await using (var emulator = await StartAsync())
        {
            (var b2, var bucketId, name) = await NewBucketAsync(emulator);
            (
                await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "a", content, ("X-Bz-Content-Sha1", new string('0', 40)))
            ).ShouldBeRefused(400);

            var file = (
                await B2Wire.UploadAsync(
                    await b2.UploadUrlAsync(bucketId),
                    "a",
                    content,
                    ("X-Bz-Info-large_file_sha1", B2Wire.Sha1(content))
                )
            )
                .ShouldBeOk()
                .Json;
            var reply = (await b2.DownloadByNameAsync(name, "a")).ShouldBeOk();

            B2Wire.Text(file["contentSha1"]).ShouldBe(B2Wire.Sha1(content));
            reply.Header("X-Bz-Content-Sha1").ShouldBe("none");
            reply.Header("X-Bz-Info-large_file_sha1").ShouldBeNull();
            first = reply.Body;
            first.Length.ShouldBe(Size);
        }

        await using var again = await StartAsync();
        var wire = await B2Wire.AuthorizeAsync(again.Url, again.Account);
        var stretch = await wire.DownloadByNameAsync(name, "a", headers: [("Range", "bytes=100001-250000")]);

        stretch.Status.ShouldBe(206);
        stretch.Body.AsSpan().SequenceEqual(first.AsSpan(100_001, 150_000)).ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_small_is_kept_even_so()
    {
        await using var emulator = await StartAsync();
        var (b2, bucketId, name) = await NewBucketAsync(emulator);
        var content = RandomNumberGenerator.GetBytes(4096);

        (await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "notes", content)).ShouldBeOk();

        (await b2.DownloadByNameAsync(name, "notes")).ShouldBeOk().Body.ShouldBe(content);
    }

    [Fact]
    public async Task Parts_copies_and_deletions_work_without_the_bytes()
    {
        await using var emulator = await StartAsync();
        var (b2, bucketId, name) = await NewBucketAsync(emulator);
        byte[] zeros = B2Wire.Bytes(Size, 0);
        byte[] ones = B2Wire.Bytes(Size, 1);

        var large = await b2.UploadLargeFileAsync(bucketId, "large", zeros, ones);
        var copy = await b2.OkAsync(
            "b2_copy_file",
            new()
            {
                ["sourceFileId"] = B2Wire.IdOf(large),
                ["fileName"] = "copy",
                ["range"] = $"bytes={Size - 1}-{Size}",
            }
        );
        (await b2.CallAsync("b2_delete_file_version", new() { ["fileName"] = "large", ["fileId"] = B2Wire.IdOf(large) })).ShouldBeOk();

        (await b2.DownloadByNameAsync(name, "copy")).ShouldBeOk().Body.ShouldBe([0, 1]);
        B2Wire.Text(copy["contentSha1"]).ShouldBe(B2Wire.Sha1([0, 1]));
    }

    [Fact]
    public void Made_up_bytes_are_the_same_wherever_one_begins() =>
        Gen.Select(Gen.Long[-1_000, 1_000], Gen.Long[0, 1L << 44], Gen.Int[0, 100], Gen.Int[0, 40])
            .Sample(
                (number, position, length, skip) =>
                {
                    var whole = new byte[skip + length];
                    var end = new byte[length];

                    MadeUpBytes.Write(number, position, whole);
                    MadeUpBytes.Write(number, position + skip, end);

                    whole.AsSpan(skip).SequenceEqual(end).ShouldBeTrue();
                }
            );

    [Fact]
    public async Task A_part_copied_from_a_file_has_the_digests_of_what_was_uploaded_and_keeps_nothing_more()
    {
        await using var emulator = await StartAsync();
        var (b2, bucketId, _) = await NewBucketAsync(emulator);
        var content = RandomNumberGenerator.GetBytes(Size);
        var source = (await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "a", content)).ShouldBeOk().Json;
        var sourceId = B2Wire.Text(source["fileId"]);
        var largeId = await b2.StartLargeFileAsync(bucketId, "b");

        var part = await b2.OkAsync(
            "b2_copy_part",
            new()
            {
                ["sourceFileId"] = sourceId,
                ["largeFileId"] = largeId,
                ["partNumber"] = 1,
            }
        );

        B2Wire.Text(part["contentSha1"]).ShouldBe(B2Wire.Sha1(content));
        B2Wire.Text(part["contentMd5"]).ShouldBe(B2Wire.Text(source["contentMd5"]));
        TemporaryFolder.BlobBytes(_folder.Data).ShouldBe(0);
    }

    private static async Task<(B2Wire B2, string BucketId, string Name)> NewBucketAsync(B2Emulator emulator)
    {
        var name = EmulatorTest.NewBucketName();
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        return (b2, await b2.CreateBucketAsync(name), name);
    }

    private Task<B2Emulator> StartAsync() =>
        B2Emulator.StartAsync(
            new()
            {
                DataDirectory = _folder.Data,
                IsSparse = true,
                MinimumPartSize = EmulatorFixture.MinimumPartSize,
            },
            Cancelled
        );
}
