using Microsoft.Extensions.Logging;

namespace B2Sdk.Emulator;

/// <summary>How an emulator is started.</summary>
public sealed record B2EmulatorOptions
{
    /// <summary>The id of the master key, and of the account, that an emulator has when nothing else is said.</summary>
    public const string DefaultApplicationKeyId = "b2e000000001";

    /// <summary>The master key that an emulator has when nothing else is said. It is published here, and protects nothing.</summary>
    public const string DefaultApplicationKey = "K000EmulatorKeyForLocalUseOnly0";

    /// <summary>Where an emulator listens when nothing else is said: for this machine only.</summary>
    public const string DefaultHost = "127.0.0.1";

    /// <summary>The address to listen at: an IP address, such as 0.0.0.0 for all of this machine's, or localhost. Default: <see cref="DefaultHost"/>.</summary>
    /// <remarks>An address that other machines reach needs a <see cref="ControlToken"/>, and an <see cref="ApplicationKey"/> that is not the default one.</remarks>
    public string Host { get; init; } = DefaultHost;

    /// <summary>How it is reached by https, beside http; null for not at all. Default: null.</summary>
    public EmulatorTls? Tls { get; init; }

    /// <summary>What is there from the start, when nothing else is: paths of folders and of descriptions in JSON, or <c>hostile</c> for names that hurt clients. Default: nothing.</summary>
    /// <remarks>docs/emulator.md tells what they look like. A data folder that has buckets is left as it is.</remarks>
    public IReadOnlyList<string> Seed { get; init; } = [];

    /// <summary>The port; 0 for any that is free. Default: 0.</summary>
    public int Port { get; init; }

    /// <summary>The folder that keeps everything; null to keep nothing beyond the life of the emulator. Default: null.</summary>
    /// <remarks>It is made when it is missing. One emulator uses it at a time. What was acknowledged is in it, whatever happens then.</remarks>
    public string? DataDirectory { get; init; }

    /// <summary>What an acknowledged write outlives, with <see cref="DataDirectory"/>. Default: anything.</summary>
    public EmulatorDurability Durability { get; init; }

    /// <summary>True to keep of contents above 4,096 bytes only the length and the hashes, so that terabytes fit. Default: false.</summary>
    /// <remarks>Such a file is downloaded in its full length: exactly as it was when all its bytes are the same, as in a file of zeros, and else as noise, without a SHA-1 that would tell.</remarks>
    public bool IsSparse { get; init; }

    /// <summary>Where clients reach it, when that is not what they say in their <c>Host</c> header: behind a proxy that changes it, for instance. Default: null.</summary>
    /// <remarks>An http or https URL without query; a path in it is put before that of every URL in answers.</remarks>
    public Uri? PublicUrl { get; init; }

    /// <summary>The id of the master key. Default: <see cref="DefaultApplicationKeyId"/>.</summary>
    /// <remarks>An id of 12 hex digits is the account's id too, as with B2's master keys; any other belongs to an account whose id is made from it.</remarks>
    public string ApplicationKeyId { get; init; } = DefaultApplicationKeyId;

    /// <summary>The master key. Default: <see cref="DefaultApplicationKey"/>.</summary>
    public string ApplicationKey { get; init; } = DefaultApplicationKey;

    /// <summary>The smallest size in bytes of every part of a large file but the last. Default: 5,000,000, which is B2's; at least 1.</summary>
    public long MinimumPartSize { get; init; } = 5_000_000;

    /// <summary>The part size in bytes that clients are advised to use. Default: 100,000,000, which is B2's; at least <see cref="MinimumPartSize"/>.</summary>
    public long RecommendedPartSize { get; init; } = 100_000_000;

    /// <summary>How many bytes each account may store, all versions and unfinished parts together; null for any number. Default: null.</summary>
    /// <remarks>What would be more is refused with 403 and <c>cap_exceeded</c>, and in a full account upload URLs with <c>storage_cap_exceeded</c>. What is deleted makes room.</remarks>
    public long? StorageCap { get; init; }

    /// <summary>How many bytes each account may have downloaded in a day; null for any number. Default: null.</summary>
    /// <remarks>Days are those of UTC by <see cref="B2Emulator.Clock"/>. A download that would be more is refused with 403 and <c>download_cap_exceeded</c>.</remarks>
    public long? DownloadCap { get; init; }

    /// <summary>How many transactions of class B each account may make in a day: downloads and <c>b2_get_file_info</c>; null for any number. Default: null.</summary>
    /// <remarks>More is refused with 403: downloads with <c>download_cap_exceeded</c>, the rest with <c>transaction_cap_exceeded</c>.</remarks>
    public long? ClassBCap { get; init; }

    /// <summary>How many transactions of class C each account may make in a day: listings, copies, authorizations and the rest that is paid for; null for any number. Default: null.</summary>
    /// <remarks>More is refused with 403 and <c>transaction_cap_exceeded</c>. A listing counts for one with each thousand rows that it begins.</remarks>
    public long? ClassCCap { get; init; }

    /// <summary>True to let uploads state the time from which they count; false to refuse them, as B2 does to accounts that are not enabled for it. Default: true.</summary>
    public bool AllowCustomUploadTimestamps { get; init; } = true;

    /// <summary>What the control API under <c>/_emulator/</c> must be called with, as <c>Authorization: Bearer</c>; null to let in everybody who reaches it. Default: null.</summary>
    public string? ControlToken { get; init; }

    /// <summary>The names of B2's rules that are not kept, such as <c>sha1</c> or <c>part-minimum</c>. Default: none.</summary>
    /// <remarks>docs/emulator.md lists them; so does the message of the exception that an unknown name throws.</remarks>
    public IReadOnlyCollection<string> Lenient { get; init; } = [];

    /// <summary>The time on which <see cref="B2Emulator.Clock"/> runs, and by which everything waits. Default: the machine's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>What <see cref="B2Emulator.Clock"/> shows at the start, and again after a reset; null for the time of <see cref="TimeProvider"/>. Default: null.</summary>
    public DateTimeOffset? ClockStart { get; init; }

    /// <summary>True for a clock that stands still from the start, and again after a reset. Default: false.</summary>
    public bool IsClockFrozen { get; init; }

    /// <summary>What goes wrong on purpose from the start, and again after a reset. Default: nothing.</summary>
    /// <remarks>The ids are <c>f1</c>, <c>f2</c> and so on, in this order. Seeds are not befallen.</remarks>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>Other emulators, to which files are offered whose replication goes to a bucket that is not here. Default: none.</summary>
    /// <remarks>They are asked in this order until one has the bucket. User information in a URL is the control token of that emulator.</remarks>
    public IReadOnlyList<Uri> ReplicateTo { get; init; } = [];

    /// <summary>How long, by the emulator's clock, a version waits for its replication with the status <c>PENDING</c>; up to ten years. Default: not at all.</summary>
    /// <remarks>B2 takes its time too. A clock that is frozen holds replication back until it is moved.</remarks>
    public TimeSpan ReplicationDelay { get; init; }

    /// <summary>Where failures of the emulator itself are logged, and calls at the level Information; null for nowhere. Keys and tokens are never logged.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>How long a body may stand still until its sender is told that it takes too long.</summary>
    internal TimeSpan PatienceWithBodies { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Returns the options without the key.</summary>
    public override string ToString() =>
        $"{nameof(B2EmulatorOptions)} {{ Port = {Port}, DataDirectory = {DataDirectory}, ApplicationKeyId = {ApplicationKeyId} }}";
}
