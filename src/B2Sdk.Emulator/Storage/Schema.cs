namespace B2Sdk.Emulator.Storage;

/// <summary>The tables, and how older ones become them.</summary>
internal static class Schema
{
    // Version n is what the first n scripts make. Scripts that were released are never changed: new ones are added.
    private static readonly string[] Scripts =
    [
        """
            CREATE TABLE keys (
                id TEXT PRIMARY KEY,
                account TEXT NOT NULL,
                is_master INTEGER NOT NULL,
                secret_hash TEXT NOT NULL,
                name TEXT NOT NULL,
                capabilities TEXT NOT NULL,
                buckets TEXT,
                name_prefix TEXT,
                expires INTEGER
            ) WITHOUT ROWID;
            CREATE INDEX keys_of_account ON keys (account, id);

            CREATE TABLE buckets (
                row INTEGER PRIMARY KEY,
                id TEXT NOT NULL UNIQUE,
                account TEXT NOT NULL,
                name TEXT NOT NULL,
                folded_name TEXT NOT NULL UNIQUE,
                type TEXT NOT NULL,
                info TEXT NOT NULL,
                cors_rules TEXT NOT NULL,
                lifecycle_rules TEXT NOT NULL,
                revision INTEGER NOT NULL
            );
            CREATE INDEX buckets_of_account ON buckets (account, folded_name);

            -- In the order in which versions are listed. A version's number is that of its arrival.
            CREATE TABLE versions (
                bucket INTEGER NOT NULL REFERENCES buckets (row),
                name BLOB NOT NULL,
                timestamp INTEGER NOT NULL,
                number INTEGER NOT NULL UNIQUE,
                kind INTEGER NOT NULL,
                action INTEGER NOT NULL,
                length INTEGER NOT NULL,
                sha1 TEXT,
                md5 TEXT,
                content_type TEXT NOT NULL,
                info TEXT NOT NULL,
                PRIMARY KEY (bucket, name, timestamp DESC, number DESC)
            ) WITHOUT ROWID;
            CREATE INDEX unfinished_files ON versions (bucket, number) WHERE action = 3;

            -- The content of a version in order; of an unfinished file, its parts.
            CREATE TABLE segments (
                version INTEGER NOT NULL,
                number INTEGER NOT NULL,
                blob INTEGER NOT NULL REFERENCES blobs (id),
                start INTEGER NOT NULL,
                length INTEGER NOT NULL,
                sha1 TEXT,
                md5 TEXT,
                timestamp INTEGER NOT NULL,
                PRIMARY KEY (version, number)
            ) WITHOUT ROWID;
            CREATE INDEX segments_of_blob ON segments (blob);

            -- Few bytes are kept here, many in a file of their own, and then bytes is null.
            CREATE TABLE blobs (id INTEGER PRIMARY KEY, bytes BLOB);
            """,
        """
            -- From when a bucket's lifecycle rules are still to be applied.
            ALTER TABLE buckets ADD COLUMN lifecycle_since INTEGER NOT NULL DEFAULT 0;
            UPDATE buckets SET lifecycle_since = unixepoch() * 1000;
            """,
        """
            -- A rule's webhook is sealed, as it holds secrets. Nothing is sent before due.
            CREATE TABLE notification_rules (
                bucket INTEGER NOT NULL REFERENCES buckets (row),
                name TEXT NOT NULL,
                event_types TEXT NOT NULL,
                is_enabled INTEGER NOT NULL,
                prefix TEXT NOT NULL,
                batch INTEGER NOT NULL,
                webhook BLOB NOT NULL,
                suspension TEXT,
                failures INTEGER NOT NULL DEFAULT 0,
                due INTEGER NOT NULL DEFAULT 0,
                PRIMARY KEY (bucket, name)
            ) WITHOUT ROWID;

            -- What is still to be sent, in order.
            CREATE TABLE events (
                number INTEGER PRIMARY KEY,
                bucket INTEGER NOT NULL,
                rule TEXT NOT NULL,
                body TEXT NOT NULL
            );
            CREATE INDEX events_of_rule ON events (bucket, rule, number);
            """,
        """
            -- The number of what a blob holds that is made up; less than zero where that only stands in for what was not kept.
            ALTER TABLE blobs ADD COLUMN fill INTEGER;
            CREATE INDEX blobs_in_files ON blobs (id) WHERE bytes IS NULL AND fill IS NULL;

            -- Tokens that are out; not themselves, but their hashes.
            CREATE TABLE tokens (
                hash TEXT PRIMARY KEY,
                key TEXT NOT NULL,
                kind INTEGER NOT NULL,
                expires INTEGER NOT NULL,
                target TEXT,
                prefix TEXT,
                overrides TEXT
            ) WITHOUT ROWID;
            CREATE INDEX tokens_of_key ON tokens (key);
            """,
        """
            ALTER TABLE buckets ADD COLUMN replication TEXT NOT NULL DEFAULT 'null';
            ALTER TABLE versions ADD COLUMN replication INTEGER;

            -- The id of the version of which this is a replica.
            ALTER TABLE versions ADD COLUMN source TEXT;

            -- Which versions are still to be replicated to which buckets.
            CREATE TABLE replications (
                version INTEGER NOT NULL,
                destination TEXT NOT NULL,
                failures INTEGER NOT NULL DEFAULT 0,
                due INTEGER NOT NULL DEFAULT 0,
                PRIMARY KEY (version, destination)
            ) WITHOUT ROWID;
            """,
        """
            ALTER TABLE buckets ADD COLUMN is_locked INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE buckets ADD COLUMN default_retention TEXT NOT NULL DEFAULT '{"mode":null,"period":null}';
            ALTER TABLE buckets ADD COLUMN default_encryption INTEGER NOT NULL DEFAULT 0;

            -- A customer's key itself is nowhere: its mark is only good for recognizing it.
            ALTER TABLE versions ADD COLUMN encryption INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE versions ADD COLUMN key_mark BLOB;
            ALTER TABLE versions ADD COLUMN retention_mode INTEGER;
            ALTER TABLE versions ADD COLUMN retain_until INTEGER;
            ALTER TABLE versions ADD COLUMN legal_hold INTEGER;
            """,
        """
            -- Digests are their bytes. What was not verified, or has none, says so in a text.
            UPDATE versions SET sha1 = coalesce(unhex(sha1), sha1), md5 = coalesce(unhex(md5), md5);
            """,
    ];

    /// <summary>The version that this emulator writes.</summary>
    public static int Latest => Scripts.Length;

    /// <summary>Makes the tables what they were in a version, unless they are newer.</summary>
    public static void Prepare(Sql sql, int last)
    {
        for (var version = RefuseNewer(sql); version < last; version++)
        {
            sql.Execute("BEGIN IMMEDIATE");
            sql.Execute(Scripts[version]);
            sql.Execute($"PRAGMA user_version = {version + 1}");
            sql.Execute("COMMIT");
        }
    }

    /// <summary>Returns the version of a database, unless it is one that only a newer emulator knows.</summary>
    public static int RefuseNewer(Sql sql)
    {
        int version;
        using (var reader = sql.Query("PRAGMA user_version"))
        {
            reader.Read();
            version = reader.GetInt32(0);
        }
        return version <= Scripts.Length
            ? version
            : throw new EmulatorStartException(
                $"The data folder was written by a newer emulator (schema {version}, and this one knows up to {Scripts.Length}). Use that one, or another folder."
            );
    }
}
