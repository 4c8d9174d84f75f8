using System.Collections.Concurrent;

namespace B2Sdk.Emulator.Tests;

/// <summary>Whatever happens at once, what was acknowledged is what is there.</summary>
public sealed class ConsistencyTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    private const int Workers = 8;
    private const int Rounds = 15;

    [Fact]
    public async Task What_many_writers_did_is_what_a_reader_sees()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var there = new ConcurrentDictionary<string, string>();

        await Task.WhenAll(
            Enumerable
                .Range(0, Workers)
                .Select(async worker =>
                {
                    var random = new Random(worker);
                    var target = await b2.UploadUrlAsync(bucketId);
                    for (var round = 0; round < Rounds; round++)
                    {
                        var name = $"shared/{random.Next(3)}";
                        var content = B2Wire.Bytes(random.Next(200_000), (byte)worker);
                        var id = B2Wire.IdOf((await B2Wire.UploadAsync(target, name, content)).ShouldBeOk().Json);
                        there[id] = name;
                        // Its own writer finds it at once, whatever the others do.
                        (await b2.DownloadByIdAsync(id))
                            .ShouldBeOk()
                            .Body.Length.ShouldBe(content.Length);
                        if (random.Next(2) == 0)
                        {
                            await b2.OkAsync("b2_delete_file_version", new() { ["fileName"] = name, ["fileId"] = id });
                            there.TryRemove(id, out _);
                        }
                    }
                })
        );

        var versions = await b2.VersionsAsync(bucketId, new() { ["maxFileCount"] = 1_000 });
        versions.Select(B2Wire.IdOf).ShouldBe(there.Keys, ignoreOrder: true);
        versions.ShouldAllBe(f => there[B2Wire.IdOf(f)] == B2Wire.NameOf(f));
        (await b2.NamesAsync(bucketId)).Select(B2Wire.NameOf).ShouldBe(there.Values.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Paging_while_others_write_shows_what_stays_exactly_once()
    {
        var (b2, bucketId) = await NewBucketAsync();
        var stays = Enumerable.Range(0, 40).Select(i => $"stays/{i:00}").ToList();
        foreach (var name in stays)
        {
            await b2.UploadAsync(bucketId, name, "");
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var writer = Task.Run(
            async () =>
            {
                for (var i = 0; !stop.IsCancellationRequested; i++)
                {
                    var name = $"stays/{i % 40:00}+{i}";
                    var id = B2Wire.IdOf(await b2.UploadAsync(bucketId, name, ""));
                    await b2.OkAsync("b2_delete_file_version", new() { ["fileName"] = name, ["fileId"] = id });
                }
            },
            Cancelled
        );
        for (var i = 0; i < 5; i++)
        {
            var pages = await b2.PagesAsync("b2_list_file_versions", new() { ["bucketId"] = bucketId, ["maxFileCount"] = 3 });
            pages.SelectMany(p => p).Select(B2Wire.NameOf).Where(n => !n.Contains('+')).ShouldBe(stays);
        }

        await stop.CancelAsync();
        await writer;
    }
}
