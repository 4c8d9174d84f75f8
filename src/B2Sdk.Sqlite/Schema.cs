using System.Globalization;
using Microsoft.Data.Sqlite;

namespace B2Sdk.Sqlite;

/// <summary>The tables as the Python tools make them, and how older ones are brought up to date.</summary>
internal static class Schema
{
    private const int Newest = 6;

    private static readonly string[] FirstTables =
    [
        "CREATE TABLE IF NOT EXISTS update_done (update_number INT NOT NULL)",
        """
            CREATE TABLE IF NOT EXISTS account (
                account_id TEXT NOT NULL, application_key TEXT NOT NULL, account_auth_token TEXT NOT NULL, api_url TEXT NOT NULL,
                download_url TEXT NOT NULL, minimum_part_size INT NOT NULL, realm TEXT NOT NULL)
            """,
        "CREATE TABLE IF NOT EXISTS bucket (bucket_name TEXT NOT NULL, bucket_id TEXT NOT NULL)",
        """
            CREATE TABLE IF NOT EXISTS bucket_upload_url (
                bucket_id TEXT NOT NULL, upload_url TEXT NOT NULL, upload_auth_token TEXT NOT NULL)
            """,
    ];

    // Part sizes used to be one number; the table is built again because a column cannot be renamed in old versions of SQLite.
    private static readonly string[] SplitPartSizes =
    [
        """
            CREATE TABLE tmp_account (
                account_id TEXT NOT NULL, application_key TEXT NOT NULL, account_auth_token TEXT NOT NULL, api_url TEXT NOT NULL,
                download_url TEXT NOT NULL, absolute_minimum_part_size INT NOT NULL DEFAULT 5000000,
                recommended_part_size INT NOT NULL, realm TEXT NOT NULL, allowed TEXT, account_id_or_app_key_id TEXT, s3_api_url TEXT)
            """,
        """
            INSERT INTO tmp_account (account_id, application_key, account_auth_token, api_url, download_url, recommended_part_size,
                realm, allowed, account_id_or_app_key_id, s3_api_url)
            SELECT account_id, application_key, account_auth_token, api_url, download_url, minimum_part_size,
                realm, allowed, account_id_or_app_key_id, s3_api_url FROM account
            """,
        "DROP TABLE account",
        "ALTER TABLE tmp_account RENAME TO account",
    ];

    /// <summary>Says how the tables are. Nothing is changed.</summary>
    public static SchemaState Examine(SqliteConnection connection)
    {
        var tables = connection.ReadAll("SELECT name FROM sqlite_master WHERE type = 'table'", row => row.GetString(0));
        if (tables.Count == 0)
        {
            return SchemaState.Empty;
        }
        if (!tables.Contains("update_done"))
        {
            return SchemaState.Foreign;
        }
        var done = UpdatesDone(connection);
        return done.Count > 0 && done.Max() > Newest ? SchemaState.Newer
            : !tables.Contains("account") || !tables.Contains("bucket") || Enumerable.Range(1, Newest).Any(update => !done.Contains(update))
                ? SchemaState.Older
            : SchemaState.Current;
    }

    /// <summary>Makes what is missing and applies the updates that were not, each once. Runs within the caller's transaction.</summary>
    public static void BringUpToDate(SqliteConnection connection)
    {
        foreach (var table in FirstTables)
        {
            connection.Execute(table);
        }
        var done = UpdatesDone(connection);
        Apply(1, () => connection.Execute("ALTER TABLE account ADD COLUMN allowed TEXT"));
        Apply(2, () => connection.Execute("ALTER TABLE account ADD COLUMN account_id_or_app_key_id TEXT"));
        Apply(3, () => connection.Execute("ALTER TABLE account ADD COLUMN s3_api_url TEXT"));
        Apply(
            4,
            () =>
            {
                foreach (var step in SplitPartSizes)
                {
                    connection.Execute(step);
                }
            }
        );
        // The sixth repeats the fifth: older tools had written the old form again.
        Apply(5, () => ListBucketsOfKeys(connection));
        Apply(6, () => ListBucketsOfKeys(connection));

        void Apply(int update, Action change)
        {
            if (!done.Contains(update))
            {
                change();
                connection.Execute("INSERT INTO update_done (update_number) VALUES ($number)", ("$number", update));
            }
        }
    }

    private static void ListBucketsOfKeys(SqliteConnection connection)
    {
        var rows = connection.ReadAll(
            "SELECT rowid, allowed FROM account WHERE allowed IS NOT NULL",
            row => (Id: row.GetInt64(0), Allowed: row.GetString(1))
        );
        foreach (var (id, allowed) in rows)
        {
            connection.Execute(
                "UPDATE account SET allowed = $allowed WHERE rowid = $id",
                ("$allowed", AllowedJson.Write(AllowedJson.Read(allowed))),
                ("$id", id)
            );
        }
    }

    private static List<int> UpdatesDone(SqliteConnection connection) =>
        connection.ReadAll("SELECT update_number FROM update_done", row => int.Parse(row.GetString(0), CultureInfo.InvariantCulture));
}
