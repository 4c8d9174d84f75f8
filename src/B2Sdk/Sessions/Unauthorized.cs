using B2Sdk.Wire;

namespace B2Sdk.Sessions;

/// <summary>B2 does not say why a key may not do something; what is known of the key does.</summary>
/// <remarks>Nothing is told but what the caller passed and what B2 told this very key of itself.</remarks>
internal static class Unauthorized
{
    /// <summary>Refuses what a key that is restricted to buckets or names cannot reach, before anything is sent.</summary>
    /// <exception cref="B2UnauthorizedException">The key is restricted to something else.</exception>
    public static void Check(AllowedAccess allowed, KeyReach reach, string operation, string? subject)
    {
        var problem =
            reach.BucketId is { } id && !allowed.AllowsBucketId(id) ? $"not the bucket with the id {id}"
            : reach.BucketName is { } bucketName && !allowed.AllowsBucketName(bucketName) ? $"not the bucket '{bucketName}'"
            : reach.FileName is { } fileName && !allowed.AllowsFileName(fileName) ? $"not the file name '{fileName}'"
            : reach.Prefix is { } prefix && !allowed.AllowsFileName(prefix) ? $"not all names that begin with '{prefix}'"
            : null;
        if (problem is null)
        {
            return;
        }
        var head = subject is null ? operation : $"{operation} of '{subject}'";
        throw new B2UnauthorizedException(
            $"{head}: nothing was sent, as this application key {string.Join(" and ", Restrictions(allowed))}, and {problem}.",
            null,
            new()
            {
                Code = B2ErrorCode.Unauthorized,
                Operation = operation,
                Subject = subject,
            }
        )
        {
            Allowed = allowed,
        };
    }

    /// <summary>Says of a refusal what the key lacks.</summary>
    public static B2UnauthorizedException Explain(B2Exception failure, AllowedAccess allowed, IReadOnlyList<Capability> required)
    {
        Capability[] missing = [.. required.Where(capability => !allowed.Allows(capability))];
        List<string> reasons =
            missing.Length == 0
                ? []
                : [$"lacks {(missing.Length == 1 ? "the capability" : "the capabilities")} {string.Join(", ", missing)}"];
        reasons.AddRange(Restrictions(allowed));
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

    private static IEnumerable<string> Restrictions(AllowedAccess allowed)
    {
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
