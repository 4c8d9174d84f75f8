using System.Text.Json.Nodes;

namespace B2Sdk.Tests.Sessions;

public sealed class ListingTests
{
    [Fact, Trait("Fact", "C74"), Trait("Fact", "C75"), Trait("Need", "D12")]
    public async Task Pages_are_followed_by_their_cursors_until_there_is_none()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next(
            "b2_list_file_versions",
            Page([Row("a")], "b \u007f", "4_z2"),
            Page([], "c", null),
            Page([Row("c"), Row("d"), Row("e")], "f", "4_z9"),
            Page([], null, null)
        );

        var names = await rig
            .Bucket.ListAsync(
                new()
                {
                    LatestOnly = false,
                    PageSize = 2,
                    StartFileName = "0",
                },
                Rig.Stop
            )
            .Select(file => file.FileName)
            .ToListAsync(Rig.Stop);

        names.ShouldBe(["a", "c", "d", "e"]);
        rig.Far.Of("b2_list_file_versions")
            .Select(sent => (sent.Text("startFileName"), sent.Text("startFileId")))
            .ShouldBe([("0", null), ("b \u007f", "4_z2"), ("c", null), ("f", "4_z9")]);
    }

    [Fact, Trait("Need", "D12")]
    public async Task Pages_of_one_row_give_all_rows()
    {
        await using var rig = await Rig.StartAsync();
        for (var i = 0; i < 25; i++)
        {
            rig.Store($"{i:d2}", [1]);
            rig.Store($"{i:d2}", [2]);
        }

        var latest = await rig.Bucket.ListAsync(new() { PageSize = 1 }, Rig.Stop).ToListAsync(Rig.Stop);
        var all = await rig.Bucket.ListAsync(new() { PageSize = 1, LatestOnly = false }, Rig.Stop).ToListAsync(Rig.Stop);

        latest.Select(file => file.FileName).ShouldBe(Enumerable.Range(0, 25).Select(i => $"{i:d2}"));
        all.Select(file => file.FileId).ShouldBe(all.Select(file => file.FileId).Distinct());
        all.Count.ShouldBe(50);
    }

    [Fact]
    public async Task Nothing_is_asked_for_before_the_first_row_and_nothing_after_the_last_that_is_wanted()
    {
        await using var rig = await Rig.StartAsync();
        for (var i = 0; i < 10; i++)
        {
            rig.Store($"{i}", [1]);
        }

        var listing = rig.Bucket.ListAsync(new() { PageSize = 2 }, Rig.Stop);
        rig.Far.Journal.ShouldBeEmpty();
        await foreach (var file in listing)
        {
            if (file.FileName == "1")
            {
                break;
            }
        }

        rig.Far.Journal.Count.ShouldBe(1);
    }

    [Fact, Trait("Fact", "C76")]
    public async Task A_page_is_one_billed_transaction_unless_asked_otherwise()
    {
        await using var rig = await Rig.StartAsync();

        await rig.Bucket.ListAsync(cancellationToken: Rig.Stop).ToListAsync(Rig.Stop);
        await rig.Bucket.ListAsync(new() { PageSize = 10_000, LatestOnly = false }, Rig.Stop).ToListAsync(Rig.Stop);

        rig.Far.Last("b2_list_file_names").Json.GetProperty("maxFileCount").GetInt32().ShouldBe(1_000);
        rig.Far.Last("b2_list_file_versions").Json.GetProperty("maxFileCount").GetInt32().ShouldBe(10_000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(10_001)]
    public async Task A_page_size_that_b2_does_not_allow_is_refused_at_once(int size)
    {
        await using var rig = await Rig.StartAsync();

        Should.Throw<ArgumentOutOfRangeException>(() => rig.Bucket.ListAsync(new() { PageSize = size }, Rig.Stop));
    }

    [Theory]
    [InlineData(false, "/")]
    [InlineData(true, null)]
    public async Task Folders_are_folded_unless_all_is_wanted(bool recursive, string? delimiter)
    {
        await using var rig = await Rig.StartAsync();

        await rig.Bucket.ListAsync(new() { Prefix = "a/", Recursive = recursive }, Rig.Stop).ToListAsync(Rig.Stop);
        await rig
            .Bucket.ListAsync(
                new()
                {
                    Prefix = "a/",
                    Recursive = recursive,
                    LatestOnly = false,
                },
                Rig.Stop
            )
            .ToListAsync(Rig.Stop);

        foreach (var sent in rig.Far.Journal)
        {
            sent.Text("delimiter").ShouldBe(delimiter);
            sent.Text("prefix").ShouldBe("a/");
            sent.Text("bucketId").ShouldBe(rig.Bucket.Id);
        }
    }

    [Fact, Trait("Fact", "C85"), Trait("Need", "D22")]
    public async Task The_order_is_the_services_and_nothing_is_sorted_here()
    {
        await using var rig = await Rig.StartAsync();
        // By UTF-8 bytes U+FFFD comes before U+1F600; by UTF-16 units after it.
        string[] names = ["z", "a", "\ufffd", "\U0001F600", "A", "a"];
        rig.Far.Next("b2_list_file_names", Page([.. names.Select(Row)], null, null));

        var listed = await rig.Bucket.ListAsync(cancellationToken: Rig.Stop).Select(file => file.FileName).ToListAsync(Rig.Stop);

        listed.ShouldBe(names);
    }

    [Fact, Trait("Fact", "C77"), Trait("Fact", "C6"), Trait("Fact", "C78")]
    public async Task Rows_of_a_kind_that_is_not_known_yet_are_shown_as_they_are()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next(
            "b2_list_file_names",
            Answer.Body(
                200,
                """
                {"files":[
                  {"action":"link","fileName":"a","fileId":"1","contentLength":1,"color":{"deep":[1,2]},"uploadTimestamp":1,"serverSideEncryption":null},
                  {"action":"folder","fileName":"f/","fileId":null,"contentLength":0,"contentType":null,"uploadTimestamp":0,"fileInfo":{}},
                  {"action":"upload","fileName":"b","fileId":"2","contentLength":10000000000000,"uploadTimestamp":32503680000000,
                   "serverSideEncryption":{"algorithm":null,"mode":null},"fileInfo":null,"replicationStatus":"pending"}
                ],"nextFileName":null,"weather":"fine"}
                """
            )
        );

        var rows = await rig.Bucket.ListAsync(cancellationToken: Rig.Stop).ToListAsync(Rig.Stop);

        rows.Select(row => row.Action.Value).ShouldBe(["link", "folder", "upload"]);
        rows[1].Action.ShouldBe(FileAction.Folder);
        (rows[1].FileId, rows[1].ContentType).ShouldBe(("", null));
        rows[2].SizeInBytes.ShouldBe(10_000_000_000_000);
        rows[2].UploadTimestamp.Year.ShouldBe(3000);
        rows[2].FileInfo.ShouldBeEmpty();
        (rows[0].ServerSideEncryption?.Mode, rows[1].ServerSideEncryption?.Mode, rows[2].ServerSideEncryption?.Mode).ShouldBe(
            (null, null, null)
        );
    }

    [Fact, Trait("Fact", "C22")]
    public async Task A_listing_goes_on_where_it_was_after_a_failure()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next(
            "b2_list_file_names",
            Page([Row("a")], "b", null),
            Answer.Error(503, "bad_request"),
            Answer.HungUp,
            Page([Row("b")], null, null)
        );

        (await rig.Bucket.ListAsync(cancellationToken: Rig.Stop).Select(file => file.FileName).ToListAsync(Rig.Stop)).ShouldBe(["a", "b"]);
    }

    [Fact, Trait("Fact", "C25")]
    public async Task A_listing_can_be_cancelled_by_either_token()
    {
        await using var rig = await Rig.StartAsync();
        rig.Far.Next("b2_list_file_names", Page([Row("a")], "b", null), Page([Row("b")], "c", null), Page([Row("c")], "d", null));
        using var stop = new CancellationTokenSource();
        var rows = 0;

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in rig.Bucket.ListAsync(cancellationToken: Rig.Stop).WithCancellation(stop.Token))
            {
                if (++rows == 3)
                {
                    await stop.CancelAsync();
                }
            }
        });

        rows.ShouldBe(3);
    }

    private static JsonObject Row(string name) =>
        FarSide.Row(new($"4_z{name.Length}", "b", name, "upload", []) { At = DateTimeOffset.UnixEpoch });

    private static Reply Page(JsonObject[] rows, string? nextName, string? nextId) =>
        Answer.Json(
            (JsonNode)
                new JsonObject
                {
                    ["files"] = new JsonArray([.. rows.Select(row => row.DeepClone())]),
                    ["nextFileName"] = nextName,
                    ["nextFileId"] = nextId,
                }
        );
}
