using System.Security.Cryptography;
using B2Sdk.Emulator.Rules;
using B2Sdk.Emulator.Storage;

namespace B2Sdk.Emulator.Control;

/// <summary>What is done to the emulator as a whole, whether by C# or over HTTP.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class EmulatorControl(EmulatorServices services)
{
    private const int AccountIdLength = 12;
    private const int LongestName = 64;

    /// <summary>The account that there is from the start.</summary>
    public EmulatorAccount MainAccount { get; } =
        new(AccountIdOf(services.Options.ApplicationKeyId), services.Options.ApplicationKeyId, services.Options.ApplicationKey);

    /// <summary>Lets in whoever has the key that the options name.</summary>
    public async Task OpenAsync()
    {
        await services.Store.SaveKeyAsync(MasterKeyOf(MainAccount));
        await services.Tokens.OpenAsync();
    }

    /// <summary>Adds an account of its own, with a master key.</summary>
    public async Task<EmulatorAccount> CreateAccountAsync()
    {
        var id = RandomNumberGenerator.GetHexString(AccountIdLength, lowercase: true);
        var account = new EmulatorAccount(id, id, NewSecret());
        await services.Store.SaveKeyAsync(MasterKeyOf(account));
        return account;
    }

    /// <summary>Makes everything as it was at the start, but for saved snapshots.</summary>
    public async Task ResetAsync()
    {
        services.Clock.Reset();
        await ForgetAllAsync();
        services.TestModes.Reset();
        services.Faults.Reset(services.Options.Faults);
        services.Journal.Clear();
        services.Caps.Reset();
        await (services.Seeder?.ApplyAsync(CancellationToken.None) ?? Task.CompletedTask);
    }

    /// <summary>Empties the store but for the key that the options name.</summary>
    public async Task ForgetAllAsync()
    {
        await services.Store.ResetAsync([MasterKeyOf(MainAccount)]);
        services.Tokens.RevokeAll();
    }

    /// <summary>Adds an account with a key of somebody's choice.</summary>
    public async Task<EmulatorAccount> AddAccountAsync(string keyId, string secret)
    {
        var account = new EmulatorAccount(AccountIdOf(keyId), keyId, secret);
        await services.Store.SaveKeyAsync(MasterKeyOf(account));
        return account;
    }

    /// <summary>Gives a key the id and the secret of somebody's choice.</summary>
    public async Task RenameKeyAsync(string keyId, string newId, string newSecret)
    {
        var key = (await services.Store.FindKeyAsync(keyId))!;
        await services.Store.SaveKeyAsync(key with { Id = newId, SecretHash = Store.HashSecret(newSecret) });
        await services.Store.DeleteKeyAsync(key.AccountId, keyId);
    }

    public Task SaveSnapshotAsync(string name) => services.Store.SaveSnapshotAsync(CheckName(name));

    public async Task LoadSnapshotAsync(string name)
    {
        await services.Store.LoadSnapshotAsync(CheckName(name), [MasterKeyOf(MainAccount)]);
        services.Tokens.RevokeAll();
    }

    public Task DeleteSnapshotAsync(string name) => services.Store.DeleteSnapshotAsync(CheckName(name));

    /// <summary>A new application key, in the form that B2's have.</summary>
    public static string NewSecret() =>
        "K000" + RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 27);

    // The name of a snapshot is the name of its file, on every system.
    private static string CheckName(string name) =>
        name.Length is > 0 and <= LongestName
        && name[0] != '.'
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.')
            ? name
            : throw new ArgumentException(
                $"The snapshot's name '{name}' must be 1 to {LongestName} letters, digits, hyphens, underscores and dots, the first of them no dot.",
                nameof(name)
            );

    private static string AccountIdOf(string keyId) =>
        keyId.Length == AccountIdLength && keyId.All(char.IsAsciiHexDigitLower) ? keyId : Store.HashSecret(keyId)[..AccountIdLength];

    private static ApplicationKey MasterKeyOf(EmulatorAccount account) =>
        new()
        {
            Id = account.ApplicationKeyId,
            AccountId = account.AccountId,
            IsMaster = true,
            SecretHash = Store.HashSecret(account.ApplicationKey),
            Name = "master",
            Capabilities = Capabilities.All,
        };
}
