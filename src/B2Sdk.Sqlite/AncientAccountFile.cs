using System.Text.Json;

namespace B2Sdk.Sqlite;

/// <summary>The account file of the first Python tools, which was JSON. It is made into a database, as their successors do.</summary>
internal static class AncientAccountFile
{
    private const int LongestFile = 64 * 1024;
    private static readonly Lock ConversionLock = new();

    // No file is looked into twice: by then it may be a database, and closing a handle of it would drop the locks that SQLite holds for this process.
    private static readonly HashSet<string> Examined = new(StringComparer.Ordinal);

    /// <summary>Replaces such a file by a database in one step. False when it is something else, which stays as it is.</summary>
    public static bool Convert(string path)
    {
        lock (ConversionLock)
        {
            if (!Examined.Add(path))
            {
                return true;
            }
            if (Read(path) is not { } authorization)
            {
                return false;
            }
            var draft = $"{path}.{Guid.NewGuid():n}";
            try
            {
                AccountFile.Create(draft);
                using (var connection = AccountDatabase.Open(draft))
                using (var transaction = connection.BeginTransaction())
                {
                    Schema.BringUpToDate(connection);
                    SqliteAccountInfo.InsertAuthorization(connection, authorization);
                    transaction.Commit();
                }
                File.Move(draft, path, overwrite: true);
                return true;
            }
            finally
            {
                File.Delete(draft);
            }
        }
    }

    private static AccountAuthorization? Read(string path)
    {
        if (new FileInfo(path).Length > LongestFile)
        {
            return null;
        }
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), AncientAccountJson.Default.AncientAccount) is { } account
                ? new()
                {
                    AccountId = account.AccountId,
                    ApplicationKeyId = account.AccountId,
                    ApplicationKey = account.ApplicationKey,
                    AuthorizationToken = account.AccountAuthToken,
                    Realm = account.Realm,
                    ApiUrl = new(account.ApiUrl, UriKind.Absolute),
                    DownloadUrl = new(account.DownloadUrl, UriKind.Absolute),
                    RecommendedPartSize = account.MinimumPartSize,
                    AbsoluteMinimumPartSize = 5_000_000,
                    Allowed = AllowedJson.Read(null),
                }
                : null;
        }
        catch (Exception e) when (e is JsonException or UriFormatException)
        {
            return null;
        }
    }
}
