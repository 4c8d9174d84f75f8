using System.Text.RegularExpressions;

namespace B2Sdk.IntegrationTests.Guides;

/// <summary>The code and the tables of docs/coming-from-b2sdk.md.</summary>
/// <remarks>
/// b2sdk-names.txt has what b2sdk 2.12 exports from <c>b2sdk.v3</c> and <c>b2sdk.v3.exception</c>, and the members of its documented classes, except hooks to replace classes and what writes
/// and reads JSON.
/// </remarks>
public sealed class ComingFromB2sdkGuide(EmulatorFixture fixture) : AccountTest(fixture)
{
    private static readonly string[] Namespaces = ["Microsoft.Extensions.DependencyInjection.", "B2Sdk.Wire.", "B2Sdk."];
    private static readonly string[] WithoutName = ["—", "not yet"];
    private static readonly Regex Code = new("`(?<code>[^`]+)`", RegexOptions.NonBacktracking);
    private static readonly Regex PublicMember = new(
        @"^(?:(?:static|const|override|virtual|abstract|readonly) )*(?<name>[^\s(<]+(?:<T>[^\s(]*)?)",
        RegexOptions.NonBacktracking
    );

    [Fact]
    public async Task The_same_program()
    {
        var (realm, keyId, key) = (Realm, Account.ApplicationKeyId, Account.ApplicationKey);
        var bucketName = Bucket.Name;
        var photo = await NewFileAsync([1, 2, 3]);
        var copy = NewPath();

        await using var b2 = new B2Api(new InMemoryAccountInfo());
        await b2.AuthorizeAccountAsync(realm, keyId, key);

        Bucket bucket = await b2.GetBucketByNameAsync(bucketName);
        await bucket.UploadLocalFileAsync(photo, "2026/cat.jpg");
        await bucket.DownloadToFileAsync("2026/cat.jpg", copy);
        await foreach (FileVersion version in bucket.ListAsync(new() { Prefix = "2026/", Recursive = true }))
        {
            Console.WriteLine($"{version.FileName} {version.SizeInBytes}");
        }

        (await File.ReadAllBytesAsync(copy, Stop)).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void Every_name_of_b2sdk_has_its_row()
    {
        var names = File.ReadAllLines(Path.Combine(GuideTests.Root, "tests", "B2Sdk.IntegrationTests", "Guides", "b2sdk-names.txt"));

        Rows().SelectMany(row => CodesOf(row[0])).ShouldBe(names, ignoreOrder: true);
    }

    [Fact]
    public void Every_name_of_ours_exists()
    {
        var ours = PublicNames();

        var unknown = Rows().SelectMany(row => CodesOf(row[1])).Where(name => !ours.Contains(name)).Distinct();

        unknown.ShouldBeEmpty();
    }

    [Fact]
    public void A_row_without_a_name_of_ours_says_why()
    {
        foreach (var row in Rows().Where(row => !CodesOf(row[1]).Any()))
        {
            WithoutName.ShouldContain(row[1], row[0]);
            (row[1] == "—" || row[2].Length > 0).ShouldBeTrue(row[0]);
        }
    }

    [Fact]
    public void Public_names_are_read_off_whatever_form_a_line_has()
    {
        var ours = PublicNames();

        ours.ShouldContain("Bucket");
        ours.ShouldContain("Bucket.Name");
        ours.ShouldContain("Bucket.UploadBytesAsync");
        ours.ShouldContain("EncryptionKey.EncryptionKey");
        ours.ShouldContain("B2ErrorCode.Conflict");
        ours.ShouldContain("BucketCache.InMemory");
        ours.ShouldContain("Restricted<T>.Value");
        ours.ShouldContain("FileEndpoints.Copy");
        ours.ShouldContain("Emulator.B2Emulator.StartAsync");
        ours.ShouldNotContain("Bucket.upload_bytes");
    }

    /// <summary>The rows of the tables that begin with a name of b2sdk, cell by cell.</summary>
    private static IEnumerable<string[]> Rows() =>
        File.ReadLines(Path.Combine(GuideTests.Root, "docs", "coming-from-b2sdk.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..4]);

    private static IEnumerable<string> CodesOf(string cell) => Code.Matches(cell).Select(match => match.Groups["code"].Value);

    private static HashSet<string> PublicNames()
    {
        var names = new HashSet<string>();
        foreach (var project in Directory.EnumerateDirectories(Path.Combine(GuideTests.Root, "src")))
        {
            var api = Path.Combine(project, "PublicAPI.Unshipped.txt");
            foreach (var line in File.Exists(api) ? File.ReadLines(api) : [])
            {
                var name = PublicMember.Match(line).Groups["name"].Value;
                var space = Namespaces.FirstOrDefault(space => name.StartsWith(space, StringComparison.Ordinal));
                name = space is null ? name : name[space.Length..];
                names.Add(name.EndsWith(".get", StringComparison.Ordinal) ? name[..^".get".Length] : name);
            }
        }
        return names;
    }
}
