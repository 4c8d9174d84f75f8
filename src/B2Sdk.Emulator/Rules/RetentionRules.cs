using System.Globalization;
using System.Text;
using System.Text.Json;
using B2Sdk.Emulator.Http;
using static B2Sdk.Emulator.Rules.SettingsJson;

namespace B2Sdk.Emulator.Rules;

/// <summary>Object Lock: what may be set, who may change it, and what must not be deleted.</summary>
internal static class RetentionRules
{
    private const string On = "on";
    private const string Off = "off";

    public static string NameOf(RetentionMode mode) => mode == RetentionMode.Governance ? "governance" : "compliance";

    public static string NameOfHold(bool isHeld) => isHeld ? On : Off;

    public static ReadOnlySpan<byte> ToJson(Retention? retention) =>
        retention is null
            ? """{"mode":null,"retainUntilTimestamp":null}"""u8
            : Encoding.UTF8.GetBytes($$"""{"mode":"{{NameOf(retention.Mode)}}","retainUntilTimestamp":{{retention.Until}}}""");

    public static ReadOnlySpan<byte> ToJson(bool? legalHold) =>
        legalHold is { } isHeld ? Encoding.UTF8.GetBytes($"\"{NameOfHold(isHeld)}\"") : "null"u8;

    /// <summary>Reads what a file's retention is to be; null when it says that there is to be none.</summary>
    public static Retention? Read(JsonElement element)
    {
        const string Name = "fileRetention";
        var mode = ReadMode(element, Name);
        var until = Member(element, "retainUntilTimestamp");
        if (mode is null)
        {
            return until is null ? null : throw Refusal.BadRequest($"{Name} has a retainUntilTimestamp and no mode");
        }
        return until is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var timestamp)
            ? new(mode.Value, timestamp)
            : throw Refusal.BadRequest($"{Name} needs a retainUntilTimestamp in milliseconds");
    }

    /// <summary>Reads a retention that came in two headers; null when it came in none.</summary>
    public static Retention? Read(string? mode, string? until)
    {
        if (mode is null && until is null)
        {
            return null;
        }
        if (mode is null || until is null)
        {
            throw Refusal.BadRequest("The mode of a retention and its end must be given together, or neither");
        }
        return long.TryParse(until, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var timestamp)
            ? new(ReadMode(mode, "The retention"), timestamp)
            : throw Refusal.BadRequest($"The retention ends at '{until}', which is no time in milliseconds");
    }

    /// <summary>Reads the mode of a setting; null for none.</summary>
    public static RetentionMode? ReadMode(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("mode", out _))
        {
            throw Refusal.BadRequest($"{name} must be an object with a mode");
        }
        return Member(element, "mode") is { } mode && Text(mode, $"{name}.mode") is not "none" and var text ? ReadMode(text, name) : null;
    }

    public static bool ReadLegalHold(string text) =>
        text switch
        {
            On => true,
            Off => false,
            _ => throw Refusal.BadRequest($"The legal hold is '{text}'; it is {On} or {Off}"),
        };

    /// <summary>Says whether a bucket is locked after an update, which can turn that on and never off.</summary>
    /// <param name="isLocked">Whether it is before.</param>
    /// <param name="wanted">What the update says; null when it says nothing.</param>
    /// <param name="bucketType">The bucket's type.</param>
    /// <param name="isReplicationSource">Whether the bucket is replicated to others.</param>
    public static bool Lock(bool isLocked, bool? wanted, string bucketType, bool isReplicationSource)
    {
        if (isLocked && wanted == false)
        {
            throw new Refusal(
                400,
                "file_lock_conflict",
                "fileLockEnabled value of false is not allowed when bucket is already file lock enabled."
            );
        }
        if (!isLocked && wanted == true && bucketType == "restricted")
        {
            throw new Refusal(400, "restricted_bucket_conflict", "Turning on file lock for a restricted bucket is not allowed.");
        }
        if (!isLocked && wanted == true && isReplicationSource)
        {
            throw new Refusal(
                400,
                "source_replication_conflict",
                "Turning on file lock for an existing bucket having source replication configuration is not allowed."
            );
        }
        return isLocked || wanted == true;
    }

    /// <summary>Refuses settings of a bucket that is not locked.</summary>
    public static void RequireLock(bool isLocked)
    {
        if (!isLocked)
        {
            throw new Refusal(400, "bucket_missing_file_lock", "The bucket is not file lock enabled");
        }
    }

    /// <summary>Decides which retention a new file gets.</summary>
    /// <param name="asked">What its uploader asks for; null for the bucket's default.</param>
    /// <param name="legalHold">The legal hold that its uploader asks for; null when none is spoken of.</param>
    /// <param name="isLocked">Whether the bucket is locked.</param>
    /// <param name="byDefault">What the bucket gives; null when nothing.</param>
    /// <param name="now">When it arrives.</param>
    public static Retention? OnArrival(Retention? asked, bool? legalHold, bool isLocked, DefaultRetention? byDefault, long now)
    {
        if (asked is not null || legalHold is not null)
        {
            RequireLock(isLocked);
        }
        if (asked is null)
        {
            // From the whole second with which the file is dated.
            return byDefault?.From(now / 1000 * 1000);
        }
        RequireFuture(asked, now);
        return asked;
    }

    /// <summary>Checks a change of a retention. One that is in force can be made longer or stricter; less only by bypassing it, which compliance does not allow.</summary>
    /// <param name="current">What there is; null for none.</param>
    /// <param name="wanted">What there is to be; null for none.</param>
    /// <param name="mayBypass">Whether governance is to be bypassed.</param>
    /// <param name="now">When.</param>
    /// <exception cref="Refusal">It is not allowed.</exception>
    public static void CheckChange(Retention? current, Retention? wanted, bool mayBypass, long now)
    {
        if (wanted is not null)
        {
            RequireFuture(wanted, now);
        }
        if (current is null || !current.IsInForceAt(now) || (wanted?.Mode >= current.Mode && wanted.Until >= current.Until))
        {
            return;
        }
        if (current.Mode == RetentionMode.Compliance || !mayBypass)
        {
            throw Refusal.AccessDenied();
        }
    }

    /// <summary>True while a version must not be deleted.</summary>
    public static bool IsProtected(Retention? retention, bool? legalHold, bool mayBypass, long now) =>
        legalHold == true
        || (retention is not null && retention.IsInForceAt(now) && !(mayBypass && retention.Mode == RetentionMode.Governance));

    private static RetentionMode ReadMode(string text, string name) =>
        text switch
        {
            "governance" => RetentionMode.Governance,
            "compliance" => RetentionMode.Compliance,
            _ => throw Refusal.BadRequest($"{name} has the mode '{text}'; it is governance or compliance"),
        };

    private static void RequireFuture(Retention retention, long now)
    {
        if (!retention.IsInForceAt(now))
        {
            throw new Refusal(400, "retain_until_timestamp_must_be_in_future", "The retainUntilTimestamp must be in future");
        }
    }
}
