namespace B2Sdk.IntegrationTests;

/// <summary>The key with which all tests work. The variable B2_TEST_KEY chooses it: the master key, or one that may do less.</summary>
public sealed record TestKey
{
    public const string Variable = "B2_TEST_KEY";

    /// <summary>What no key for certain buckets may have.</summary>
    private static readonly Capability[] OfWholeAccounts =
    [
        Capability.ListKeys,
        Capability.WriteKeys,
        Capability.DeleteKeys,
        Capability.WriteBuckets,
        Capability.DeleteBuckets,
    ];

    public static TestKey Chosen { get; } =
        Environment.GetEnvironmentVariable(Variable) switch
        {
            null or "" or "master" => new(),
            "one-bucket" => new() { Buckets = 1 },
            "one-prefix" => new() { Buckets = 1, Prefix = "only/below here/" },
            "two-buckets" => new() { Buckets = 2 },
            var unknown => throw new InvalidOperationException(
                $"{Variable} is '{unknown}'; it is master, one-bucket, one-prefix or two-buckets."
            ),
        };

    /// <summary>To how many buckets it is restricted; 0 for a key of the whole account.</summary>
    public int Buckets { get; private init; }

    /// <summary>With what every name begins that it may touch; empty for any.</summary>
    public string Prefix { get; private init; } = "";

    /// <summary>Why the key may not do this; null when it may.</summary>
    public string? ReasonAgainst(Scope scope) =>
        scope switch
        {
            Scope.Account when Buckets > 0 =>
                "A key that is restricted to buckets may not create, change or delete buckets, nor touch keys: B2 gives it no such capability.",
            Scope.WholeBucket when Prefix.Length > 0 => "A key that is restricted to a prefix may not list, copy or delete beyond it.",
            _ => null,
        };

    /// <summary>Makes such a key.</summary>
    public async Task<CreatedApplicationKey> CreateAsync(B2Api owner, IReadOnlyList<Bucket> buckets, CancellationToken cancellationToken)
    {
        var all = (await owner.GetAuthorizationAsync(cancellationToken)).Allowed.Capabilities;
        return await owner.CreateKeyAsync(
            "test",
            all.Except(OfWholeAccounts),
            new() { BucketIds = [.. buckets.Select(bucket => bucket.Id)], NamePrefix = Prefix.Length > 0 ? Prefix : null },
            cancellationToken
        );
    }
}
