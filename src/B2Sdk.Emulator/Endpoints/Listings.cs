using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;
using B2Sdk.Emulator.Storage;

namespace B2Sdk.Emulator.Endpoints;

/// <summary>b2_list_file_names, b2_list_file_versions and b2_list_unfinished_large_files.</summary>
internal static class Listings
{
    private const int DefaultCount = 100;
    private const int MaxCount = 10_000;
    private const int MaxUnfinishedCount = 100;

    public static Task NamesAsync(Call call) => ListAsync(call, allVersions: false);

    public static Task VersionsAsync(Call call) => ListAsync(call, allVersions: true);

    public static async Task UnfinishedAsync(Call call)
    {
        var bucketId = call.Arguments.RequiredString("bucketId");
        var prefix = call.Arguments.OptionalString("namePrefix") ?? "";
        var startFileId = call.Arguments.OptionalString("startFileId");
        var count = call.Arguments.OptionalInteger("maxFileCount") ?? DefaultCount;
        var prefixBytes = FileNames.ToUtf8(prefix, "namePrefix");
        var startNumber = string.IsNullOrEmpty(startFileId) ? 0 : FileIds.Require(startFileId).Number;
        if (count is < 1 or > MaxUnfinishedCount)
        {
            throw Refusal.OutOfRange("maxFileCount", count, 1, MaxUnfinishedCount);
        }
        call.Require(Capabilities.ListFiles, bucketId, prefix);
        var view = FileView.Of(call);
        await call.AnswerAsync(async writer =>
        {
            writer.WriteStartArray("files");
            var listing = await call.Store.ListUnfinishedAsync(
                call.AccountId,
                bucketId,
                prefixBytes,
                startNumber,
                (int)count,
                row => FileAnswers.WriteRow(writer, row, view)
            );
            writer.WriteEndArray();
            writer.WriteString("nextFileId", listing.Next?.FileId);
            writer.WriteNull("nextFileName");
        });
    }

    private static async Task ListAsync(Call call, bool allVersions)
    {
        var bucketId = call.RequireBucketId();
        var prefix = call.Arguments.OptionalString("prefix") ?? "";
        var request = ReadRequest(call.Arguments, prefix, allVersions);
        call.Require(Capabilities.ListFiles, bucketId);
        var view = FileView.Of(call);
        await call.AnswerAsync(async writer =>
        {
            writer.WriteStartArray("files");
            var listing = await ListAllowedAsync(call, bucketId, prefix, request, row => FileAnswers.WriteRow(writer, row, view));
            writer.WriteEndArray();
            call.Record.Rows = listing.Count;
            if (allVersions)
            {
                writer.WriteString("nextFileId", listing.Next is { Action: not FileAction.Folder } next ? next.FileId : null);
            }
            writer.WriteText("nextFileName", listing.Next?.Name);
        });
    }

    /// <summary>Lists what the key may see. A key for certain names gets nothing of a wider listing since version 2, and before that what has such a name.</summary>
    private static async Task<Listing> ListAllowedAsync(
        Call call,
        string bucketId,
        string prefix,
        ListingRequest request,
        Action<VersionRow> take
    )
    {
        if (call.Key.AllowsName(prefix))
        {
            return await call.Store.ListFilesAsync(call.AccountId, bucketId, request, take);
        }
        if (call.Version > 1)
        {
            throw Refusal.Unauthorized();
        }
        var allowed = call.Key.NamePrefix!;
        return allowed.StartsWith(prefix, StringComparison.Ordinal)
            ? await call.Store.ListFilesAsync(call.AccountId, bucketId, request with { Prefix = FileNames.ToUtf8(allowed, "prefix") }, take)
            : new(0, Next: null);
    }

    private static ListingRequest ReadRequest(Arguments arguments, string prefix, bool allVersions)
    {
        var startName = arguments.OptionalString("startFileName");
        var startId = allVersions ? arguments.OptionalString("startFileId") : null;
        var delimiter = arguments.OptionalString("delimiter");
        var count = arguments.OptionalInteger("maxFileCount") ?? DefaultCount;
        if (count is < 0 or > MaxCount)
        {
            throw Refusal.OutOfRange("maxFileCount", count, 1, MaxCount, "out_of_range");
        }
        if (!string.IsNullOrEmpty(startId) && string.IsNullOrEmpty(startName))
        {
            throw Refusal.BadRequest("startFileId needs startFileName");
        }
        if (delimiter is not null && delimiter.Any(character => character is < ' ' or '\x7F'))
        {
            throw Refusal.BadRequest("Delimiter must be within acceptable list");
        }
        return new()
        {
            Prefix = FileNames.ToUtf8(prefix, "prefix"),
            Delimiter = string.IsNullOrEmpty(delimiter) ? null : FileNames.ToUtf8(delimiter, "delimiter"),
            StartName = FileNames.ToUtf8(startName ?? "", "startFileName"),
            StartPlace = string.IsNullOrEmpty(startId)
                ? null
                : FileIds.Read(startId) ?? throw new Refusal(400, "invalid_file_id", $"Invalid fileId: {startId}"),
            AllVersions = allVersions,
            Count = count == 0 ? DefaultCount : (int)count,
        };
    }
}
