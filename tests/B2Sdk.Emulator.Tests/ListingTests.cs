namespace B2Sdk.Emulator.Tests;

/// <summary>b2_list_file_names and b2_list_file_versions: order, pages, folders.</summary>
public sealed class ListingTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    [Fact, Trait("Fact", "S146")]
    public async Task Names_are_in_the_order_of_their_utf8_bytes()
    {
        var (b2, bucketId) = await NewBucketAsync();
        string[] inOrder = ["!", "A", "Z", "a", "a/b", "a0", "z", "é", "\ufb01", "\ufffd", "\U00010000", "\U0010fffd"];
        foreach (var name in inOrder.Reverse())
        {
            await b2.UploadAsync(bucketId, name);
        }

        (await b2.NamesAsync(bucketId)).Select(B2Wire.NameOf).ShouldBe(inOrder);
        (await b2.VersionsAsync(bucketId)).Select(B2Wire.NameOf).ShouldBe(inOrder);
        (await b2.NamesAsync(bucketId, new() { ["startFileName"] = "\ufffe" }))
            .Select(B2Wire.NameOf)
            .ShouldBe(["\U00010000", "\U0010fffd"]);
    }

    [Fact, Trait("Fact", "S147")]
    public async Task Versions_of_a_name_are_newest_first()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Insert(0, B2Wire.IdOf(await b2.UploadAsync(bucketId, "a", $"{i}")));
        }

        (await b2.VersionsAsync(bucketId)).Select(B2Wire.IdOf).ShouldBe(ids);
    }

    [Fact, Trait("Fact", "S150")]
    public async Task A_start_name_is_included_and_need_not_exist()
    {
        var (b2, bucketId) = await NewBucketWithAsync("a", "b", "c");
        async Task<IEnumerable<string>> FromAsync(string start) =>
            (await b2.NamesAsync(bucketId, new() { ["startFileName"] = start })).Select(B2Wire.NameOf);

        (await FromAsync("")).ShouldBe(["a", "b", "c"]);
        (await FromAsync("b")).ShouldBe(["b", "c"]);
        (await FromAsync("aa")).ShouldBe(["b", "c"]);
        (await FromAsync("d")).ShouldBeEmpty();
    }

    [Fact, Trait("Fact", "S151"), Trait("Fact", "S152")]
    public async Task A_start_version_is_included_and_belongs_to_a_name()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            ids.Insert(0, B2Wire.IdOf(await b2.UploadAsync(bucketId, "a", $"{i}")));
        }

        ids.Add(B2Wire.IdOf(await b2.UploadAsync(bucketId, "b")));
        JsonObject From(string id) => new() { ["startFileName"] = "a", ["startFileId"] = id };

        (await b2.VersionsAsync(bucketId, From(ids[2]))).Select(B2Wire.IdOf).ShouldBe(ids[2..]);
        await b2.OkAsync("b2_delete_file_version", new() { ["fileName"] = "a", ["fileId"] = ids[2] });
        (await b2.VersionsAsync(bucketId, From(ids[2]))).Select(B2Wire.IdOf).ShouldBe(ids[3..]);
        await b2.RefusedAsync("b2_list_file_versions", new() { ["bucketId"] = bucketId, ["startFileId"] = ids[3] }, 400, "bad_request");
    }

    [Fact, Trait("Fact", "S152"), Trait("Fact", "S155")]
    public async Task Times_stated_to_the_millisecond_are_paged_through_like_any_other()
    {
        var (b2, bucketId) = await NewBucketAsync();
        foreach (var milliseconds in (int[])[123, 456, 0, 999, 456])
        {
            await b2.UploadAsync(bucketId, "a", headers: ("X-Bz-Custom-Upload-Timestamp", $"{1_700_000_000_000 + milliseconds}"));
        }

        var whole = await b2.VersionsAsync(bucketId);
        var pages = await b2.PagesAsync("b2_list_file_versions", new() { ["bucketId"] = bucketId, ["maxFileCount"] = 1 });

        whole.Select(f => f["uploadTimestamp"]!.GetValue<long>() % 1000).ShouldBe([999, 456, 456, 123, 0]);
        pages.SelectMany(page => page).Select(B2Wire.IdOf).ShouldBe(whole.Select(B2Wire.IdOf));
    }

    [Fact, Trait("Fact", "S153")]
    public async Task Zero_asks_for_the_default_of_a_hundred()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var target = await b2.UploadUrlAsync(bucketId);
        for (var i = 0; i < 101; i++)
        {
            (await B2Wire.UploadAsync(target, $"{i:000}", [])).ShouldBeOk();
        }

        (await b2.VersionsAsync(bucketId, new() { ["maxFileCount"] = 0 })).Count.ShouldBe(100);
        (await b2.VersionsAsync(bucketId)).Count.ShouldBe(100);
        (await b2.NamesAsync(bucketId, new() { ["maxFileCount"] = 0 })).Count.ShouldBe(100);
        (await b2.NamesAsync(bucketId)).Count.ShouldBe(100);
        (await b2.NamesAsync(bucketId, new() { ["maxFileCount"] = 10_000 })).Count.ShouldBe(101);
    }

    [Theory, Trait("Fact", "S154")]
    [InlineData("b2_list_file_names", 10_001)]
    [InlineData("b2_list_file_names", -1)]
    [InlineData("b2_list_file_versions", 10_001)]
    [InlineData("b2_list_file_versions", -1)]
    public async Task A_page_size_out_of_range_is_refused(string operation, int count)
    {
        var (b2, bucketId) = await NewBucketAsync();

        await b2.RefusedAsync(operation, new() { ["bucketId"] = bucketId, ["maxFileCount"] = count }, 400, "out_of_range");
    }

    [Theory, Trait("Fact", "S81")]
    [InlineData("b2_list_file_names")]
    [InlineData("b2_list_file_versions")]
    [InlineData("b2_get_upload_url")]
    public async Task A_bucket_id_that_cannot_be_one_has_a_code_of_its_own(string operation)
    {
        var b2 = await NewAccountAsync();

        foreach (var id in (string[])["", "nonsense", "0123456789abcdef0123456", "0123456789abcdef01234567f", "0123456789abcdef0123456g"])
        {
            await b2.RefusedAsync(operation, new() { ["bucketId"] = id }, 400, "invalid_bucket_id");
        }
        await b2.RefusedAsync("b2_hide_file", new() { ["bucketId"] = "nonsense", ["fileName"] = "a" }, 400, "bad_bucket_id");
    }

    [Theory]
    [InlineData("b2_list_unfinished_large_files", 0)]
    [InlineData("b2_list_unfinished_large_files", -1)]
    [InlineData("b2_list_unfinished_large_files", 101)]
    public async Task Where_no_code_is_documented_for_it_a_page_size_is_a_bad_request(string operation, int count)
    {
        var (b2, bucketId) = await NewBucketAsync();

        await b2.RefusedAsync(operation, new() { ["bucketId"] = bucketId, ["maxFileCount"] = count }, 400, "bad_request");
    }

    [Theory, Trait("Fact", "S155"), Trait("Fact", "S156")]
    [InlineData("b2_list_file_names", 1)]
    [InlineData("b2_list_file_names", 3)]
    [InlineData("b2_list_file_names", 9)]
    [InlineData("b2_list_file_versions", 1)]
    [InlineData("b2_list_file_versions", 4)]
    [InlineData("b2_list_file_versions", 18)]
    public async Task Pages_put_together_are_the_whole(string operation, int pageSize)
    {
        var (b2, bucketId) = await NewBucketAsync();
        for (var version = 0; version < 2; version++)
        {
            foreach (var name in (string[])["a", "a/b", "a/c", "b ", "b", "ä", "z/1", "z/2", "\U00010000"])
            {
                await b2.UploadAsync(bucketId, name);
            }
        }

        var whole = B2Wire.Rows(await b2.OkAsync(operation, new() { ["bucketId"] = bucketId, ["maxFileCount"] = 1_000 }));
        var pages = await b2.PagesAsync(operation, new() { ["bucketId"] = bucketId, ["maxFileCount"] = pageSize });

        pages.SelectMany(p => p).Select(B2Wire.IdOf).ShouldBe(whole.Select(B2Wire.IdOf));
        pages.ShouldAllBe(p => p.Count <= pageSize);
        pages.Count.ShouldBeLessThanOrEqualTo((whole.Count + pageSize - 1) / pageSize + 1);
    }

    [Fact, Trait("Fact", "S157"), Trait("Fact", "S159")]
    public async Task A_delimiter_folds_names_into_folders()
    {
        var (b2, bucketId) = await NewBucketWithAsync("a", "docs/a", "docs/b/c", "docs/b/d", "docs0", "z/1");

        var top = await b2.NamesAsync(bucketId, new() { ["delimiter"] = "/" });
        var docs = await b2.NamesAsync(bucketId, new() { ["delimiter"] = "/", ["prefix"] = "docs/" });
        var half = await b2.NamesAsync(bucketId, new() { ["delimiter"] = "/", ["prefix"] = "do" });

        top.Select(f => (B2Wire.ActionOf(f), B2Wire.NameOf(f)))
            .ShouldBe([("upload", "a"), ("folder", "docs/"), ("upload", "docs0"), ("folder", "z/")]);
        docs.Select(f => (B2Wire.ActionOf(f), B2Wire.NameOf(f))).ShouldBe([("upload", "docs/a"), ("folder", "docs/b/")]);
        half.Select(f => (B2Wire.ActionOf(f), B2Wire.NameOf(f))).ShouldBe([("folder", "docs/"), ("upload", "docs0")]);
        var folder = top[1];
        folder["fileId"].ShouldBeNull();
        folder.ContainsKey("fileId").ShouldBeTrue();
        folder["contentLength"]!.GetValue<long>().ShouldBe(0);
        folder["uploadTimestamp"]!.GetValue<long>().ShouldBe(0);
        folder["bucketId"]!.GetValue<string>().ShouldBe(bucketId);
    }

    [Fact, Trait("Fact", "S157")]
    public async Task A_folder_of_hidden_files_is_seen_among_versions_only()
    {
        var (b2, bucketId) = await NewBucketWithAsync("gone/a", "here/a");
        await b2.OkAsync("b2_hide_file", new() { ["bucketId"] = bucketId, ["fileName"] = "gone/a" });

        (await b2.NamesAsync(bucketId, new() { ["delimiter"] = "/" })).Select(B2Wire.NameOf).ShouldBe(["here/"]);
        (await b2.VersionsAsync(bucketId, new() { ["delimiter"] = "/" })).Select(B2Wire.NameOf).ShouldBe(["gone/", "here/"]);
    }

    [Theory, Trait("Fact", "S158")]
    [InlineData("b2_list_file_names")]
    [InlineData("b2_list_file_versions")]
    public async Task A_folder_appears_once_however_small_the_pages(string operation)
    {
        var (b2, bucketId) = await NewBucketWithAsync("a/1", "a/2", "a/3", "b", "c/1", "c/2", "d");

        var pages = await b2.PagesAsync(
            operation,
            new()
            {
                ["bucketId"] = bucketId,
                ["delimiter"] = "/",
                ["maxFileCount"] = 1,
            }
        );

        pages.SelectMany(p => p).Select(B2Wire.NameOf).ShouldBe(["a/", "b", "c/", "d"]);
    }

    [Fact]
    public async Task Prefixes_are_compared_byte_by_byte()
    {
        var (b2, bucketId) = await NewBucketWithAsync("_a", "%a", "A", "aB", "ab", "ä");
        async Task<IEnumerable<string>> WithAsync(string prefix) =>
            (await b2.NamesAsync(bucketId, new() { ["prefix"] = prefix })).Select(B2Wire.NameOf);

        (await WithAsync("a")).ShouldBe(["aB", "ab"]);
        (await WithAsync("_")).ShouldBe(["_a"]);
        (await WithAsync("%")).ShouldBe(["%a"]);
        (await WithAsync("ä")).ShouldBe(["ä"]);
        (await WithAsync("no such")).ShouldBeEmpty();
    }

    [Fact, Trait("Fact", "S161")]
    public async Task Sizes_go_by_two_names_in_v1_and_by_one_since()
    {
        var (b2, bucketId) = await NewBucketWithAsync("a");

        foreach (var operation in (string[])["b2_list_file_names", "b2_list_file_versions"])
        {
            foreach (var version in (string[])["v1", "v2", "v3", "v4"])
            {
                var row = B2Wire.Rows(await b2.As(version).OkAsync(operation, new() { ["bucketId"] = bucketId })).Single();
                row["contentLength"]!.GetValue<long>().ShouldBe(5);
                (row["size"]?.GetValue<long>()).ShouldBe(version == "v1" ? 5L : null, version);
            }
        }
    }

    [Fact, Trait("Fact", "S162")]
    public async Task An_empty_bucket_is_an_empty_list()
    {
        var (b2, bucketId) = await NewBucketAsync();

        var names = await b2.OkAsync("b2_list_file_names", new() { ["bucketId"] = bucketId });
        var versions = await b2.OkAsync("b2_list_file_versions", new() { ["bucketId"] = bucketId });

        names.ToJsonString().ShouldBe("""{"files":[],"nextFileName":null}""");
        versions.ToJsonString().ShouldBe("""{"files":[],"nextFileId":null,"nextFileName":null}""");
    }

    private async Task<(B2Wire B2, string BucketId)> NewBucketWithAsync(params string[] names)
    {
        var (b2, bucketId) = await NewBucketAsync();
        foreach (var name in names)
        {
            await b2.UploadAsync(bucketId, name);
        }

        return (b2, bucketId);
    }
}
