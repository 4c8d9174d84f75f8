namespace B2Sdk.Tests.Transfer;

/// <summary>Where downloads land.</summary>
public sealed class LocalFileTests
{
    [Fact]
    public async Task A_file_that_exists_is_replaced_and_gets_the_time_of_the_sources_last_change()
    {
        await using var rig = await Rig.StartAsync();
        using var folder = new TemporaryFolder();
        folder.File("a", Rig.Bytes(5_000, 2));
        var stored = rig.Store("a", Rig.Bytes(100));
        rig.Far.Replace(stored, stored with { Info = new() { ["src_last_modified_millis"] = "1700000000123" } });

        await rig.Bucket.DownloadToFileAsync("a", folder.File("a"), cancellationToken: Rig.Stop);

        File.ReadAllBytes(folder.File("a")).ShouldBeBytes(Rig.Bytes(100));
        File.GetLastWriteTimeUtc(folder.File("a")).ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123).UtcDateTime);
    }

    [Theory, Trait("Need", "D17")]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("-1")]
    [InlineData("9223372036854775808")]
    [InlineData("9223372036854775807")]
    [InlineData("1e3")]
    [InlineData("NaN")]
    [InlineData(" 1 ")]
    [InlineData("-62135596800000")]
    [InlineData("-99999999999999999")]
    [InlineData("253402300799999")]
    public async Task A_hostile_modification_time_costs_nothing(string millis)
    {
        await using var rig = await Rig.StartAsync();
        using var folder = new TemporaryFolder();
        var stored = rig.Store("a", Rig.Bytes(100));
        rig.Far.Replace(stored, stored with { Info = new() { ["src_last_modified_millis"] = millis } });

        var row = await rig.Bucket.ListAsync(cancellationToken: Rig.Stop).SingleAsync(Rig.Stop);
        await rig.Bucket.DownloadToFileAsync("a", folder.File("a"), cancellationToken: Rig.Stop);

        row.FileInfo["src_last_modified_millis"].ShouldBe(millis);
        File.ReadAllBytes(folder.File("a")).ShouldBeBytes(Rig.Bytes(100));
        folder.Names.ShouldBe(["a"]);
    }

    [Fact, Trait("Need", "S14"), Trait("Need", "D2")]
    public async Task A_link_at_the_target_is_replaced_and_not_followed()
    {
        await using var rig = await Rig.StartAsync();
        using var folder = new TemporaryFolder();
        var precious = folder.File("precious", [1, 2, 3]);
        File.CreateSymbolicLink(folder.File("a"), precious);
        rig.Store("a", Rig.Bytes(100));

        await rig.Bucket.DownloadToFileAsync("a", folder.File("a"), cancellationToken: Rig.Stop);

        File.ReadAllBytes(precious).ShouldBe([1, 2, 3]);
        File.ReadAllBytes(folder.File("a")).ShouldBeBytes(Rig.Bytes(100));
    }

    [Fact, Trait("Need", "S14")]
    public async Task The_temporary_file_has_a_name_that_nobody_can_guess_and_is_beside_the_target()
    {
        await using var rig = await Rig.StartAsync();
        using var folder = new TemporaryFolder();
        rig.Store("a", Rig.Bytes(100));
        var names = new List<string>();
        rig.Far.Always(
            "b2_download_file_by_name",
            Answer.ChangedBody(body => new SlowStream(
                body,
                50,
                _ =>
                {
                    names.AddRange(folder.Names);
                    return Task.CompletedTask;
                }
            ))
        );

        await rig.Bucket.DownloadToFileAsync("a", folder.File("a"), cancellationToken: Rig.Stop);
        await rig.Bucket.DownloadToFileAsync("a", folder.File("b"), cancellationToken: Rig.Stop);

        names.Where(name => name != "a").Distinct().Count().ShouldBe(2);
        names.Where(name => name != "a").ShouldAllBe(name => name.StartsWith(".b2-") && name.Length >= 20);
        folder.Names.Order().ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task A_cancelled_download_leaves_nothing()
    {
        await using var rig = await Rig.StartAsync();
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        folder.File("a", [1, 2, 3]);
        rig.Store("a", Rig.Bytes(100));
        rig.Far.Always("b2_download_file_by_name", Answer.ChangedBody(body => new SlowStream(body, 50, _ => stop.CancelAsync())));

        await Should.ThrowAsync<OperationCanceledException>(
            rig.Bucket.DownloadToFileAsync("a", folder.File("a"), cancellationToken: stop.Token)
        );

        folder.Names.ShouldBe(["a"]);
        File.ReadAllBytes(folder.File("a")).ShouldBe([1, 2, 3]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("none/a")]
    [InlineData("a/")]
    public async Task A_target_that_is_a_directory_or_in_none_is_refused(string target)
    {
        await using var rig = await Rig.StartAsync();
        using var folder = new TemporaryFolder();
        rig.Store("a", Rig.Bytes(100));

        await Should.ThrowAsync<IOException>(
            rig.Bucket.DownloadToFileAsync("a", Path.Combine(folder.Path, target), cancellationToken: Rig.Stop)
        );

        folder.Names.ShouldBeEmpty();
    }

    [Theory, Trait("Need", "S1"), Trait("Need", "S2"), Trait("Need", "D16")]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("/abs")]
    [InlineData("\\\\server\\share")]
    [InlineData("C:\\x")]
    [InlineData("..")]
    [InlineData("\u001b[31mred\u202e")]
    public async Task Wherever_a_name_points_the_bytes_land_where_the_caller_said(string name)
    {
        await using var rig = await Rig.StartAsync();
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("inner"));
        rig.Store(name, Rig.Bytes(100));

        var listed = await rig.Bucket.ListAsync(cancellationToken: Rig.Stop).SingleAsync(Rig.Stop);
        await rig.Bucket.DownloadToFileAsync(name, folder.File("inner/a"), cancellationToken: Rig.Stop);

        listed.FileName.ShouldBe(name);
        folder.Names.ShouldBe(["inner"]);
        Directory.GetFileSystemEntries(folder.File("inner")).ShouldBe([folder.File("inner/a")]);
    }

    [Fact]
    public async Task A_device_is_written_to_and_stays_a_device()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Devices are files here only.");
        await using var rig = await Rig.StartAsync();
        rig.Store("a", Rig.Bytes(100));

        await rig.Bucket.DownloadToFileAsync("a", "/dev/null", cancellationToken: Rig.Stop);

        File.Exists("/dev/null").ShouldBeTrue();
    }

    [Fact]
    public async Task A_file_in_shared_memory_is_a_file_like_any_other()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "There is no such folder here.");
        await using var rig = await Rig.StartAsync();
        rig.Store("a", Rig.Bytes(100));
        var path = $"/dev/shm/b2sdk-tests-{Guid.NewGuid():N}";
        try
        {
            await File.WriteAllBytesAsync(path, Rig.Bytes(500, 2), Rig.Stop);

            await rig.Bucket.DownloadToFileAsync("a", path, cancellationToken: Rig.Stop);

            (await File.ReadAllBytesAsync(path, Rig.Stop)).ShouldBeBytes(Rig.Bytes(100));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
