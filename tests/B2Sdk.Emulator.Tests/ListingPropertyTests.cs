using CsCheck;

namespace B2Sdk.Emulator.Tests;

/// <summary>Listings of random buckets agree with a model that knows nothing of pages or tables.</summary>
public sealed class ListingPropertyTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    /// <summary>Few pieces, so that names collide, nest and share prefixes; some sort differently as UTF-16 than as UTF-8.</summary>
    private static readonly Gen<string> Piece = OneOf("a", "b", "ab", "é", "\ufffd", "\U00010000", " ", "!", "0", "~");

    private static readonly Gen<string> Name = Piece.Array[1, 3].Select(s => string.Concat(s)).Array[1, 3].Select(s => string.Join('/', s));

    /// <summary>Many names with few versions, or few names with many.</summary>
    private static readonly Gen<(string Name, int Kind)[]> Events = Gen.OneOf(
        Gen.Select(Name, Gen.Int[0, 9]).Array[1, 25],
        Gen.Select(OneOf("a", "a/b", "ab"), Gen.Int[0, 9]).Array[40, 80]
    );

    private static readonly Gen<(string Prefix, string? Delimiter, string Start, int PageSize)[]> Queries = Gen.Select(
        Gen.OneOf(Gen.Const(""), Piece, Name, Piece.Select(p => p + "/")),
        OneOf<string?>(null, "/", "/", "", "a", "b/"),
        Gen.OneOf(Gen.Const(""), Gen.Const(""), Name, Piece),
        Gen.Int[1, 12]
    ).Array[12];

    [Fact, Trait("Fact", "S146"), Trait("Fact", "S147"), Trait("Fact", "S148"), Trait("Fact", "S155"), Trait("Fact", "S158")]
    public async Task Listings_agree_with_the_model()
    {
        await Gen.Select(Events, Queries)
            .SampleAsync(
                async (events, queries) =>
                {
                    var (b2, bucketId) = await NewBucketAsync();
                    var model = new ListingModel();
                    foreach (var (name, kind) in events)
                    {
                        await PlayAsync(b2, bucketId, model, name, kind);
                    }

                    foreach (var (prefix, delimiter, start, pageSize) in queries)
                    {
                        var what = $"prefix '{prefix}', delimiter '{delimiter}', start '{start}', pages of {pageSize}";
                        var names = await RowsAsync(b2, "b2_list_file_names", bucketId, prefix, delimiter, start, pageSize);
                        names.ShouldBe(model.NameRows(prefix, delimiter, start), $"names with {what}");
                        var versions = await RowsAsync(b2, "b2_list_file_versions", bucketId, prefix, delimiter, start, pageSize);
                        versions.ShouldBe(model.VersionRows(prefix, delimiter, start), $"versions with {what}");
                    }
                },
                iter: 25,
                threads: 1
            );
    }

    [Fact, Trait("Fact", "S152")]
    public async Task A_listing_may_begin_at_any_version()
    {
        await Events.SampleAsync(
            async events =>
            {
                var (b2, bucketId) = await NewBucketAsync();
                var model = new ListingModel();
                foreach (var (name, kind) in events)
                {
                    await PlayAsync(b2, bucketId, model, name, kind);
                }

                var all = model.Versions.ToList();
                for (var i = 0; i < all.Count; i += 3)
                {
                    var rest = await b2.VersionsAsync(bucketId, new() { ["startFileName"] = all[i].Name, ["startFileId"] = all[i].Id });
                    rest.Select(B2Wire.IdOf).ShouldBe(all[i..].Select(v => v.Id));
                }
            },
            iter: 10,
            threads: 1
        );
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static async Task PlayAsync(B2Wire b2, string bucketId, ListingModel model, string name, int kind)
    {
        var hides = kind is 7 or 8 && model.Exists(name) && !model.IsHidden(name);
        if (hides)
        {
            var marker = await b2.OkAsync("b2_hide_file", new() { ["bucketId"] = bucketId, ["fileName"] = name });
            model.Add(name, "hide", B2Wire.IdOf(marker));
        }
        else if (kind == 9)
        {
            model.Add(name, "start", await b2.StartLargeFileAsync(bucketId, name));
        }
        else
        {
            model.Add(name, "upload", B2Wire.IdOf(await b2.UploadAsync(bucketId, name)));
        }
    }

    private static async Task<List<string>> RowsAsync(
        B2Wire b2,
        string operation,
        string bucketId,
        string prefix,
        string? delimiter,
        string start,
        int pageSize
    )
    {
        var pages = await b2.PagesAsync(
            operation,
            new()
            {
                ["bucketId"] = bucketId,
                ["prefix"] = prefix,
                ["delimiter"] = delimiter,
                ["startFileName"] = start.Length == 0 ? null : start,
                ["maxFileCount"] = pageSize,
            }
        );
        pages.ShouldAllBe(p => p.Count <= pageSize);
        return
        [
            .. pages
                .SelectMany(p => p)
                .Select(f => ListingModel.RowOf(B2Wire.ActionOf(f), B2Wire.NameOf(f), f["fileId"]?.GetValue<string>())),
        ];
    }
}
