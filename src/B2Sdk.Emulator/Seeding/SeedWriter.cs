using System.Text.Json;
using B2Sdk.Emulator.Endpoints;
using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;
using B2Sdk.Emulator.Storage;

namespace B2Sdk.Emulator.Seeding;

/// <summary>Puts what seeds describe beside what is there. Everything that can be known to be wrong is found before anything is done.</summary>
internal sealed class SeedWriter(EmulatorServices services, LocalCaller caller)
{
    private Store Store => services.Store;

    /// <exception cref="FormatException">Something is wrong, and nothing done.</exception>
    public async Task CheckAsync(IReadOnlyList<SeededAccount> accounts)
    {
        var names = new Dictionary<string, SeededAccount>(StringComparer.OrdinalIgnoreCase);
        var keyIds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var account in accounts)
        {
            var accountId = await CheckAccountAsync(account, keyIds);
            foreach (var bucket in account.Buckets)
            {
                await CheckBucketAsync(
                    bucket,
                    accountId,
                    names.GetValueOrDefault(bucket.Name, account) == account,
                    names.ContainsKey(bucket.Name)
                );
                names[bucket.Name] = account;
            }
            foreach (var key in account.Keys)
            {
                await CheckKeyAsync(key, account, accountId, keyIds);
            }
        }
    }

    /// <exception cref="FormatException">Something was refused; what came before it is done.</exception>
    public async Task WriteAsync(IReadOnlyList<SeededAccount> accounts, CancellationToken cancellationToken)
    {
        foreach (var seeded in accounts.Where(account => account.MasterKey is not null || account.Buckets.Count + account.Keys.Count > 0))
        {
            var account = seeded.MasterKey is { } master
                ? await services.Control.AddAccountAsync(master.KeyId, master.Secret)
                : services.Control.MainAccount;
            await caller.AuthorizeAsync(account);
            foreach (var bucket in seeded.Buckets)
            {
                await WriteBucketAsync(bucket, account, cancellationToken);
            }
            foreach (var key in seeded.Keys)
            {
                await TryAsync(key.Place, () => WriteKeyAsync(key, account));
            }
        }
    }

    /// <summary>Returns the id of an account that is there already; null for one that is to be made.</summary>
    private async Task<string?> CheckAccountAsync(SeededAccount account, HashSet<string> keyIds)
    {
        if (account.MasterKey is not { } master)
        {
            return services.Control.MainAccount.AccountId;
        }
        if (!keyIds.Add(master.KeyId))
        {
            throw Wrong(account.Place, $"the key id '{master.KeyId}' is there twice");
        }
        return await Store.FindKeyAsync(master.KeyId) switch
        {
            null => null,
            { IsMaster: true } same when same.SecretHash == Store.HashSecret(master.Secret) => same.AccountId,
            _ => throw Wrong(account.Place, $"the key id '{master.KeyId}' is there already, with another key"),
        };
    }

    private async Task CheckBucketAsync(SeededBucket bucket, string? accountId, bool isOwn, bool isNamedBefore)
    {
        await TryAsync(
            bucket.Place,
            () =>
            {
                Buckets.ReadNew(Arguments.FromJson(LocalCaller.Render(json => WriteSettings(json, bucket))), services.Leniency);
                return Task.CompletedTask;
            }
        );
        var there = await Store.FindBucketByNameAsync(bucket.Name);
        if (!isOwn || (there is not null && there.AccountId != accountId))
        {
            throw Wrong(bucket.Place, $"the name '{bucket.Name}' is in use by another account");
        }
        if ((isNamedBefore || there is not null) && bucket.Settings is not null)
        {
            throw Wrong(
                bucket.Place,
                $"there is a bucket '{bucket.Name}' already; files are added to it when nothing but bucketName and files is given"
            );
        }
        foreach (var file in bucket.Files)
        {
            await TryAsync(
                file.Place,
                () =>
                {
                    Check(file);
                    return Task.CompletedTask;
                }
            );
        }
    }

    private void Check(SeededFile file)
    {
        var longest = file.NameAt(file.Repeat - 1);
        FileNames.Validate(longest, services.Leniency.FileNames);
        ContentTypes.Validate(file.ContentType, longest);
        FileInfoRules.Validate(longest, file.Info);
    }

    private async Task CheckKeyAsync(SeededKey key, SeededAccount account, string? accountId, HashSet<string> keyIds)
    {
        if (!keyIds.Add(key.Id) || await Store.FindKeyAsync(key.Id) is not null)
        {
            throw Wrong(key.Place, $"there is a key '{key.Id}' already");
        }
        foreach (var name in key.BucketNames.Where(name => account.Buckets.All(bucket => !HasName(bucket, name))))
        {
            if (await Store.FindBucketByNameAsync(name) is not { } there || there.AccountId != accountId)
            {
                throw Wrong(key.Place, $"it is for the bucket '{name}', which neither the seed has nor the account");
            }
        }
        await TryAsync(
            key.Place,
            () =>
            {
                Keys.ReadNew(Arguments.FromJson(LocalCaller.Render(json => WriteSettings(json, key, key.BucketNames))), version: 4);
                return Task.CompletedTask;
            }
        );
    }

    private async Task WriteBucketAsync(SeededBucket bucket, EmulatorAccount account, CancellationToken cancellationToken)
    {
        var bucketId = "";
        await TryAsync(bucket.Place, async () => bucketId = await FindOrCreateAsync(bucket, account));
        var seeder = new BucketSeeder(services, caller, account.AccountId, bucketId);
        foreach (var file in bucket.Files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await TryAsync(file.Place, () => seeder.AddAsync(file, cancellationToken));
        }
    }

    private async Task<string> FindOrCreateAsync(SeededBucket bucket, EmulatorAccount account)
    {
        if (bucket.Settings is null && await Store.FindBucketByNameAsync(bucket.Name) is { } there && there.AccountId == account.AccountId)
        {
            return there.Id;
        }
        var answer = await caller.CallAsync(
            "b2_create_bucket",
            json =>
            {
                json.WriteString("accountId", account.AccountId);
                WriteSettings(json, bucket);
            }
        );
        return answer.GetProperty("bucketId").GetString()!;
    }

    private async Task WriteKeyAsync(SeededKey key, EmulatorAccount account)
    {
        var ids = new List<string>();
        foreach (var name in key.BucketNames)
        {
            ids.Add((await Store.FindBucketByNameAsync(name))?.Id ?? throw Refusal.NoSuchBucket(name));
        }
        var answer = await caller.CallAsync(
            "b2_create_key",
            json =>
            {
                json.WriteString("accountId", account.AccountId);
                WriteSettings(json, key, ids);
            }
        );
        await services.Control.RenameKeyAsync(answer.GetProperty("applicationKeyId").GetString()!, key.Id, key.Secret);
    }

    private static void WriteSettings(Utf8JsonWriter json, SeededBucket bucket)
    {
        json.WriteText("bucketName", bucket.Name);
        if (bucket.Settings?.Has("bucketType") != true)
        {
            json.WriteString("bucketType", "allPrivate");
        }
        bucket.Settings?.CopyTo(json, "bucketName", "files");
    }

    private static void WriteSettings(Utf8JsonWriter json, SeededKey key, IReadOnlyList<string> bucketIds)
    {
        key.Settings.CopyTo(json, "applicationKeyId", "applicationKey", "bucketNames");
        if (bucketIds.Count > 0)
        {
            json.WriteStartArray("bucketIds");
            foreach (var id in bucketIds)
            {
                json.WriteStringValue(id);
            }
            json.WriteEndArray();
        }
    }

    // B2 compares the names of buckets in this way.
    private static bool HasName(SeededBucket bucket, string name) => bucket.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Does something, and says where what could not be done is described.</summary>
    private static async Task TryAsync(string place, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is Refusal or IOException or UnauthorizedAccessException)
        {
            throw Wrong(place, e.Message);
        }
    }

    private static FormatException Wrong(string place, string what) => new($"{place}: {what.TrimEnd('.')}.");
}
