using System.Text;

namespace B2Sdk.IntegrationTests;

public sealed class ListingFilterTests(EmulatorFixture emulator) : AccountTest(emulator, Scope.WholeBucket)
{
    private static readonly string[] Names =
    [
        "a",
        "a.b",
        "a.txt",
        "a/",
        "a/b",
        "a/b/c.txt",
        "a/c.tmp",
        "a0",
        "b/1.txt",
        "b/2.tmp",
        "b0",
        "ab/x",
        "z",
        "ä/ö.txt",
    ];

    [Fact, Trait("Need", "D4")]
    public async Task Whatever_is_asked_for_the_listing_is_what_a_naive_look_at_all_names_gives()
    {
        foreach (var name in Names)
        {
            await UploadAsync(name);
        }
        string[] prefixes = ["", "a", "a/", "b", "ä", "nothing"];
        string[][] allFilters =
        [
            [],
            ["-*.tmp"],
            ["+*.txt"],
            ["-a*", "+a/*"],
            ["+*", "-*/*"],
            ["-*"],
        ];
        string?[] patterns = [null, null, "*", "a*", "a/*.t?t", "*[!a-z]*", "b/[12].*"];
        var random = new Random(1);

        for (var i = 0; i < 150; i++)
        {
            var (prefix, recursive, pageSize) = (Any(prefixes), random.Next(2) == 0, Any([1, 2, 3, 1000]));
            var (filters, pattern) = (Any(allFilters), Any(patterns));
            var options = new ListOptions
            {
                Prefix = prefix,
                Recursive = recursive || pattern is not null,
                PageSize = pageSize,
                Filters =
                [
                    .. filters.Select(filter => filter[0] == '+' ? NameFilter.Include(filter[1..]) : NameFilter.Exclude(filter[1..])),
                ],
                Pattern = pattern,
            };

            var listed = await ListNamesAsync(options);

            listed.ShouldBe(Naive(options), $"{options with { Filters = [] }} {string.Join(' ', filters)}");
        }

        T Any<T>(T[] values) => values[random.Next(values.Length)];
    }

    [Fact]
    public async Task A_pattern_asks_for_what_it_begins_with_and_no_more()
    {
        foreach (var name in Names)
        {
            await UploadAsync(name);
        }
        var wire = new FaultyWire();
        var bucket = await BucketOverAsync(wire);

        var listed = await bucket
            .ListAsync(
                new()
                {
                    Pattern = "b/*.txt",
                    Recursive = true,
                    PageSize = 1,
                },
                Stop
            )
            .Select(file => file.FileName)
            .ToListAsync(Stop);

        listed.ShouldBe(["b/1.txt"]);
        wire.CountOf("b2_list_file_names").ShouldBeInRange(2, 3);
    }

    [Fact]
    public async Task A_folder_that_was_shown_is_not_read_to_its_end()
    {
        for (var i = 0; i < 40; i++)
        {
            await UploadAsync($"folder/{i:d3}", []);
        }
        await UploadAsync("z");
        var wire = new FaultyWire();
        var bucket = await BucketOverAsync(wire);

        var listed = await bucket
            .ListAsync(new() { PageSize = 5, Filters = [NameFilter.Exclude("*.tmp")] }, Stop)
            .Select(file => (file.FileName, file.Action))
            .ToListAsync(Stop);

        listed.ShouldBe([("folder/", FileAction.Folder), ("z", FileAction.Upload)]);
        wire.CountOf("b2_list_file_names").ShouldBe(2);
    }

    [Fact]
    public async Task Pages_can_be_gone_on_with_elsewhere()
    {
        for (var i = 0; i < 3; i++)
        {
            await UploadAsync("a", [(byte)i]);
            await UploadAsync($"b{i}");
        }
        var options = new ListOptions
        {
            Recursive = true,
            LatestOnly = false,
            PageSize = 2,
        };
        var whole = await ListAsync(options);

        var first = await Bucket.ListPagesAsync(options, Stop).FirstAsync(Stop);
        var rest = await Bucket
            .ListAsync(options with { StartFileName = first.NextFileName, StartFileId = first.NextFileId }, Stop)
            .ToListAsync(Stop);

        first.Files.Count.ShouldBe(2);
        first.Files.Concat(rest).Select(file => file.FileId).ShouldBe(whole.Select(file => file.FileId));
    }

    [Fact]
    public async Task The_versions_of_one_file_are_those_of_exactly_this_name()
    {
        await UploadAsync("a", [1]);
        await UploadAsync("a.b", [2]);
        await UploadAsync("a", [3]);
        await Bucket.HideFileAsync("a", Stop);

        var versions = await Bucket.ListFileVersionsAsync("a", pageSize: 1, Stop).ToListAsync(Stop);

        versions.Select(version => version.Action).ShouldBe([FileAction.Hide, FileAction.Upload, FileAction.Upload]);
        (await Bucket.ListFileVersionsAsync("nothing", cancellationToken: Stop).ToListAsync(Stop)).ShouldBeEmpty();
    }

    [Fact]
    public void What_cannot_be_listed_is_refused_before_anything_is_sent()
    {
        Should.Throw<ArgumentException>(() => Bucket.ListAsync(new() { Pattern = "*" }, Stop)).Message.ShouldContain("recursive");
        Should.Throw<ArgumentException>(() => Bucket.ListAsync(new() { StartFileId = "4_z1" }, Stop)).Message.ShouldContain("4_z1");
        Should.Throw<ArgumentException>(() => Bucket.ListPagesAsync(new() { PageSize = 0 }, Stop));
    }

    private static List<string> Naive(ListOptions options)
    {
        var wildcard = options.Pattern;
        var names = Names
            .Where(name => name.StartsWith(options.Prefix, StringComparison.Ordinal))
            .Where(name => wildcard is null || Matches(wildcard, name))
            .Where(name => Allowed(options.Filters, name))
            .Select(name =>
            {
                var slash = name.IndexOf('/', options.Prefix.Length);
                return options.Recursive || slash < 0 ? name : name[..(slash + 1)];
            })
            .Distinct();
        return [.. names.OrderBy(name => Convert.ToHexString(Encoding.UTF8.GetBytes(name)), StringComparer.Ordinal)];
    }

    private static bool Allowed(IReadOnlyList<NameFilter> filters, string name) =>
        filters.LastOrDefault(filter => Matches(filter.Pattern, name)) is { } decisive
            ? decisive.IsInclude
            : filters.Count == 0 || filters.Any(filter => !filter.IsInclude);

    // The few patterns of this test, in the words of regular expressions.
    private static bool Matches(string pattern, string name) =>
        System.Text.RegularExpressions.Regex.IsMatch(
            name,
            $"^{pattern.Replace(".", "\\.").Replace("*", ".*").Replace("?", ".").Replace("[!", "[^")}$",
            System.Text.RegularExpressions.RegexOptions.NonBacktracking,
            TimeSpan.FromSeconds(5)
        );
}
