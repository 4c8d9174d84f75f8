using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using B2Sdk.Emulator.Storage;

namespace B2Sdk.Emulator.Http;

/// <summary>The tokens that are out, which live in memory only: a client whose token is not known authorizes again.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Tokens(TimeProvider time)
{
    private const int SweepEvery = 4096;
    private static readonly TimeSpan Life = TimeSpan.FromHours(24);
    private readonly ConcurrentDictionary<string, Token> _out = new(StringComparer.Ordinal);
    private int _issued;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public AccountToken IssueAccount(ApplicationKey key) =>
        Issue(
            new AccountToken
            {
                Key = key,
                Text = NewText(key, "acct"),
                Expires = End(key, Life),
            }
        );

    public UploadToken IssueUpload(ApplicationKey key, string target, bool isForParts) =>
        Issue(
            new UploadToken
            {
                Key = key,
                Text = NewText(key, isForParts ? "uplg" : "upld"),
                Expires = End(key, Life),
                Target = target,
                IsForParts = isForParts,
            }
        );

    public DownloadToken IssueDownload(
        ApplicationKey key,
        string bucketId,
        string prefix,
        TimeSpan life,
        IReadOnlyDictionary<string, string> overrides
    ) =>
        Issue(
            new DownloadToken
            {
                Key = key,
                Text = NewText(key, "dnld"),
                Expires = End(key, life),
                BucketId = bucketId,
                Prefix = prefix,
                Overrides = overrides,
            }
        );

    /// <summary>Recognizes what stands in an Authorization header.</summary>
    /// <exception cref="Refusal">Nothing stands there, or nothing that is good.</exception>
    public Token Recognize(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            throw Refusal.MissingToken();
        }
        if (!_out.TryGetValue(text, out var token))
        {
            throw Refusal.BadToken();
        }
        return token.Expires > Now ? token : throw Refusal.ExpiredToken();
    }

    /// <summary>Finds a token, dead or alive; null when it was never issued, or long ago.</summary>
    public Token? Find(string text) => _out.GetValueOrDefault(text);

    /// <summary>Makes a token too old at once.</summary>
    public void Expire(Token token) => token.Expires = Now;

    public void Revoke(Token token) => _out.TryRemove(token.Text, out _);

    public void RevokeAll() => _out.Clear();

    /// <summary>Ends every token that was made with a key.</summary>
    public void RevokeAllOf(string keyId)
    {
        foreach (var token in _out.Values.Where(token => token.Key.Id == keyId))
        {
            Revoke(token);
        }
    }

    // Nothing in it needs an escape, as clients put tokens into queries as they are.
    private static string NewText(ApplicationKey key, string kind) =>
        $"4_{key.Id}_{RandomNumberGenerator.GetHexString(8, lowercase: true)}_{RandomNumberGenerator.GetHexString(6, lowercase: true)}_{kind}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(20))}=";

    private long End(ApplicationKey key, TimeSpan life) => Math.Min(Now + (long)life.TotalMilliseconds, key.Expires ?? long.MaxValue);

    private T Issue<T>(T token)
        where T : Token
    {
        _out[token.Text] = token;
        if (Interlocked.Increment(ref _issued) % SweepEvery == 0)
        {
            // Long-dead tokens are forgotten; until then they are told from those that never were.
            var longAgo = Now - (long)Life.TotalMilliseconds;
            foreach (var dead in _out.Values.Where(other => other.Expires < longAgo))
            {
                Revoke(dead);
            }
        }
        return token;
    }
}
