namespace B2Sdk.Wire;

/// <summary>Object Lock as headers. Spelled here and nowhere else.</summary>
internal static class LockHeaders
{
    public const string LegalHold = "X-Bz-File-Legal-Hold";
    public const string RetentionMode = "X-Bz-File-Retention-Mode";
    public const string RetainUntil = "X-Bz-File-Retention-Retain-Until-Timestamp";

    public static void AddTo(HttpRequestMessage request, FileRetention? retention, LegalHold? legalHold)
    {
        if (retention is { Mode: { } mode, RetainUntilTimestamp: { } until })
        {
            request.Headers.TryAddWithoutValidation(RetentionMode, mode.ToString());
            request.Headers.TryAddWithoutValidation(RetainUntil, until.ToUnixTimeMilliseconds().ToString());
        }
        if (legalHold is { } hold)
        {
            request.Headers.TryAddWithoutValidation(LegalHold, hold.ToString());
        }
    }
}
