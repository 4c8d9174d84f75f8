using B2Sdk.Emulator.Rules;

namespace B2Sdk.Emulator.Storage;

internal sealed partial class Store
{
    /// <summary>After so many versions a transaction ends, so that others get their turn.</summary>
    private const int LifecycleBatch = 1000;

    /// <summary>Does in every bucket what its lifecycle rules ask for by now.</summary>
    public async Task ApplyLifecycleAsync(CancellationToken cancellationToken)
    {
        var now = Now;
        var buckets = await _database.RunAsync(sql =>
            sql.List($"SELECT {BucketColumns} FROM buckets b WHERE b.lifecycle_rules <> '[]' ORDER BY b.row", row => ReadBucket(row, 0))
        );
        foreach (var bucket in buckets)
        {
            foreach (var rule in LifecycleRule.Parse(bucket.LifecycleRules))
            {
                for (byte[]? from = rule.Prefix; from is not null; )
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var start = from;
                    from = await _database.RunAsync(sql => ApplyLifecycle(sql, bucket, rule, start, now));
                }
            }
            await _database.RunAsync(sql =>
                sql.Execute(
                    "UPDATE buckets SET lifecycle_since = $2 WHERE row = $1 AND lifecycle_rules = $3",
                    bucket.Row,
                    now,
                    bucket.LifecycleRules
                )
            );
        }
    }

    /// <summary>Applies a rule to some names. Returns the name with which to go on; null at the end, or when the bucket's rules are no longer these.</summary>
    private byte[]? ApplyLifecycle(Sql sql, Bucket bucket, LifecycleRule rule, byte[] start, long now)
    {
        if (FindLifecycleStart(sql, bucket) is not { } since)
        {
            return null;
        }
        var (names, next) = ReadNames(sql, bucket, rule.Prefix, start);
        foreach (var versions in names)
        {
            var verdict = Lifecycle.Judge(rule, [.. versions.Select(version => Describe(version, now))], since, now);
            if (!verdict.IsNothing)
            {
                Execute(sql, versions, verdict);
            }
        }
        return next;
    }

    private static long? FindLifecycleStart(Sql sql, Bucket bucket)
    {
        using var row = sql.Query(
            "SELECT lifecycle_since FROM buckets WHERE row = $1 AND lifecycle_rules = $2",
            bucket.Row,
            bucket.LifecycleRules
        );
        return row.Read() ? row.GetInt64(0) : null;
    }

    /// <summary>Reads whole names, each with all its versions, until there are enough for a batch.</summary>
    private static (List<List<FileVersion>> Names, byte[]? Next) ReadNames(Sql sql, Bucket bucket, byte[] prefix, byte[] start)
    {
        var names = new List<List<FileVersion>>();
        using var cursor = new VersionCursor(sql, bucket, FileNames.AfterAll(prefix));
        cursor.LeapTo(start);
        for (var count = 0; cursor.Read(); count++)
        {
            var version = cursor.Current.ToVersion();
            if (names.Count > 0 && names[^1][0].NameBytes.AsSpan().SequenceEqual(version.NameBytes))
            {
                names[^1].Add(version);
            }
            else if (count >= LifecycleBatch)
            {
                return (names, version.NameBytes);
            }
            else
            {
                names.Add([version]);
            }
        }
        return (names, Next: null);
    }

    private void Execute(Sql sql, List<FileVersion> versions, LifecycleVerdict verdict)
    {
        if (verdict.HideAt is { } time)
        {
            var marker = NewMarker(versions[0].Bucket, versions[0].NameBytes, time);
            Insert(sql, marker);
            Raise(sql, marker, EventTypes.HiddenByRule);
            if (verdict.DeletesNewMarker)
            {
                DeleteByRule(sql, marker);
            }
        }
        foreach (var index in verdict.Gone)
        {
            DeleteByRule(sql, versions[index]);
        }
    }

    private void DeleteByRule(Sql sql, FileVersion version)
    {
        Delete(sql, version);
        if (version.Action != FileAction.Start)
        {
            Raise(sql, version, EventTypes.DeletedByRule);
        }
    }

    private static LifecycleVersion Describe(FileVersion version, long now) =>
        new(
            version.Place.Timestamp,
            version.Action switch
            {
                FileAction.Hide => LifecycleVersion.What.HideMarker,
                FileAction.Start => LifecycleVersion.What.Unfinished,
                _ => LifecycleVersion.What.Upload,
            },
            version.IsProtectedAt(now, mayBypass: false)
        );
}
