using B2Sdk.Emulator.Storage;

namespace B2Sdk.Emulator.Rules;

/// <summary>Which rules of B2 are not kept. Each has a name, and its effect is where it is asked for.</summary>
internal sealed class Leniency
{
    private const string Sha1Name = "sha1";
    private const string UploadTokenConcurrencyName = "upload-token-concurrency";
    private const string PartMinimumName = "part-minimum";
    private const string BucketNamesName = "bucket-names";
    private const string CapabilitiesName = "capabilities";
    private const string KeyRestrictionsName = "key-restrictions";
    private const string FileNamesName = "file-names";
    private const string RetentionName = "retention";
    private const string TokenExpiryName = "token-expiry";
    private const string CorsName = "cors";
    private const string ApiVersionsName = "api-versions";

    /// <summary>Every rule that can be switched off, and what that means.</summary>
    public static readonly IReadOnlyList<(string Name, string Effect)> Rules =
    [
        (ApiVersionsName, "paths of versions after v4 are answered as v4"),
        (BucketNamesName, "buckets may have any name without slashes"),
        (CapabilitiesName, "every key may do everything"),
        (CorsName, "pages of every origin may download and upload"),
        (FileNamesName, "files may have any name that is not empty"),
        (KeyRestrictionsName, "keys are not restricted to buckets or prefixes"),
        (PartMinimumName, "parts may have any size"),
        (RetentionName, "versions under retention or legal hold are deleted when somebody deletes them"),
        (Sha1Name, "uploads are taken whatever SHA-1 they bear, and keep that of their content"),
        (TokenExpiryName, "tokens do not grow old"),
        (UploadTokenConcurrencyName, "an upload URL takes several uploads at once"),
    ];

    private readonly HashSet<string> _off;

    /// <param name="names">The rules that are switched off.</param>
    /// <exception cref="ArgumentException">A name is none of a rule.</exception>
    public Leniency(IEnumerable<string> names)
    {
        _off = new(names, StringComparer.Ordinal);
        if (_off.FirstOrDefault(name => Rules.All(rule => rule.Name != name)) is { } unknown)
        {
            throw new ArgumentException(
                $"There is no rule '{unknown}' to be lenient about; there are {string.Join(", ", Rules.Select(rule => rule.Name))}.",
                nameof(names)
            );
        }
    }

    /// <summary>What is switched off.</summary>
    public IReadOnlyList<string> Names => [.. _off.Order(StringComparer.Ordinal)];

    public bool Sha1 => _off.Contains(Sha1Name);

    public bool UploadTokenConcurrency => _off.Contains(UploadTokenConcurrencyName);

    public bool PartMinimum => _off.Contains(PartMinimumName);

    public bool BucketNames => _off.Contains(BucketNamesName);

    public bool FileNames => _off.Contains(FileNamesName);

    public bool Retention => _off.Contains(RetentionName);

    public bool TokenExpiry => _off.Contains(TokenExpiryName);

    public bool Cors => _off.Contains(CorsName);

    public bool ApiVersions => _off.Contains(ApiVersionsName);

    /// <summary>A key as it is let in: with all that it lacks and is not asked for.</summary>
    public ApplicationKey Widen(ApplicationKey key)
    {
        if (_off.Contains(CapabilitiesName))
        {
            key = key with { Capabilities = Capabilities.All };
        }
        return _off.Contains(KeyRestrictionsName) ? key with { BucketIds = null, NamePrefix = null } : key;
    }
}
