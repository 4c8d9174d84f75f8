namespace B2Sdk.Sessions;

/// <summary>B2 does not say why a key may not do something; what is known of the key does.</summary>
internal static class Unauthorized
{
    public static B2Exception Explain(B2Exception failure, AllowedAccess allowed, Capability? required)
    {
        var reasons = new List<string>();
        if (required is { } capability && !allowed.Capabilities.Contains(capability))
        {
            reasons.Add($"lacks the capability {capability}");
        }
        if (allowed.Buckets is { } buckets)
        {
            reasons.Add($"is restricted to {string.Join(", ", buckets.Select(bucket => $"the bucket '{bucket.Name ?? bucket.Id}'"))}");
        }
        if (!string.IsNullOrEmpty(allowed.NamePrefix))
        {
            reasons.Add($"is restricted to file names that start with '{allowed.NamePrefix}'");
        }
        if (reasons.Count == 0)
        {
            reasons.Add($"has the capabilities {string.Join(", ", allowed.Capabilities)}");
        }
        return new($"{failure.Message} This application key {string.Join(" and ", reasons)}.", failure.InnerException)
        {
            Status = failure.Status,
            Code = failure.Code,
            ServerMessage = failure.ServerMessage,
            Operation = failure.Operation,
            Subject = failure.Subject,
            Attempts = failure.Attempts,
        };
    }
}
