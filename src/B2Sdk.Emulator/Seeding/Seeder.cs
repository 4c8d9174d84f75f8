using System.Text.Json;
using B2Sdk.Emulator.Http;

namespace B2Sdk.Emulator.Seeding;

/// <summary>Puts there what is to be there: folders, descriptions in JSON, or names that are hard to bear. One seed at a time.</summary>
#pragma warning disable CA1001 // The semaphore never makes the wait handle for which it would have to be disposed of.
internal sealed class Seeder(EmulatorServices services, EmulatorApp app)
#pragma warning restore CA1001
{
    public const string Hostile = "hostile";
    private readonly SemaphoreSlim _seeding = new(1);

    /// <summary>Refuses seeds that are not there before anything is done.</summary>
    /// <exception cref="EmulatorStartException">One is not.</exception>
    public static void Check(IReadOnlyList<string> seeds)
    {
        if (seeds.FirstOrDefault(seed => !IsThere(seed)) is { } missing)
        {
            throw new EmulatorStartException(Missing(missing));
        }
    }

    /// <summary>Seeds a store in which nothing is. One whose seeding did not come to its end is emptied before.</summary>
    /// <exception cref="EmulatorStartException">A seed cannot be read, or B2 would refuse what it says.</exception>
    /// <exception cref="OperationCanceledException">It was to stop. What is there by then is taken away before the next seeding.</exception>
    public async Task ApplyAsync(CancellationToken cancellationToken)
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
                await AddAsync(await ReadAsync(seed, cancellationToken), cancellationToken);
            }
            catch (Exception e) when (IsOfSeed(e))
            {
                throw new EmulatorStartException(Unusable(seed, e), e);
            }
        }
        services.Store.EndSeeding();
    }

    /// <summary>Adds a seed to what is there.</summary>
    /// <exception cref="ArgumentException">It is not there, cannot be read, or B2 would refuse what it says.</exception>
    public async Task AddAsync(string seed, CancellationToken cancellationToken)
    {
        if (!IsThere(seed))
        {
            throw new ArgumentException(Missing(seed), nameof(seed));
        }
        try
        {
            await AddAsync(await ReadAsync(seed, cancellationToken), cancellationToken);
        }
        catch (Exception e) when (IsOfSeed(e))
        {
            throw new ArgumentException(Unusable(seed, e), nameof(seed), e);
        }
    }

    /// <summary>Adds what a description says to what is there.</summary>
    /// <exception cref="Refusal">It is none, or B2 would refuse what it says.</exception>
    public async Task AddAsync(Stream description, Func<string, Func<Stream>> findContent, CancellationToken cancellationToken)
    {
        try
        {
            await AddAsync(await new SeedDocument(findContent).ReadAsync(description, cancellationToken), cancellationToken);
        }
        catch (JsonException e)
        {
            throw Refusal.BadJson($"The seed is not valid JSON. {e.Message}");
        }
        catch (FormatException e)
        {
            throw Refusal.BadRequest(e.Message);
        }
    }

    private async Task AddAsync(IReadOnlyList<SeededAccount> accounts, CancellationToken cancellationToken)
    {
        await _seeding.WaitAsync(cancellationToken);
        try
        {
            var writer = new SeedWriter(services, new(app));
            await writer.CheckAsync(accounts);
            await writer.WriteAsync(accounts, cancellationToken);
        }
        finally
        {
            _seeding.Release();
        }
    }

    private static async Task<IReadOnlyList<SeededAccount>> ReadAsync(string seed, CancellationToken cancellationToken)
    {
        if (seed == Hostile)
        {
            return [new() { Place = Hostile, Buckets = [HostileFiles.Bucket] }];
        }
        if (Directory.Exists(seed))
        {
            return SeedFolder.Read(new(seed));
        }
        await using var file = File.OpenRead(seed);
        return await new SeedDocument(name => FindBeside(seed, name)).ReadAsync(file, cancellationToken);
    }

    // Beside the description, so that both can be moved together.
    private static Func<Stream> FindBeside(string description, string name)
    {
        var path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(description))!, name);
        return File.Exists(path)
            ? () => File.OpenRead(path)
            : throw new FormatException($"contentFile is '{name}', and there is no file '{path}'");
    }

    private static bool IsThere(string seed) => seed == Hostile || Directory.Exists(seed) || File.Exists(seed);

    private static string Missing(string seed) => $"The seed '{seed}' is neither a folder nor a file nor '{Hostile}'.";

    private static string Unusable(string seed, Exception cause) => $"The seed '{seed}' cannot be used. {cause.Message}";

    private static bool IsOfSeed(Exception e) => e is IOException or UnauthorizedAccessException or JsonException or FormatException;
}
