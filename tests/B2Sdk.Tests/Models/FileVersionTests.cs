using B2Sdk.Wire;

namespace B2Sdk.Tests.Models;

public sealed class FileVersionTests
{
    private static readonly string Sha1 = new('a', 40);

    [Fact]
    public void Two_that_say_the_same_are_equal_and_print_what_is_kept_with_them()
    {
        var (one, same) = (With("a", "1", "b", "2"), With("b", "2", "a", "1"));

        one.ShouldBe(same);
        one.GetHashCode().ShouldBe(same.GetHashCode());
        one.ToString().ShouldContain("FileInfo = { a = 1, b = 2 }");
        one.ShouldNotBe(With("a", "1", "b", "3"));
        one.ShouldNotBe(With("a", "1"));
        new FileVersion { FileName = "x" }.ShouldBe(new FileVersion { FileName = "x", FileInfo = new Dictionary<string, string>() });
    }

    [Fact]
    public void What_is_given_can_be_changed_afterwards_and_the_record_stays()
    {
        var info = new Dictionary<string, string> { ["a"] = "1" };
        var origins = new List<string> { "https://a.example" };
        var file = new FileVersion { FileName = "x", FileInfo = info };
        var rule = Rule(origins);

        info["a"] = "2";
        origins.Add("https://b.example");

        file.FileInfo["a"].ShouldBe("1");
        rule.ShouldBe(Rule(["https://a.example"]));
        rule.ShouldNotBe(Rule(origins));
        rule.ToString().ShouldContain("AllowedOrigins = [https://a.example]");
    }

    [Fact]
    public void Options_that_say_the_same_are_equal()
    {
        static ListOptions Listing(string pattern) => new() { Filters = [NameFilter.Include(pattern), NameFilter.Exclude("*.tmp")] };

        Listing("a*").ShouldBe(Listing("a*"));
        Listing("a*").GetHashCode().ShouldBe(Listing("a*").GetHashCode());
        Listing("a*").ShouldNotBe(Listing("b*"));
        NameFilter.Include("a").ShouldNotBe(NameFilter.Exclude("a"));
        new CreateKeyOptions { BucketIds = ["1"] }.ShouldBe(new CreateKeyOptions { BucketIds = ["1"] });
        new CopyOptions { FileInfo = new Dictionary<string, string>() }.ShouldNotBe(new CopyOptions());
    }

    [Theory]
    [InlineData("Mon, 02 Feb 2026 03:40:00 GMT")]
    [InlineData("Monday, 02-Feb-26 03:40:00 GMT")]
    [InlineData("Mon Feb  2 03:40:00 2026")]
    public void An_expiry_is_read_in_each_of_the_three_forms_of_an_http_date(string text) =>
        With("b2-expires", text).Expires.ShouldBe(new DateTimeOffset(2026, 2, 2, 3, 40, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("2026-02-02T03:40:00Z")]
    [InlineData("Mon, 02 Feb 2026 03:40:00 CET")]
    public void An_expiry_that_is_no_http_date_is_none(string text) => With("b2-expires", text).Expires.ShouldBeNull();

    [Fact]
    public void The_SHA_1_is_taken_from_wherever_it_is_known()
    {
        var file = new FileVersion { FileName = "a" };

        (file.Sha1, file.IsSha1Verified).ShouldBe((null, false));
        Show(file with { ContentSha1 = Sha1 }).ShouldBe((Sha1, true));
        Show(file with { ContentSha1 = $"unverified:{Sha1}" }).ShouldBe((Sha1, false));
        Show(With("large_file_sha1", Sha1) with { ContentSha1 = "none" }).ShouldBe((Sha1, false));
        Show(With("large_file_sha1", "rubbish") with { ContentSha1 = "none" }).ShouldBe((null, false));
    }

    [Fact]
    public void What_is_told_of_a_file_besides_its_fields_is_not_written_as_fields()
    {
        var json = System.Text.Json.JsonSerializer.SerializeToNode(With("b2-expires", "soon"), FileJson.Default.FileVersion)!.AsObject();

        json.Select(member => member.Key).ShouldNotContain("lastModified");
        json.Select(member => member.Key).ShouldNotContain("sha1");
        json.Select(member => member.Key).ShouldContain("fileInfo");
    }

    private static (string?, bool) Show(FileVersion file) => (file.Sha1, file.IsSha1Verified);

    private static FileVersion With(params string[] keysAndValues) =>
        new() { FileName = "a", FileInfo = keysAndValues.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]) };

    private static CorsRule Rule(IReadOnlyList<string> origins) =>
        new()
        {
            CorsRuleName = "a-rule",
            AllowedOrigins = origins,
            AllowedOperations = [CorsOperation.DownloadFileByName],
        };
}
