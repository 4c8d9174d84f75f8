using B2Sdk.Wire;

namespace B2Sdk.Tests.Wire;

public sealed class RawUriTests
{
    [Theory, Trait("Fact", "C72")]
    [InlineData("a/../b", "a/../b")]
    [InlineData("./a", "./a")]
    [InlineData("..", "..")]
    [InlineData("a//b", "a//b")]
    [InlineData("/a/", "/a/")]
    [InlineData("100%", "100%25")]
    [InlineData("%2e%2e/a", "%252e%252e/a")]
    [InlineData("a?b#c", "a%3Fb%23c")]
    [InlineData("a\\b", "a%5Cb")]
    [InlineData("a b+c", "a%20b%2Bc")]
    [InlineData("é", "%C3%A9")]
    public void Names_stand_in_urls_as_they_are(string name, string path)
    {
        var url = RawUri.FileByName(new("https://f000.backblazeb2.com"), "my-bucket", name);

        url.AbsoluteUri.ShouldBe($"https://f000.backblazeb2.com/file/my-bucket/{path}");
        url.PathAndQuery.ShouldBe($"/file/my-bucket/{path}");
    }

    [Theory]
    [InlineData("https://f000.backblazeb2.com")]
    [InlineData("https://f000.backblazeb2.com/")]
    public void A_slash_at_the_end_of_a_base_makes_no_difference(string baseUrl)
    {
        RawUri
            .FileById(new(baseUrl), "4_z/+=")
            .AbsoluteUri.ShouldBe("https://f000.backblazeb2.com/b2api/v4/b2_download_file_by_id?fileId=4_z%2F%2B%3D");
        RawUri.Api(new(baseUrl), "b2_list_buckets").AbsoluteUri.ShouldBe("https://f000.backblazeb2.com/b2api/v4/b2_list_buckets");
    }

    [Fact]
    public void A_base_may_have_a_port_and_a_path() =>
        RawUri
            .Api(new("http://127.0.0.1:8182/base/"), "b2_list_buckets")
            .AbsoluteUri.ShouldBe("http://127.0.0.1:8182/base/b2api/v4/b2_list_buckets");

    [Fact]
    public async Task Urls_for_others_are_the_ones_that_are_used_here()
    {
        await using var rig = await Rig.StartAsync();

        (await rig.Bucket.GetDownloadUrlAsync("a/../b c", Rig.Stop)).AbsoluteUri.ShouldBe(
            "https://f000.backblazeb2.com/file/example-bucket/a/../b%20c"
        );
        (await rig.Api.GetDownloadUrlByIdAsync("4_z1", Rig.Stop)).AbsoluteUri.ShouldBe(
            "https://f000.backblazeb2.com/b2api/v4/b2_download_file_by_id?fileId=4_z1"
        );
    }
}
