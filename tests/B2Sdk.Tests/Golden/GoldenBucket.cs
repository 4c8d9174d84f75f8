namespace B2Sdk.Tests.Golden;

/// <summary>The settings of the bucket that the files create and update.</summary>
internal static class GoldenBucket
{
    public static IReadOnlyDictionary<string, string> Info { get; } =
        new Dictionary<string, string> { ["Cache-Control"] = "max-age=3600", ["department"] = "Vertrieb Süd" };

    public static IReadOnlyList<CorsRule> CorsRules { get; } =
    [
        new()
        {
            CorsRuleName = "downloadFromAnyOrigin",
            AllowedHeaders = ["range"],
            AllowedOperations = [CorsOperation.DownloadFileById, CorsOperation.DownloadFileByName],
            AllowedOrigins = ["https://*"],
            ExposeHeaders = ["x-bz-content-sha1"],
            MaxAge = TimeSpan.FromSeconds(3600),
        },
    ];

    public static IReadOnlyList<LifecycleRule> LifecycleRules { get; } =
    [
        new()
        {
            FileNamePrefix = "logs/",
            DaysFromHidingToDeleting = 7,
            DaysFromUploadingToHiding = 30,
        },
    ];
}
