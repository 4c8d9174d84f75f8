using B2Sdk.Emulator.Rules;

namespace B2Sdk.Emulator.Control;

/// <summary>Which calls a fault befalls, and which faults make sense. Pure.</summary>
internal static class FaultRules
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestSkew = TimeSpan.FromDays(36_500);
    private static readonly string[] Uploads = ["b2_upload_file", "b2_upload_part"];

    /// <summary>True when a call is of those that a fault is for.</summary>
    public static bool Covers(Fault fault, CallFacts call) =>
        (fault.Operation is null || fault.Operation == call.Operation)
        && (fault.AccountId is null || fault.AccountId == call.AccountId)
        && (fault.FileName is null || fault.FileName == call.FileName)
        && (
            fault.Bucket is null
            || fault.Bucket == call.BucketId
            || fault.Bucket.Equals(call.BucketName, StringComparison.OrdinalIgnoreCase)
        )
        && (fault.Page is null || Pages.IsListing(call.Operation))
        && (fault.Body != FaultyBody.Request || IsUpload(call.Operation));

    /// <summary>True when it is the turn of a call, of those that a fault is for the one with this number, counted from 0.</summary>
    public static bool IsTurn(Fault fault, long number) =>
        number >= fault.Skip
        && (number - fault.Skip) % (fault.Every ?? 1) == 0
        && (fault.Probability is not < 1 || Dice(fault.Seed, number) < fault.Probability);

    public static bool IsUpload(string operation) => Uploads.Contains(operation, StringComparer.Ordinal);

    /// <summary>A number from 0 to below 1, which depends on its arguments alone: whatever else runs at the same time, the same calls fail.</summary>
    public static double Dice(int seed, long number)
    {
        // The finalizer of SplitMix64 (Steele, Lea and Flood, 2014).
        unchecked
        {
            var z = (ulong)seed * 0xD1342543DE82EF95 + ((ulong)number + 1) * 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
        }
    }

    /// <summary>What is wrong with a fault; nothing when it does something and makes sense.</summary>
    public static IEnumerable<string> FindProblems(Fault fault) => [.. FindOddValues(fault), .. FindOddEffects(fault)];

    private static IEnumerable<string> FindOddValues(Fault fault)
    {
        if (fault.Operation is { } operation && TransactionClasses.Of(operation) is null)
        {
            yield return $"The operation '{operation}' is none of B2's: {string.Join(", ", TransactionClasses.Operations)}.";
        }
        if (fault.Skip < 0)
        {
            yield return $"skip is {fault.Skip}; it is at least 0.";
        }
        if (fault.Every < 1)
        {
            yield return $"every is {fault.Every}; it is at least 1.";
        }
        if (fault.Count < 1)
        {
            yield return $"count is {fault.Count}; it is at least 1.";
        }
        if (fault.Probability is not (null or (> 0 and <= 1)))
        {
            yield return $"probability is {fault.Probability}; it is over 0 and at most 1.";
        }
        if (fault.Status is < 400 or > 599)
        {
            yield return $"status is {fault.Status}; it is 400 to 599.";
        }
        if (fault.Delay < TimeSpan.Zero || fault.Delay > LongestDelay)
        {
            yield return $"delay is {fault.Delay}; it is 0 to {LongestDelay}.";
        }
        if (fault.DateSkew is { } skew && (skew > LongestSkew || skew < -LongestSkew))
        {
            yield return $"dateSkew is {skew}; it is at most {LongestSkew.TotalDays} days.";
        }
        if (fault.RetryAfter is { } retryAfter && (retryAfter.Length == 0 || retryAfter.Any(character => character is < ' ' or > '~')))
        {
            yield return $"retryAfter is '{retryAfter}'; it is a number of seconds or a date.";
        }
        foreach (var (name, place) in Places(fault).Where(place => place.Value < 0))
        {
            yield return $"{name} is {place}; it is at least 0.";
        }
    }

    private static IEnumerable<string> FindOddEffects(Fault fault)
    {
        string[] ends =
        [
            .. Named(fault.Status is not null, "status"),
            .. Named(fault.ExpireToken, "expireToken"),
            .. Named(fault.ExceedCap, "exceedCap"),
            .. Named(fault.Reset, "reset"),
            .. Named(fault.LoseReply, "loseReply"),
            .. Named(fault.EmptyReply, "emptyReply"),
            .. Named(fault.StallAfter is not null, "stallAfter"),
            .. Named(fault.CutAfter is not null, "cutAfter"),
            .. Named(fault.ResetAfter is not null, "resetAfter"),
        ];
        var isMore =
            fault.Delay is not null
            || fault.CorruptAt is not null
            || fault.Page is not null
            || fault.DateSkew is not null
            || fault.WrongSha1
            || fault.WrongLength;
        if (ends.Length == 0 && !isMore)
        {
            yield return "The fault does nothing: give it a status, a delay or another effect.";
        }
        if (ends.Length > 1)
        {
            yield return $"{string.Join(" and ", ends)} cannot befall the same call.";
        }
        if (fault.Status is null && (fault.Code ?? fault.Message ?? fault.RetryAfter) is not null)
        {
            yield return "code, message and retryAfter are told with a status, and none is given.";
        }
        if (fault.Body is not null && !fault.IsOfBytes)
        {
            yield return "body says whose bytes stallAfter, cutAfter, resetAfter or corruptAt count, and none of them is given.";
        }
        if (fault is { Body: FaultyBody.Request, Operation: { } called } && !IsUpload(called))
        {
            yield return $"Only uploads have a body that can be faulty, and {called} is none.";
        }
        if (fault is { Page: not null, Operation: { } listed } && !Pages.IsListing(listed))
        {
            yield return $"Only listings have pages, and {listed} is none.";
        }
        if (fault is { Page: FaultyPage.Empty, Count: null, Every: null or 1, Probability: null or 1 })
        {
            yield return "With nothing but empty pages no listing ends: give it a count, every or a probability.";
        }
    }

    private static (string Name, long? Value)[] Places(Fault fault) =>
        [("stallAfter", fault.StallAfter), ("cutAfter", fault.CutAfter), ("resetAfter", fault.ResetAfter), ("corruptAt", fault.CorruptAt)];

    private static string[] Named(bool isGiven, string name) => isGiven ? [name] : [];
}
