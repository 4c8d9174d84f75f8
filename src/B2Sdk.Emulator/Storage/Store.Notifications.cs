using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;
using Microsoft.Data.Sqlite;

namespace B2Sdk.Emulator.Storage;

internal sealed partial class Store
{
    private const string RuleColumns = "name, event_types, is_enabled, prefix, batch, webhook, suspension";

    private long _lastEvent;

    /// <summary>Called when there is something to send or to replicate, which is in the database by then.</summary>
    public Action WorkAdded { get; set; } = static () => { };

    /// <summary>Returns the bucket's notification rules in the order of their names.</summary>
    public Task<List<NotificationRule>> GetNotificationRulesAsync(string accountId, string bucketId) =>
        _database.RunAsync(sql => ListRules(sql, RequireBucket(sql, accountId, bucketId)));

    /// <summary>Puts rules in place of all that there were. Those that begin to act send a test event first; events of those that no longer do are dropped.</summary>
    public Task<List<NotificationRule>> SetNotificationRulesAsync(
        string accountId,
        string bucketId,
        IReadOnlyList<NotificationRule> rules
    ) =>
        _database.RunAsync(sql =>
        {
            var bucket = RequireBucket(sql, accountId, bucketId);
            var before = ListRules(sql, bucket)
                .Where(rule => rule is { IsEnabled: true, Suspension: null })
                .ToDictionary(rule => rule.Name, Describe);
            sql.Execute("DELETE FROM notification_rules WHERE bucket = $1", bucket.Row);
            foreach (var rule in rules)
            {
                Insert(sql, bucket, rule);
                if (rule.IsEnabled && before.GetValueOrDefault(rule.Name) != Describe(rule))
                {
                    Raise(sql, bucket, rule.Name, EventTypes.Test, version: null);
                }
            }
            sql.Execute(
                "DELETE FROM events WHERE bucket = $1 AND rule NOT IN (SELECT name FROM notification_rules WHERE bucket = $1 AND is_enabled)",
                bucket.Row
            );
            return ListRules(sql, bucket);
        });

