using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using B2Sdk.Emulator.Rules;
using B2Sdk.Emulator.Storage;

namespace B2Sdk.Emulator.Http;

/// <summary>The tokens that are out. Where the store outlives the process, so do they, as B2's outlive its machines.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Tokens(TimeProvider time, Store store, Leniency leniency)
{
    private const char Account = 'a';
    private const char Upload = 'u';
    private const char UploadPart = 'p';
    private const char Download = 'd';
    private const int SweepEvery = 4096;
    private static readonly TimeSpan Life = TimeSpan.FromHours(24);
    private readonly ConcurrentDictionary<string, Token> _out = new(StringComparer.Ordinal);
    private int _issued;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    // Long-dead tokens are forgotten; until then they are told from those that never were.
    private long LongAgo => Now - (long)Life.TotalMilliseconds;

    /// <summary>Takes up the tokens that were out when an earlier process ended.</summary>
    public async Task OpenAsync()
    {
        foreach (var stored in await store.ListTokensAsync(LongAgo))
        {
            _out[stored.Hash] = Read(stored with { Key = leniency.Widen(stored.Key) });
        }
    }

    /// <summary>Returns what the holder of a new token sends.</summary>
    public Task<string> IssueAccountAsync(ApplicationKey key) =>
        IssueAsync(
            new()
            {
                Hash = "",
                Key = key,
                Kind = Account,
                Expires = End(key, Life),
            },
            "acct"
        );

    /// <summary>The same for the token of an upload URL.</summary>
    public Task<string> IssueUploadAsync(ApplicationKey key, string target, bool isForParts) =>
        IssueAsync(
            new()
            {
                Hash = "",
                Key = key,
                Kind = isForParts ? UploadPart : Upload,
                Expires = End(key, Life),
                Target = target,
            },
            isForParts ? "uplg" : "upld"
        );

    /// <summary>The same for a token that opens downloads below a prefix.</summary>
    public Task<string> IssueDownloadAsync(
        ApplicationKey key,
        string bucketId,
        string prefix,
        TimeSpan life,
        IReadOnlyDictionary<string, string> overrides
    ) =>
        IssueAsync(
            new()
            {
                Hash = "",
                Key = key,
                Kind = Download,
                Expires = End(key, life),
                Target = bucketId,
                Prefix = prefix,
                Overrides = ToJson(overrides),
            },
            "dnld"
        );

    /// <summary>Recognizes what stands in an Authorization header.</summary>
    /// <exception cref="Refusal">Nothing stands there, or nothing that is good.</exception>
    public Token Recognize(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            throw Refusal.MissingToken();
        }
        var token = Find(text) ?? throw Refusal.BadToken();
        return token.Expires > Now ? token : throw Refusal.ExpiredToken();
    }

    /// <summary>Finds a token, dead or alive; null when it was never issued, or long ago.</summary>
    public Token? Find(string text) => _out.GetValueOrDefault(Store.HashSecret(text));

    /// <summary>Makes a token too old at once.</summary>
    public Task ExpireAsync(Token token)
    {
        token.Expires = Now;
        return store.SaveTokenAsync(Write(token));
    }

    public Task RevokeAsync(Token token) => _out.TryRemove(token.Hash, out _) ? store.DeleteTokenAsync(token.Hash) : Task.CompletedTask;

    /// <summary>Ends every token, after the store has forgotten all of them.</summary>
    public void RevokeAll() => _out.Clear();

    /// <summary>Ends every token that was made with a key, after the store has forgotten the key.</summary>
    public void RevokeAllOf(string keyId)
    {
        foreach (var token in _out.Values.Where(token => token.Key.Id == keyId))
        {
            _out.TryRemove(token.Hash, out _);
        }
    }

    // Nothing in it needs an escape, as clients put tokens into queries as they are.
    private static string NewText(ApplicationKey key, string kind) =>
        $"4_{key.Id}_{RandomNumberGenerator.GetHexString(8, lowercase: true)}_{RandomNumberGenerator.GetHexString(6, lowercase: true)}_{kind}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(20))}=";

    private static Token Read(StoredToken stored) =>
        stored.Kind switch
        {
            Account => new AccountToken
            {
                Hash = stored.Hash,
                Key = stored.Key,
                Expires = stored.Expires,
            },
            Download => new DownloadToken
            {
                Hash = stored.Hash,
                Key = stored.Key,
                Expires = stored.Expires,
                BucketId = stored.Target!,
                Prefix = stored.Prefix!,
                Overrides = FileInfoRules.Parse(stored.Overrides!).ToDictionary(StringComparer.Ordinal),
            },
            _ => new UploadToken
            {
                Hash = stored.Hash,
                Key = stored.Key,
                Expires = stored.Expires,
                Target = stored.Target!,
                IsForParts = stored.Kind == UploadPart,
            },
        };

    private static StoredToken Write(Token token) =>
        new()
        {
            Hash = token.Hash,
            Key = token.Key,
            Kind = token switch
            {
                UploadToken upload => upload.IsForParts ? UploadPart : Upload,
                DownloadToken => Download,
                _ => Account,
            },
            Expires = token.Expires,
            Target = (token as UploadToken)?.Target ?? (token as DownloadToken)?.BucketId,
            Prefix = (token as DownloadToken)?.Prefix,
            Overrides = token is DownloadToken { Overrides: var overrides } ? ToJson(overrides) : null,
        };

    private static string ToJson(IReadOnlyDictionary<string, string> overrides) =>
        FileInfoRules.ToJson(new(overrides.ToDictionary(), StringComparer.Ordinal));

    private long End(ApplicationKey key, TimeSpan life) =>
        leniency.TokenExpiry ? long.MaxValue : Math.Min(Now + (long)life.TotalMilliseconds, key.Expires ?? long.MaxValue);

    private async Task<string> IssueAsync(StoredToken draft, string kind)
    {
        var text = NewText(draft.Key, kind);
        var stored = draft with { Hash = Store.HashSecret(text) };
        await store.SaveTokenAsync(stored);
        _out[stored.Hash] = Read(stored);
        if (Interlocked.Increment(ref _issued) % SweepEvery == 0)
        {
            var longAgo = LongAgo;
            foreach (var dead in _out.Values.Where(other => other.Expires < longAgo))
            {
                await RevokeAsync(dead);
            }
        }
        return text;
    }
}
