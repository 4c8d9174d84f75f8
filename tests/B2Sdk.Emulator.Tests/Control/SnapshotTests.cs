namespace B2Sdk.Emulator.Tests.Control;

/// <summary>The whole state is saved under a name, and comes back. Each test has an emulator of its own.</summary>
public sealed class SnapshotTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_saved_comes_back_whole(bool isDurable)
    {
        using var folder = new TemporaryFolder();
        await using var emulator = await StartAsync(isDurable ? folder.Data : null);
        var other = await emulator.CreateAccountAsync(Cancelled);
        var b2 = await ResetTests.FillAsync(emulator);
        var bucketId = await OnlyBucketAsync(b2);
        var versions = await b2.VersionsAsync(bucketId);

        await emulator.SaveSnapshotAsync("full", Cancelled);
        foreach (var version in versions.Where(version => B2Wire.ActionOf(version) == "upload"))
        {
            await b2.OkAsync("b2_delete_file_version", new() { ["fileName"] = B2Wire.NameOf(version), ["fileId"] = B2Wire.IdOf(version) });
        }
        await b2.UploadAsync(bucketId, "later");
        await emulator.ResetAsync(Cancelled);
        await emulator.LoadSnapshotAsync("full", Cancelled);

        b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        (await b2.VersionsAsync(bucketId))
            .Select(version => version.ToJsonString())
            .ShouldBe(versions.Select(version => version.ToJsonString()));
        var large = versions.Single(version => B2Wire.NameOf(version) == "large");
        (await b2.DownloadByIdAsync(B2Wire.IdOf(large))).ShouldBeOk().Body.ShouldBe(B2Wire.Bytes(200_001, 7));
        (await B2Wire.TryAuthorizeAsync(emulator.Url, other.ApplicationKeyId, other.ApplicationKey)).ShouldBeOk();
    }

    [Fact]
    public async Task What_comes_after_a_load_has_new_ids_and_its_own_bytes()
    {
        await using var emulator = await StartAsync();
        var b2 = await ResetTests.FillAsync(emulator);
        var bucketId = await OnlyBucketAsync(b2);
        await emulator.SaveSnapshotAsync("full", Cancelled);
        var dropped = await b2.UploadAsync(bucketId, "dropped", new string('d', 70_000));

        await emulator.LoadSnapshotAsync("full", Cancelled);
        b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        var added = await b2.UploadAsync(bucketId, "added", new string('a', 70_000));

        B2Wire.IdOf(added).ShouldNotBe(B2Wire.IdOf(dropped));
        (await b2.DownloadByIdAsync(B2Wire.IdOf(added))).ShouldBeOk().Text.ShouldBe(new string('a', 70_000));
        (await b2.DownloadByIdAsync(B2Wire.IdOf(dropped))).ShouldBeRefused(404);
    }

    [Fact]
    public async Task Snapshots_outlive_the_process_and_keep_their_bytes_until_they_are_deleted()
    {
        using var folder = new TemporaryFolder();
        string bucketId;
        await using (var emulator = await StartAsync(folder.Data))
        {
            bucketId = await OnlyBucketAsync(await ResetTests.FillAsync(emulator));
            await emulator.SaveSnapshotAsync("full", Cancelled);
            await emulator.ResetAsync(Cancelled);
        }
        await using (var emulator = await StartAsync(folder.Data))
        {
            // Blobs of this process are numbered behind those of the snapshot, or one of them would be overwritten.
            var b2 = await ResetTests.FillAsync(emulator);
            await emulator.LoadSnapshotAsync("full", Cancelled);
            b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
            var large = (await b2.NamesAsync(bucketId)).Single(file => B2Wire.NameOf(file) == "large");
            (await b2.DownloadByIdAsync(B2Wire.IdOf(large))).ShouldBeOk().Body.ShouldBe(B2Wire.Bytes(200_001, 7));

            await emulator.ResetAsync(Cancelled);
            await emulator.DeleteSnapshotAsync("full", Cancelled);
        }
        await using (await StartAsync(folder.Data))
        {
            TemporaryFolder.BlobBytes(folder.Data).ShouldBe(0);
        }
    }

    [Fact]
    public async Task A_snapshot_of_an_emulator_with_another_key_opens_to_this_ones()
    {
        using var folder = new TemporaryFolder();
        await using (var emulator = await StartAsync(folder.Data))
        {
            await emulator.SaveSnapshotAsync("old", Cancelled);
        }
        await using var renamed = await B2Emulator.StartAsync(
            new B2EmulatorOptions { DataDirectory = folder.Data, ApplicationKey = "another" },
            Cancelled
        );

        await renamed.LoadSnapshotAsync("old", Cancelled);

        await B2Wire.AuthorizeAsync(renamed.Url, renamed.Account);
    }

    [Fact]
    public async Task Snapshots_are_saved_listed_loaded_and_deleted_over_the_wire()
    {
        await using var emulator = await StartAsync();
        var control = new ControlWire(emulator.Url);
        Task<WireReply> PutAsync(string name) => control.SendAsync(HttpMethod.Put, $"snapshots/{name}");

        (await control.GetAsync("snapshots")).ShouldBeOk().Json.ToJsonString().ShouldBe("""{"snapshots":[]}""");
        (await PutAsync("two")).ShouldBeOk();
        (await PutAsync("one")).ShouldBeOk();
        (await PutAsync("one")).ShouldBeOk();
        var listed = (await control.GetAsync("snapshots")).ShouldBeOk().Json["snapshots"]!.AsArray();
        listed.Select(snapshot => B2Wire.Text(snapshot!["name"])).ShouldBe(["one", "two"]);
        listed.ShouldAllBe(snapshot => snapshot!["sizeInBytes"]!.GetValue<long>() > 0);
        (await control.PostAsync("snapshots/one/load")).ShouldBeOk();
        (await control.DeleteAsync("snapshots/one")).ShouldBeOk();

        (await control.PostAsync("snapshots/one/load")).ShouldBeRefused(404, "not_found").Message.ShouldBe("There is no snapshot 'one'.");
        (await control.DeleteAsync("snapshots/one")).ShouldBeRefused(404, "not_found");
        (await control.GetAsync("snapshots/two")).ShouldBeRefused(405);
    }

    [Theory]
    [InlineData(".hidden")]
    [InlineData("..")]
    [InlineData("a%2Fb")]
    [InlineData("a b")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task A_name_that_is_no_file_name_everywhere_is_refused(string name)
    {
        await using var emulator = await StartAsync();

        await Should.ThrowAsync<ArgumentException>(() => emulator.SaveSnapshotAsync(Uri.UnescapeDataString(name), Cancelled));
        await using var raw = await RawConnection.OpenAsync(emulator.Url);
        await raw.SendAsync($"PUT /_emulator/snapshots/{name} HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");

        (await raw.ReadReplyAsync()).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_snapshot_that_cannot_be_read_stops_the_start_and_is_named()
    {
        using var folder = new TemporaryFolder();
        await using (var emulator = await StartAsync(folder.Data))
        {
            await emulator.SaveSnapshotAsync("broken", Cancelled);
        }
        var file = Directory.EnumerateFiles(Path.Combine(folder.Data, "snapshots")).ShouldHaveSingleItem();
        await File.WriteAllTextAsync(file, "no database", Cancelled);

        var refused = await Should.ThrowAsync<EmulatorStartException>(() => StartAsync(folder.Data));

        refused.Message.ShouldContain(file);
    }

    private static async Task<string> OnlyBucketAsync(B2Wire b2) =>
        B2Wire.Text(
            (await b2.OkAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId }))["buckets"]!.AsArray().Single()!["bucketId"]
        );

    private static Task<B2Emulator> StartAsync(string? folder = null) =>
        B2Emulator.StartAsync(
            new B2EmulatorOptions { DataDirectory = folder, MinimumPartSize = EmulatorFixture.MinimumPartSize },
            Cancelled
        );
}
