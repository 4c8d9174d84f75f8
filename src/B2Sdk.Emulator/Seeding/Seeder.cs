using System.Globalization;
using System.Text.Json;
using B2Sdk.Emulator.Http;

namespace B2Sdk.Emulator.Seeding;

/// <summary>Puts there what is to be there from the start: a folder, a description in JSON, or names that are hard to bear.</summary>
internal sealed class Seeder(EmulatorServices services, EmulatorApp app)
{
    public const string Hostile = "hostile";
    private const string LooseFiles = "seed-files";

    /// <summary>Refuses seeds that are not there before anything is done.</summary>
    /// <exception cref="EmulatorStartException">One is not.</exception>
    public static void Check(IReadOnlyList<string> seeds)
    {
        if (seeds.FirstOrDefault(seed => seed != Hostile && !Directory.Exists(seed) && !File.Exists(seed)) is { } missing)
        {
            throw new EmulatorStartException($"The seed '{missing}' is neither a folder nor a file nor '{Hostile}'.");
        }
    }

    /// <summary>Seeds a store in which nothing is. One whose seeding did not come to its end is emptied before.</summary>
    /// <exception cref="EmulatorStartException">A seed cannot be read, or B2 would refuse what it says.</exception>
    public async Task ApplyAsync()
    {
        if (services.Options.Seed.Count == 0)
        {
            return;
        }
        if (services.Store.IsHalfSeeded)
        {
            await services.Control.ForgetAllAsync();
        }
        if (!await services.Store.IsEmptyAsync())
        {
            return;
        }
        services.Store.BeginSeeding();
        foreach (var seed in services.Options.Seed)
        {
            try
            {
                await ApplyAsync(seed);
            }
            catch (Exception e)
                when (e
                        is IOException
                            or UnauthorizedAccessException
                            or JsonException
                            or FormatException
                            or Refusal
                            or EmulatorStartException
                )
            {
                throw new EmulatorStartException($"The seed '{seed}' cannot be used. {e.Message}", e);
            }
        }
        services.Store.EndSeeding();
    }

    private async Task ApplyAsync(string seed)
    {
        var caller = new LocalCaller(app);
        var account = services.Control.MainAccount;
        await caller.AuthorizeAsync(account);
        if (seed == Hostile)
        {
            var bucket = await CreateBucketAsync(caller, account, "hostile-names");
            foreach (var file in HostileFiles.All)
            {
                await bucket.AddAsync(file);
            }
        }
        else if (Directory.Exists(seed))
        {
            await ApplyFolderAsync(caller, account, new(seed));
        }
        else
        {
            await new SeedDocument(services, caller, seed).ApplyAsync(account);
        }
    }

    /// <summary>Each folder in it is a bucket of its name; files beside them are in a bucket of their own.</summary>
    private async Task ApplyFolderAsync(LocalCaller caller, EmulatorAccount account, DirectoryInfo folder)
    {
        foreach (var directory in folder.EnumerateDirectories().OrderBy(directory => directory.Name, StringComparer.Ordinal))
        {
            await UploadAsync(await CreateBucketAsync(caller, account, directory.Name), directory, SearchOption.AllDirectories);
        }
        if (folder.EnumerateFiles().Any())
        {
            await UploadAsync(await CreateBucketAsync(caller, account, LooseFiles), folder, SearchOption.TopDirectoryOnly);
        }
    }

    private static async Task UploadAsync(BucketSeeder bucket, DirectoryInfo folder, SearchOption depth)
    {
        var files = folder
            .EnumerateFiles("*", depth)
            .Select(file => (File: file, Name: Path.GetRelativePath(folder.FullName, file.FullName).Replace('\\', '/')))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal);
        foreach (var (file, name) in files)
        {
            var modified = new DateTimeOffset(file.LastWriteTimeUtc).ToUnixTimeMilliseconds();
            await bucket.AddAsync(
                new()
                {
                    Name = name,
                    Info = new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["src_last_modified_millis"] = modified.ToString(CultureInfo.InvariantCulture),
                    },
                    Open = file.OpenRead,
                }
            );
        }
    }

    private async Task<BucketSeeder> CreateBucketAsync(LocalCaller caller, EmulatorAccount account, string name)
    {
        var answer = await caller.CallAsync(
            "b2_create_bucket",
            json =>
            {
                json.WriteString("accountId", account.AccountId);
                json.WriteText("bucketName", name);
                json.WriteString("bucketType", "allPrivate");
            }
        );
        return new(services, caller, account.AccountId, answer.GetProperty("bucketId").GetString()!);
    }
}
