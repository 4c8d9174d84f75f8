using B2Sdk.Emulator.Storage;
using Microsoft.Data.Sqlite;

namespace B2Sdk.Emulator.Tests;

/// <summary>A data folder of every older emulator is brought up to date, and everything in it is there and right.</summary>
public sealed class OlderFolderTests : IDisposable
{
    /// <summary>The version since which digests are not kept in digits.</summary>
    private const int BinaryDigests = 7;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<int> Versions => [.. Enumerable.Range(1, Schema.Latest)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_folder_of_every_version_opens_with_all_that_is_in_it(int version)
    {
        string bucketId;
        B2Wire limited;
        List<string> before;
        var content = Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7)).ToArray();
        await using (var emulator = await StartAsync())
        {
            var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
            bucketId = await b2.CreateBucketAsync();
            await b2.UploadAsync(bucketId, "small/ü", "hello", ("X-Bz-Info-author", "Zo%C3%AB"));
            (await B2Wire.UploadAsync(await b2.UploadUrlAsync(bucketId), "big", content)).ShouldBeOk();
            await b2.UploadLargeFileAsync(bucketId, "large", B2Wire.Bytes(100_000, 1), B2Wire.Bytes(200_000, 2));
            await b2.UploadAsync(bucketId, "hidden", "old");
            await b2.OkAsync("b2_hide_file", new() { ["bucketId"] = bucketId, ["fileName"] = "hidden" });
            await b2.StartLargeFileAsync(bucketId, "unfinished");
            limited = await b2.WithKeyAsync(["listFiles"]);
            before = await DescribeAsync(b2, bucketId);
        }
        MakeOlder(version);

        await using var again = await StartAsync();

        var after = await B2Wire.AuthorizeAsync(again.Url, again.Account);
        (await DescribeAsync(after, bucketId)).ShouldBe(before);
        var files = (await after.NamesAsync(bucketId)).ToDictionary(B2Wire.NameOf, B2Wire.IdOf);
        (await after.DownloadByIdAsync(files["small/ü"])).Text.ShouldBe("hello");
        (await after.DownloadByIdAsync(files["big"])).Body.AsSpan().SequenceEqual(content).ShouldBeTrue();
        (await after.DownloadByIdAsync(files["large"])).Body.ShouldBe([.. B2Wire.Bytes(100_000, 1), .. B2Wire.Bytes(200_000, 2)]);
        (await after.OkAsync("b2_list_keys", new() { ["accountId"] = after.AccountId })).ToJsonString().ShouldContain(limited.KeyId);
        // Whatever came with later versions works too.
        await after.UploadAsync(bucketId, "new");
        await after.OkAsync("b2_delete_file_version", new() { ["fileName"] = "big", ["fileId"] = files["big"] });
        (await after.NamesAsync(bucketId)).Select(B2Wire.NameOf).ShouldBe(["large", "new", "small/ü"]);
    }

    [Fact]
    public async Task A_folder_of_a_newer_emulator_is_refused_and_left_alone()
    {
        await (await StartAsync()).DisposeAsync();
        using (var database = Open(Path.Combine(_folder.Data, "emulator.db")))
        {
            Execute(database, $"PRAGMA user_version = {Schema.Latest + 1}");
        }

        var refusal = await Should.ThrowAsync<EmulatorStartException>(StartAsync);

        refusal.Message.ShouldContain($"schema {Schema.Latest + 1}");
    }

    private static async Task<List<string>> DescribeAsync(B2Wire b2, string bucketId)
    {
        var unfinished = await b2.OkAsync("b2_list_unfinished_large_files", new() { ["bucketId"] = bucketId });
        return
        [
            (await b2.BucketAsync(bucketId)).ToJsonString(),
            .. (await b2.VersionsAsync(bucketId)).Select(row => row.ToJsonString()),
            unfinished.ToJsonString(),
        ];
    }

    /// <summary>Makes the database what an older emulator would have made of the same calls: the tables of its version, and of each row what they hold.</summary>
    private void MakeOlder(int version)
    {
        var present = Path.Combine(_folder.Data, "emulator.db");
        var older = Path.Combine(_folder.Data, "older.db");
        using (var database = Open(older))
        {
            using (var sql = new Sql(database))
            {
                Schema.Prepare(sql, version);
            }
            Execute(database, $"ATTACH '{present}' AS present");
            foreach (var table in List(database, "SELECT name FROM main.sqlite_master WHERE type = 'table'"))
            {
                var columns = string.Join(", ", List(database, $"SELECT name FROM pragma_table_info('{table}', 'main')"));
                Execute(database, $"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM present.{table}");
                if (version < BinaryDigests && table == "versions")
                {
                    Execute(database, "UPDATE main.versions SET sha1 = lower(hex(sha1)) WHERE typeof(sha1) = 'blob'");
                    Execute(database, "UPDATE main.versions SET md5 = lower(hex(md5))");
                }
            }
            Execute(database, "DETACH present");
        }
        File.Move(older, present, overwrite: true);
    }

    private static SqliteConnection Open(string path)
    {
        var database = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Pooling = false,
                ForeignKeys = false,
            }.ToString()
        );
        database.Open();
        return database;
    }

    private static void Execute(SqliteConnection database, string text)
    {
        using var command = database.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    private static List<string> List(SqliteConnection database, string text)
    {
        using var command = database.CreateCommand();
        command.CommandText = text;
        using var reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }
        return names;
    }

    private Task<B2Emulator> StartAsync() => B2Emulator.StartAsync(new() { DataDirectory = _folder.Data, MinimumPartSize = 1 }, Cancelled);
}