    /// <summary>Returns the rules that have events to send, due or not.</summary>
    public Task<List<PendingRule>> ListPendingRulesAsync() =>
        _database.RunAsync(sql =>
            sql.List(
                """
                SELECT r.bucket, r.name, r.due, (SELECT max(number) FROM events e WHERE e.bucket = r.bucket AND e.rule = r.name) AS last
                FROM notification_rules r
                WHERE r.is_enabled AND r.suspension IS NULL AND last IS NOT NULL
                """,
                row => new PendingRule(row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3))
            )
        );

    /// <summary>Returns the next events of a rule, no later ones than it had when it was looked at; null when none are due any more.</summary>
    public Task<EventBatch?> FindEventsAsync(PendingRule pending)
    {
        var now = Now;
        return _database.RunAsync(sql =>
        {
            var found = sql.List(
                $"SELECT {RuleColumns}, (SELECT b.name FROM buckets b WHERE b.row = bucket) FROM notification_rules WHERE bucket = $1 AND name = $2 AND due <= $3",
                row => (Rule: ReadRule(row), Bucket: row.GetString(7)),
                pending.Bucket,
                pending.Name,
                now
            );
            if (found is not [({ IsEnabled: true, Suspension: null } rule, var bucketName)])
            {
                return null;
            }
            var events = sql.List(
                "SELECT number, body FROM events WHERE bucket = $1 AND rule = $2 AND number <= $3 ORDER BY number LIMIT $4",
                row => (Number: row.GetInt64(0), Body: row.GetString(1)),
                pending.Bucket,
                pending.Name,
                pending.Last,
                rule.MaxEventsPerBatch
            );
            return events.Count == 0
                ? null
                : new EventBatch(bucketName, rule.Webhook, [.. events.Select(item => item.Body)], events[^1].Number);
        });
    }

    /// <summary>Forgets events that have arrived.</summary>
    public Task EventsArrivedAsync(PendingRule rule, long last) =>
        _database.RunAsync(sql =>
        {
            sql.Execute("DELETE FROM events WHERE bucket = $1 AND rule = $2 AND number <= $3", rule.Bucket, rule.Name, last);
            return sql.Execute(
                "UPDATE notification_rules SET failures = 0, due = 0 WHERE bucket = $1 AND name = $2 AND failures > 0",
                rule.Bucket,
                rule.Name
            );
        });

    /// <summary>Puts off a rule's events after a failure, or suspends the rule when there were too many; its events are then dropped. Returns whether it was suspended.</summary>
    public Task<bool> EventsFailedAsync(PendingRule rule, Webhook tried, string failure)
    {
        var now = Now;
        return _database.RunAsync(sql =>
        {
            if (FindRule(sql, rule) is not { } found || Describe(found.Webhook) != Describe(tried))
            {
                // Somebody has led it elsewhere meanwhile, where nothing has failed yet.
                return false;
            }
            var failures = Count(sql, "SELECT failures + 1 FROM notification_rules WHERE bucket = $1 AND name = $2", rule);
            var due = RetrySchedule.NextAttempt((int)Math.Max(1, failures), now);
            var dropped = due is null ? Count(sql, "SELECT count(*) FROM events WHERE bucket = $1 AND rule = $2", rule) : 0;
            sql.Execute(
                "UPDATE notification_rules SET failures = $3, due = $4, suspension = $5 WHERE bucket = $1 AND name = $2",
                rule.Bucket,
                rule.Name,
                failures,
                due ?? 0,
                due is null ? $"{failures} attempts in a row failed, and {dropped} events were dropped. At last, {failure}" : null
            );
            if (due is null)
            {
                sql.Execute("DELETE FROM events WHERE bucket = $1 AND rule = $2", rule.Bucket, rule.Name);
            }
            return due is null;
        });
    }

    /// <summary>Notes an event for every rule that asks for it, in the transaction in which it happens.</summary>
    private void Raise(Sql sql, FileVersion version, string eventType)
    {
        var rules = sql.List(
            "SELECT name, event_types, prefix FROM notification_rules WHERE bucket = $1 AND is_enabled AND suspension IS NULL ORDER BY name",
            row => (Name: row.GetString(0), Types: row.GetString(1), Prefix: row.GetString(2)),
            version.Bucket.Row
        );
        foreach (var (name, types, prefix) in rules)
        {
            if (
                version.Name.StartsWith(prefix, StringComparison.Ordinal)
                && types.Split(',').Any(type => EventTypes.Overlap(type, eventType))
            )
            {
                Raise(sql, version.Bucket, name, eventType, version);
            }
        }
    }

    private void Raise(Sql sql, Bucket bucket, string ruleName, string eventType, FileVersion? version)
    {
        sql.Execute(
            "INSERT INTO events (number, bucket, rule, body) VALUES ($1, $2, $3, $4)",
            ++_lastEvent,
            bucket.Row,
            ruleName,
            DescribeEvent(bucket, ruleName, eventType, version)
        );
        sql.AfterCommit(WorkAdded);
    }

    private string DescribeEvent(Bucket bucket, string ruleName, string eventType, FileVersion? version) =>
        SettingsJson.WriteObject(writer =>
        {
            writer.WriteString("accountId", bucket.AccountId);
            writer.WriteString("bucketId", bucket.Id);
            writer.WriteString("bucketName", bucket.Name);
            writer.WriteString("eventId", RandomNumberGenerator.GetHexString(32, lowercase: true));
            writer.WriteNumber("eventTimestamp", Now);
            writer.WriteString("eventType", eventType);
            writer.WriteNumber("eventVersion", 1);
            writer.WriteString("matchedRuleName", ruleName);
            if (version is not null)
            {
                writer.WriteText("objectName", version.NameBytes);
                if (eventType.StartsWith("b2:ObjectCreated:", StringComparison.Ordinal))
                {
                    writer.WriteNumber("objectSize", version.Length);
                }
                else
                {
                    writer.WriteNull("objectSize");
                }
                writer.WriteString("objectVersionId", version.FileId);
            }
        });

    private void Insert(Sql sql, Bucket bucket, NotificationRule rule) =>
        sql.Execute(
            $"INSERT INTO notification_rules (bucket, {RuleColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7, NULL)",
            bucket.Row,
            rule.Name,
            string.Join(',', rule.EventTypes),
            rule.IsEnabled ? 1 : 0,
            rule.Prefix,
            rule.MaxEventsPerBatch,
            _sealer.Seal(
                Encoding.UTF8.GetBytes(SettingsJson.WriteObject(writer => NotificationSettings.WriteMembers(writer, rule.Webhook)))
            )
        );

    private List<NotificationRule> ListRules(Sql sql, Bucket bucket) =>
        sql.List($"SELECT {RuleColumns} FROM notification_rules WHERE bucket = $1 ORDER BY name", ReadRule, bucket.Row);

    private NotificationRule ReadRule(SqliteDataReader row)
    {
        var name = row.GetString(0);
        using var webhook = JsonDocument.Parse(_sealer.Open(row.GetFieldValue<byte[]>(5)));
        return new()
        {
            Name = name,
            EventTypes = row.GetString(1).Split(','),
            IsEnabled = row.GetInt64(2) != 0,
            Prefix = row.GetString(3),
            MaxEventsPerBatch = row.GetInt32(4),
            Webhook = NotificationSettings.ReadWebhook(webhook.RootElement, name),
            Suspension = row.IsDBNull(6) ? null : row.GetString(6),
        };
    }

    private NotificationRule? FindRule(Sql sql, PendingRule rule) =>
        sql.Find($"SELECT {RuleColumns} FROM notification_rules WHERE bucket = $1 AND name = $2", ReadRule, rule.Bucket, rule.Name);

    private static string Describe(NotificationRule rule) =>
        SettingsJson.WriteObject(writer => NotificationSettings.WriteMembers(writer, rule));

    private static string Describe(Webhook webhook) =>
        SettingsJson.WriteObject(writer => NotificationSettings.WriteMembers(writer, webhook));

    private static long Count(Sql sql, string query, PendingRule rule)
    {
        using var row = sql.Query(query, rule.Bucket, rule.Name);
        return row.Read() ? row.GetInt64(0) : 0;
    }
}
