namespace B2Sdk.Cli.OldNames;

/// <summary>The old names of the commands that there are.</summary>
internal static class OldNameTable
{
    private const string Id = "fileId";
    private const string Bucket = "bucketName";
    private const string File = "b2FileName";
    private const string Uri = "B2_URI";
    private const string Rule = "ruleName";
    private const string Local = "localFileName";

    public static IReadOnlyList<OldName> All { get; } =
    [
        new("authorize-account", ["account", "authorize"], ["[applicationKeyId]", "[applicationKey]"]),
        new("get-account-info", ["account", "get"], []),
        new("clear-account", ["account", "clear"], []),
        new("list-buckets", ["bucket", "list"], []),
        new("get-bucket", ["bucket", "get"], [Bucket]),
        new("create-bucket", ["bucket", "create"], [Bucket, "bucketType"]),
        new("update-bucket", ["bucket", "update"], [Bucket, "[bucketType]"]),
        new("delete-bucket", ["bucket", "delete"], [Bucket]),
        new("get-download-auth", ["bucket", "get-download-auth"], [Bucket]),
        InNotificationRules("list", [Uri]),
        InNotificationRules("create", [Uri, Rule]),
        InNotificationRules("update", [Uri, Rule]),
        InNotificationRules("enable", [Uri, Rule]),
        InNotificationRules("disable", [Uri, Rule]),
        InNotificationRules("delete", [Uri, Rule]),
        new("list-keys", ["key", "list"], []),
        new("create-key", ["key", "create"], ["keyName", "[capabilities]"]),
        new("delete-key", ["key", "delete"], ["applicationKeyId"]),
        new("file-info", ["file", "info"], [Uri]),
        new("get-file-info", ["file", "info"], [Id], static words => After(IdUri(words[0]))),
        new("get-url", ["file", "url"], [Uri]),
        new("make-url", ["file", "url"], [Id], static words => After(IdUri(words[0]))),
        new("make-friendly-url", ["file", "url"], [Bucket, File], static words => After(NameUri(words))),
        new("get-download-url-with-auth", ["file", "url"], [Bucket, File], static words => ["--with-auth", .. After(NameUri(words))]),
        new("cat", ["file", "cat"], [Uri]),
        new("download-file", ["file", "download"], [Uri, Local]),
        new("download-file-by-id", ["file", "download"], [Id, Local], static words => After(IdUri(words[0]), words[1]!)),
        new("download-file-by-name", ["file", "download"], [Bucket, File, Local], static words => After(NameUri(words), words[2]!)),
        new("upload-file", ["file", "upload"], [Bucket, "localFilePath", File]),
        new("upload-unbound-stream", ["file", "upload"], [Bucket, "localFilePath", File]),
        new("hide-file", ["file", "hide"], [Bucket, File], static words => After(NameUri(words))),
        new(
            "update-file-legal-hold",
            ["file", "update"],
            [$"[{File}]", Id, "legalHold"],
            static words => ["--legal-hold", words[2]!, .. After(IdUri(words[1]))]
        ),
        new(
            "update-file-retention",
            ["file", "update"],
            [$"[{File}]", Id, "retentionMode"],
            static words => ["--file-retention-mode", words[2]!, .. After(IdUri(words[1]))]
        ),
        new("list-parts", ["file", "large", "parts"], [Id], static words => After(IdUri(words[0]))),
        new("list-unfinished-large-files", ["file", "large", "unfinished", "list"], [Bucket], static words => After(BucketUri(words[0]))),
        new("cancel-large-file", ["file", "large", "unfinished", "cancel"], [Id], static words => After(IdUri(words[0]))),
        new(
            "cancel-all-unfinished-large-files",
            ["file", "large", "unfinished", "cancel"],
            [Bucket],
            static words => After(BucketUri(words[0]))
        ),
    ];

    private static OldName InNotificationRules(string verb, string[] arguments) =>
        new(verb, ["bucket", "notification-rule", verb], arguments) { Noun = "notification-rules" };

    private static string IdUri(string? id) => $"b2id://{id}";

    private static string BucketUri(string? bucket) => $"{B2Uri.FileScheme}{B2Uri.ParseBucketName(bucket!)}";

    private static string NameUri(string?[] words) => $"{BucketUri(words[0])}/{words[1]}";

    private static string[] After(params string[] arguments) => ["--", .. arguments];
}
