using System.Globalization;
using System.Text;

namespace B2Sdk;

/// <summary>Refuses settings of buckets that B2 would refuse, with a sentence that says which and why.</summary>
internal static class BucketSettingsRules
{
    private const int MaxRules = 100;
    private const int MaxCorsBytes = 1000;
    private static readonly TimeSpan MaxCorsAge = TimeSpan.FromDays(1);

    public static void Validate(IReadOnlyList<CorsRule> rules, string parameterName)
    {
        CheckCount("CORS rules", rules.Count, MaxRules, parameterName);
        RuleNames.RefuseRepetition("CORS rule", rules.Select(rule => rule.CorsRuleName), parameterName);
        foreach (var rule in rules)
        {
            RuleNames.Validate("CORS rule", rule.CorsRuleName, parameterName);
            if (rule.AllowedOrigins.Count == 0 || rule.AllowedOrigins.Any(string.IsNullOrEmpty))
            {
                throw new ArgumentException($"The CORS rule '{rule.CorsRuleName}' allows no origin, or an empty one.", parameterName);
            }
            if (rule.AllowedOperations.Count == 0)
            {
                throw new ArgumentException($"The CORS rule '{rule.CorsRuleName}' allows no operation.", parameterName);
            }
            if (rule.MaxAge < TimeSpan.Zero || rule.MaxAge > MaxCorsAge || rule.MaxAge.Ticks % TimeSpan.TicksPerSecond != 0)
            {
                throw new ArgumentOutOfRangeException(
                    parameterName,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The CORS rule '{rule.CorsRuleName}' lasts {rule.MaxAge.TotalSeconds} seconds; B2 allows whole seconds, 0 to {MaxCorsAge.TotalSeconds}."
                    )
                );
            }
            var length = new[]
            {
                [rule.CorsRuleName],
                rule.AllowedOrigins,
                [.. rule.AllowedOperations.Select(operation => operation.Value)],
                rule.AllowedHeaders ?? [],
                rule.ExposeHeaders ?? [],
            }
                .SelectMany(texts => texts)
                .Sum(Encoding.UTF8.GetByteCount);
            if (length >= MaxCorsBytes)
            {
                throw new ArgumentException(
                    $"The CORS rule '{rule.CorsRuleName}' has {length} bytes; B2 allows fewer than {MaxCorsBytes}.",
                    parameterName
                );
            }
        }
    }

    public static void Validate(IReadOnlyList<LifecycleRule> rules, string parameterName)
    {
        CheckCount("lifecycle rules", rules.Count, MaxRules, parameterName);
        foreach (var rule in rules)
        {
            int?[] days =
            [
                rule.DaysFromUploadingToHiding,
                rule.DaysFromHidingToDeleting,
                rule.DaysFromStartingToCancelingUnfinishedLargeFiles,
            ];
            if (days.All(number => number is null))
            {
                throw new ArgumentException($"The lifecycle rule for '{rule.FileNamePrefix}' sets no number of days.", parameterName);
            }
            if (days.FirstOrDefault(number => number < 1) is { } wrong)
            {
                throw new ArgumentOutOfRangeException(
                    parameterName,
                    $"The lifecycle rule for '{rule.FileNamePrefix}' waits {wrong} days; it is at least 1, or null for never."
                );
            }
        }
        // Sorted, a prefix stands right before what it is a prefix of.
        string? last = null;
        foreach (var prefix in rules.Select(rule => rule.FileNamePrefix).Order(StringComparer.Ordinal))
        {
            if (last is not null && prefix.StartsWith(last, StringComparison.Ordinal))
            {
                throw new ArgumentException(
                    $"The lifecycle rules for '{last}' and '{prefix}' would apply to the same files; B2 allows one rule for each file.",
                    parameterName
                );
            }
            last = prefix;
        }
    }

    public static void Validate(ReplicationConfiguration replication, string parameterName)
    {
        if (replication.AsReplicationSource is { } source)
        {
            if (source.ReplicationRules.Count > 0 && string.IsNullOrEmpty(source.SourceApplicationKeyId))
            {
                throw new ArgumentException("The replication has rules, and no key with which B2 is to read the files.", parameterName);
            }
            RuleNames.RefuseRepetition("replication rule", source.ReplicationRules.Select(rule => rule.ReplicationRuleName), parameterName);
            foreach (var rule in source.ReplicationRules)
            {
                Validate(rule, parameterName);
            }
        }
        foreach (var (from, to) in replication.AsReplicationDestination?.SourceToDestinationKeyMapping ?? new Dictionary<string, string>())
        {
            if (string.IsNullOrEmpty(from) || string.IsNullOrEmpty(to))
            {
                throw new ArgumentException(
                    $"The replication maps the key '{from}' to the key '{to}'; neither may be empty.",
                    parameterName
                );
            }
        }
    }

    public static void Validate(IReadOnlyList<NotificationRule> rules, string parameterName)
    {
        CheckCount("notification rules", rules.Count, 25, parameterName);
        RuleNames.RefuseRepetition("notification rule", rules.Select(rule => rule.Name), parameterName);
        foreach (var rule in rules)
        {
            rule.Validate(parameterName);
        }
    }

    private static void Validate(ReplicationRule rule, string parameterName)
    {
        var name = rule.ReplicationRuleName;
        if (name.Length is 0 or > 64 || !name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
        {
            throw new ArgumentException(
                $"The replication rule name '{name}' is not one: it has 1 to 64 letters a to z, digits, hyphens and underscores.",
                parameterName
            );
        }
        if (rule.Priority < 1)
        {
            throw new ArgumentOutOfRangeException(
                parameterName,
                $"The replication rule '{name}' has the priority {rule.Priority}; it is 1 to {int.MaxValue}."
            );
        }
        if (string.IsNullOrEmpty(rule.DestinationBucketId))
        {
            throw new ArgumentException($"The replication rule '{name}' names no bucket to replicate to.", parameterName);
        }
    }

    private static void CheckCount(string what, int count, int limit, string parameterName)
    {
        if (count > limit)
        {
            throw new ArgumentException($"There are {count} {what}; B2 allows {limit} in a bucket.", parameterName);
        }
    }
}
