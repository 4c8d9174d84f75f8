using System.Text;
using CsCheck;

namespace B2Sdk.IntegrationTests;

public sealed class FileNameTests(EmulatorFixture emulator) : AccountTest(emulator)
{
    public static TheoryData<string> OddNames =>
        [
            "plain.txt",
            "with blanks and  two",
            " leading and trailing ",
            "a+b%20c%2Fd#e?f&g=h",
            "quotes \" ' ` and \\ backslash",
            "folder/below/it.txt",
            "double//slash",
            "/leading slash",
            "trailing slash/",
            "dots/../in/./between",
            "..",
            ".",
            "umlaut äöü",
            "u\u0308 decomposed",
            "日本語/ファイル",
            "outside the BMP 😀/𝄞",
            "%",
            "%zz",
            "100%",
            "+",
            "semi;colon,comma:at@dollar$star*(parens)[brackets]{braces}<angles>|^~!",
            "last.of/private\uE000\uFFFD",
            new string('n', 1024 - N("").Length),
            string.Concat(Enumerable.Repeat("😀", (1024 - N("").Length) / 4)),
        ];

    [Theory]
    [MemberData(nameof(OddNames))]
    public async Task A_name_comes_back_as_it_was(string name)
    {
        var content = Encoding.UTF8.GetBytes(name);
        var info = new Dictionary<string, string> { ["note"] = $"{name[..Math.Min(name.Length, 60)]}" };

        var uploaded = await Bucket.UploadBytesAsync(content, N(name), new() { FileInfo = info }, Stop);

        uploaded.FileName.ShouldBe(N(name));
        (await ListNamesAsync(new() { Recursive = true })).ShouldBe([name]);
        (await ListNamesAsync(new() { Recursive = true, Prefix = name })).ShouldBe([name]);
        (await Bucket.GetFileInfoByNameAsync(N(name), cancellationToken: Stop)).FileName.ShouldBe(N(name));
        (await Bucket.GetFileInfoByNameAsync(N(name), cancellationToken: Stop)).FileInfo["note"].ShouldBe(info["note"]);
        (await Api.GetFileInfoAsync(uploaded, Stop)).FileInfo["note"].ShouldBe(info["note"]);
        (await DownloadAsync(name)).ShouldBe(content);
        (await Bucket.HideFileAsync(N(name), Stop)).FileName.ShouldBe(N(name));
        await Bucket.DeleteFileVersionAsync(uploaded, cancellationToken: Stop);
    }

    [Theory]
    [MemberData(nameof(OddNames))]
    public async Task A_large_files_name_comes_back_as_it_was(string name)
    {
        var content = NewContent(EmulatorFixture.MinimumPartSize * 2 + 1);

        await Bucket.UploadBytesAsync(content, N(name), new() { PartSize = EmulatorFixture.MinimumPartSize }, Stop);

        (await DownloadAsync(name)).ShouldBe(content);
    }

    [Fact]
    public async Task Any_name_comes_back_as_it_was()
    {
        var anyName = Gen.Select(
                Gen.Int[0x20, 0x10FFFF].Where(rune => Rune.IsValid(rune) && rune != 0x7F),
                rune => new Rune(rune).ToString()
            )
            .List[1, 40]
            .Select(runes => string.Concat(runes));

        await anyName.SampleAsync(
            async name =>
            {
                await UploadAsync(name, Encoding.UTF8.GetBytes(name));
                (await DownloadAsync(name)).ShouldBe(Encoding.UTF8.GetBytes(name));
            },
            iter: 100,
            threads: 1
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("control\u0001character")]
    [InlineData("line\nbreak")]
    [InlineData("delete\u007F")]
    public async Task A_name_that_b2_does_not_take_is_refused_before_the_bytes_are_read(string name)
    {
        var source = new UnreadStream();

        await Should.ThrowAsync<ArgumentException>(() => Bucket.UploadStreamAsync(source, name, cancellationToken: Stop));

        source.WasRead.ShouldBeFalse();
        (await ListAsync(new() { Recursive = true, LatestOnly = false })).ShouldBeEmpty();
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_refused_in_names_and_in_info()
    {
        // Attributes cannot carry it: it is no valid text.
        var half = "half a pair " + '\uD83D';
        var info = new Dictionary<string, string> { ["note"] = half };

        await Should.ThrowAsync<ArgumentException>(() => UploadAsync(half));
        await Should.ThrowAsync<ArgumentException>(() => Bucket.UploadBytesAsync(new byte[1], N("a"), new() { FileInfo = info }, Stop));

        (await ListAsync(new() { Recursive = true, LatestOnly = false })).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_of_1025_bytes_is_refused_with_its_length_and_the_limit()
    {
        var failure = await Should.ThrowAsync<ArgumentException>(() => UploadAsync(new string('n', 1023 - N("").Length) + "ü"));

        failure.Message.ShouldContain("1025");
        failure.Message.ShouldContain("1024");
    }

    private sealed class UnreadStream : MemoryStream
    {
        public bool WasRead { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            WasRead = true;
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
