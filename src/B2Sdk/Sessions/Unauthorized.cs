using B2Sdk.Wire;

namespace B2Sdk.Sessions;

/// <summary>B2 does not say why a key may not do something; what is known of the key does.</summary>
/// <remarks>Nothing is told but what the caller passed and what B2 told this very key of itself.</remarks>
internal static class Unauthorized
{
    /// <summary>Refuses what a key that is restricted to buckets or names cannot reach, before anything is sent.</summary>
    /// <exception cref="B2UnauthorizedException">The key is restricted to something else.</exception>
    public static void Check(
        AllowedAccess allowed,
        KeyReach reach,
        string operation,
        string? subject,
        params IReadOnlyList<Capability> required
    )
    {
        var problem =
            reach.BucketId is { } id && !allowed.AllowsBucketId(id) ? $"the bucket with the id {id}"
            : reach.BucketName is { } bucketName && !allowed.AllowsBucketName(bucketName) ? $"the bucket '{bucketName}'"
            : reach.FileName is { } fileName && !allowed.AllowsFileName(fileName) ? $"the file name '{fileName}'"
            : reach.Prefix is { } prefix && !allowed.AllowsFileName(prefix) ? $"all names that begin with '{prefix}'"
            : null;
        if (problem is null)
        {
            return;
        }
        Capability[] missing = [.. required.Where(capability => !allowed.Allows(capability))];
        var head = subject is null ? operation : $"{operation} of '{subject}'";
        throw new B2UnauthorizedException(
            $"{head}: nothing was sent, as this application key {string.Join(" and ", Reasons(allowed, missing))}, and cannot reach {problem}.",
            null,
            new()
            {
                Code = B2ErrorCode.Unauthorized,
                Operation = operation,
                Subject = subject,
            }
        )
        {
            MissingCapabilities = missing,
            Allowed = allowed,
        };
    }

    /// <summary>Says of a refusal what the key lacks.</summary>
    public static B2UnauthorizedException Explain(B2Exception failure, AllowedAccess allowed, IReadOnlyList<Capability> required)
    {
        Capability[] missing = [.. required.Where(capability => !allowed.Allows(capability))];
        List<string> reasons = [.. Reasons(allowed, missing)];
        if (reasons.Count == 0)
        {
            reasons.Add($"has the capabilities {string.Join(", ", allowed.Capabilities)}");
        }
        return new($"{failure.Message}. This application key {string.Join(" and ", reasons)}.", failure.InnerException, failure.Facts)
        {
            MissingCapabilities = missing,
            Allowed = allowed,
        };
    }

    private static IEnumerable<string> Reasons(AllowedAccess allowed, Capability[] missing)
    {
        if (missing.Length > 0)
        {
            yield return $"lacks the {(missing.Length == 1 ? "capability" : "capabilities")} {string.Join(", ", missing)}";
        }
        if (allowed.Buckets is { } buckets)
        {
            yield return $"is restricted to {string.Join(", ", buckets.Select(Describe))}";
        }
        if (!string.IsNullOrEmpty(allowed.NamePrefix))
        {
            yield return $"is restricted to file names that start with '{allowed.NamePrefix}'";
        }
    }

    private static string Describe(AllowedBucket bucket) =>
        bucket.Name is { } name ? $"the bucket '{name}'" : $"the bucket with the id {bucket.Id}, which was deleted";
}
