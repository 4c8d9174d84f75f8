namespace B2Sdk.Cli;

/// <summary>The account with which a command works: the stored one, or the one of the environment, which is never written to a disk.</summary>
internal sealed class OpenAccount : IAsyncDisposable
{
    public const string KeyIdVariable = "B2_APPLICATION_KEY_ID";
    public const string KeyVariable = "B2_APPLICATION_KEY";

    /// <summary>Lets keys go to other machines over plain http, such as to an emulator in another container.</summary>
    public const string AllowInsecureVariable = "B2_ALLOW_INSECURE_REALM";

    private readonly SqliteAccountInfo? _stored;

    private OpenAccount(B2Api api, SqliteAccountInfo? stored)
    {
        Api = api;
        _stored = stored;
    }

    public B2Api Api { get; }

    /// <summary>The file that holds the account; null when it is in memory only.</summary>
    public string? FileName => _stored?.FileName;

    /// <summary>Opens the account of the environment when there is one, else the one that was stored.</summary>
    public static async Task<OpenAccount> OpenAsync(Invocation run, CancellationToken cancellationToken)
    {
        var (keyId, key) = KeyOfEnvironment(run.Context);
        return keyId is not null && key is not null
            ? await OpenOfEnvironmentAsync(run, keyId, key, cancellationToken)
            : await OpenStoredAsync(run, cancellationToken);
    }

    /// <summary>The place where the account is stored, whether or not there is one.</summary>
    public static SqliteAccountInfo Store(Invocation run) => new(SqliteAccountInfo.FindFileName(run.Profile, run.Context.Environment));

    /// <summary>An API over that place.</summary>
    public static B2Api MakeApi(Invocation run, AccountInfo info)
    {
        var append = run.Context.Variable("B2_USER_AGENT_APPEND");
        return new(
            info,
            new()
            {
                UserAgentAppend = $"b2-cli/{CommandLine.Version}{(append is null ? "" : " " + append)}",
                TimeProvider = run.Context.TimeProvider,
                LoggerFactory = run.Log,
                AllowInsecureRealm = run.Context.IsOn(AllowInsecureVariable),
                OnRetry = run.SayRetry,
            }
        );
    }

    /// <summary>The key of the environment: both halves, or neither.</summary>
    public static (string? KeyId, string? Key) KeyOfEnvironment(CliContext context)
    {
        var keyId = context.Variable(KeyIdVariable);
        var key = context.Variable(KeyVariable);
        return (keyId is null) == (key is null)
            ? (keyId, key)
            : throw new CommandException(
                $"Set both {KeyIdVariable} and {KeyVariable}, or neither: {(keyId is null ? KeyIdVariable : KeyVariable)} is missing."
            );
    }

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        _stored?.Dispose();
    }

    private static async Task<OpenAccount> OpenOfEnvironmentAsync(
        Invocation run,
        string keyId,
        string key,
        CancellationToken cancellationToken
    )
    {
        var realm = Realm.Asked(run) ?? Realm.Default;
        var store = Store(run);
        if (
            await TryLoadAsync(store, cancellationToken) is { } stored
            && (stored.ApplicationKeyId, stored.ApplicationKey.Reveal(), stored.Realm) == (keyId, key, realm)
        )
        {
            return new(MakeApi(run, store), store);
        }
        store.Dispose();

        var api = MakeApi(run, new InMemoryAccountInfo());
        try
        {
            await api.AuthorizeAccountAsync(realm, keyId, key, cancellationToken);
            return new(api, stored: null);
        }
        catch
        {
            await api.DisposeAsync();
            throw;
        }
    }

    private static async Task<OpenAccount> OpenStoredAsync(Invocation run, CancellationToken cancellationToken)
    {
        var store = Store(run);
        try
        {
            var stored =
                await store.LoadAsync(cancellationToken)
                ?? throw new CommandException(
                    $"No account is authorized here. Run 'b2 account authorize', or set {KeyIdVariable} and {KeyVariable}.",
                    ExitCodes.NotAuthorized
                );
            // Somebody who names another service must not change things at this one.
            if (Realm.Asked(run) is { } asked && asked != stored.Realm)
            {
                throw new CommandException(
                    $"The stored account is of {stored.Realm}, not of {asked}. Run 'b2 account authorize --environment {asked}' first, or use another --profile."
                );
            }
            return new(MakeApi(run, store), store);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    // With a key in the environment nothing depends on the file, so that a broken one does no harm.
    private static async Task<AccountAuthorization?> TryLoadAsync(SqliteAccountInfo store, CancellationToken cancellationToken)
    {
        try
        {
            return await store.LoadAsync(cancellationToken);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
