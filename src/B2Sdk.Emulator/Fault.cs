using System.Text.Json;
using B2Sdk.Emulator.Control;

namespace B2Sdk.Emulator;

/// <summary>Something that goes wrong on purpose: which calls it befalls, which of those, and what happens to them.</summary>
/// <remarks>
/// It befalls calls that are let in: what is refused for its token is not counted. Of several faults, the first whose turn it is befalls a call, and later ones do not see it.
/// </remarks>
/// <example>
/// <code>
/// // The first two uploads of the file are refused as by a busy pod.
/// emulator.Faults.Add(new() { Operation = "b2_upload_file", FileName = "cat.jpg", Count = 2, Status = 503, Code = "service_unavailable" });
/// </code>
/// </example>
public sealed record Fault
{
    /// <summary>The exact operation, such as <c>b2_upload_part</c> or <c>b2_download_file_by_name</c>; null for any.</summary>
    public string? Operation { get; init; }

    /// <summary>Whose calls; null for anybody's.</summary>
    public string? AccountId { get; init; }

    /// <summary>The name or id of the bucket; null for any.</summary>
    public string? Bucket { get; init; }

    /// <summary>The exact name of the file; null for any. Calls that give only a file id have no name.</summary>
    public string? FileName { get; init; }

    /// <summary>How many of these calls are let pass first. Default: none.</summary>
    public long Skip { get; init; }

    /// <summary>Of the calls after that, the first of every so many; null for each of them.</summary>
    public long? Every { get; init; }

    /// <summary>With what probability, over 0 and at most 1, each of those is befallen; null for certain.</summary>
    public double? Probability { get; init; }

    /// <summary>What the dice of <see cref="Probability"/> begin with: the same seed makes the same calls fail. Default: 0.</summary>
    public int Seed { get; init; }

    /// <summary>How often at most; null for ever.</summary>
    public long? Count { get; init; }

    /// <summary>How long the call is held up before anything is done; null for not at all.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>The status to answer, 400 to 599, instead of doing anything; null to do what is asked.</summary>
    public int? Status { get; init; }

    /// <summary>The code to answer with <see cref="Status"/>; null for one that B2 uses with that status.</summary>
    public string? Code { get; init; }

    /// <summary>The message to answer with <see cref="Status"/>.</summary>
    public string? Message { get; init; }

    /// <summary>The Retry-After header to answer with <see cref="Status"/>: a number of seconds, or a date. Null for none.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>True to answer that the token is too old, and to make it so.</summary>
    public bool ExpireToken { get; init; }

    /// <summary>True to answer that a cap is exceeded, with the code of the operation.</summary>
    public bool ExceedCap { get; init; }

    /// <summary>True to reset the connection before anything is done.</summary>
    public bool Reset { get; init; }

    /// <summary>True to do what is asked and then to drop the connection without an answer.</summary>
    public bool LoseReply { get; init; }

    /// <summary>Which bytes are meant below; null for those of the request with uploads, and of the answer with all else.</summary>
    public FaultyBody? Body { get; init; }

    /// <summary>After how many bytes nothing moves any more, until the client gives up; null for no stall.</summary>
    public long? StallAfter { get; init; }

    /// <summary>After how many bytes the connection is closed; null for not at all.</summary>
    /// <remarks>An answer is closed as a clean end. Exactly so many bytes of it arrive.</remarks>
    public long? CutAfter { get; init; }

    /// <summary>After how many bytes the connection is reset; null for not at all.</summary>
    /// <remarks>Bytes on their way may be lost by that, too.</remarks>
    public long? ResetAfter { get; init; }

    /// <summary>Which byte, counted from 0, is another than it was; null for none.</summary>
    public long? CorruptAt { get; init; }

    /// <summary>True to answer with a SHA-1 that is not the content's.</summary>
    public bool WrongSha1 { get; init; }

    /// <summary>True to answer with a length that is not the content's; a download is a byte short.</summary>
    public bool WrongLength { get; init; }

    /// <summary>True to do what is asked and to answer 200 without a body.</summary>
    public bool EmptyReply { get; init; }

    /// <summary>What is odd about a page of a listing; null for nothing.</summary>
    public FaultyPage? Page { get; init; }

    /// <summary>How far the Date of the answer is ahead of the emulator's clock, or behind it; null for not at all.</summary>
    public TimeSpan? DateSkew { get; init; }

    /// <summary>Reads a fault from the JSON in which the control API takes it.</summary>
    /// <param name="json">An object such as <c>{"operation":"b2_upload_file","status":503}</c>; docs/emulator.md lists its members.</param>
    /// <exception cref="ArgumentException">It is no such object; the message says what about it.</exception>
    public static Fault Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return JsonSerializer.Deserialize(json, ControlJson.Default.Fault) ?? throw new JsonException();
        }
        catch (JsonException e)
        {
            throw new ArgumentException(
                $"The fault '{json}' is none: {ControlJson.Explain(e) ?? "it is not a JSON object"}.",
                nameof(json),
                e
            );
        }
    }

    internal bool IsOfBytes => StallAfter is not null || CutAfter is not null || ResetAfter is not null || CorruptAt is not null;
}
