using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;
using B2Sdk.Emulator.Storage;

namespace B2Sdk.Emulator.Endpoints;

/// <summary>b2_start_large_file, b2_get_upload_part_url, b2_list_parts, b2_finish_large_file and b2_cancel_large_file.</summary>
internal static class LargeFiles
{
    private const int DefaultCount = 100;
    private const int MaxCount = 1000;

    public static async Task StartAsync(Call call)
    {
        var bucketId = call.Arguments.RequiredString("bucketId");
        var fileName = call.Arguments.RequiredString("fileName");
        var contentType = call.Arguments.RequiredString("contentType");
        var nameBytes = FileNames.Validate(fileName, call.Lenient.FileNames);
        var info = FileInfoRules.Validate(fileName, FileInfoRules.FromJson(call.Arguments.OptionalElement("fileInfo")));
        var draft = new FileDraft
        {
            NameBytes = nameBytes,
            ContentType = ContentTypes.Validate(contentType, fileName),
            Info = FileInfoRules.ToJson(info),
            Protection = Protection.Read(call.Arguments, "serverSideEncryption"),
        };
        call.Require(Capabilities.WriteFiles, bucketId, fileName);
        Protection.Require(call, draft.Protection);
        var timestamp = UploadHeaders.ReadTimestamp(call.Arguments.OptionalInteger("customUploadTimestamp")?.ToString(), call);
        if (!await call.Store.HasRoomAsync(call.AccountId, 1))
        {
            throw Refusal.CapExceeded();
        }
        var file = await call.Store.StartLargeFileAsync(call.AccountId, bucketId, draft, timestamp);
        var keyMd5 = Protection.ReadEncryption(call.Arguments, "serverSideEncryption")?.Key?.Md5;
        var answered = file with { Encryption = file.Encryption with { KeyMd5 = keyMd5 } };
        await call.AnswerAsync(writer => FileAnswers.WriteMembers(writer, answered, call));
    }

    public static async Task GetUploadPartUrlAsync(Call call)
    {
        var fileId = call.Arguments.RequiredString("fileId");
        call.RequireById(Capabilities.WriteFiles, fileId);
        call.Require(Capabilities.WriteFiles, await call.Store.GetUnfinishedAsync(call.AccountId, fileId));
        await Uploads.AnswerUrlAsync(call, "b2_upload_part", "fileId", fileId, isForParts: true);
    }

    public static async Task ListPartsAsync(Call call)
    {
        var fileId = call.Arguments.RequiredString("fileId");
        var start = call.Arguments.OptionalInteger("startPartNumber") ?? 1;
        var count = call.Arguments.OptionalInteger("maxPartCount") ?? DefaultCount;
        if (count is < 1 or > MaxCount)
        {
            throw Refusal.OutOfRange("maxPartCount", count, 1, MaxCount);
        }
        // Below the first part, the start is the first part: examples of clients begin at 0.
        if (start != 0)
        {
            Uploads.CheckPartNumber(start);
        }
        call.RequireById(Capabilities.WriteFiles, fileId);
        var (file, parts) = await call.Store.ListPartsAsync(
            call.AccountId,
            fileId,
            (int)start,
            (int)count + 1,
            unfinished => call.Require(Capabilities.WriteFiles, unfinished)
        );
        await call.AnswerAsync(writer =>
        {
            if (parts.Count > count)
            {
                writer.WriteNumber("nextPartNumber", parts[^1].Number);
            }
            else
            {
                writer.WriteNull("nextPartNumber");
            }
            writer.WriteStartArray("parts");
            foreach (var part in parts.Take((int)count))
            {
                writer.WriteStartObject();
                // Lists tell whole seconds, unlike the answer to the upload itself.
                FileAnswers.WritePart(writer, fileId, part, part.Timestamp / 1000 * 1000, file.Encryption);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        });
    }

    public static async Task FinishAsync(Call call)
    {
        var fileId = call.Arguments.RequiredString("fileId");
        var sha1s = call.Arguments.RequiredStrings("partSha1Array");
        if (sha1s.FirstOrDefault(sha1 => !UploadHeaders.IsDigest(sha1)) is { } wrong)
        {
            throw Refusal.BadRequest($"partSha1Array holds '{wrong}', which is not 40 hex digits");
        }
        call.RequireById(Capabilities.WriteFiles, fileId);
        var file = await call.Store.FinishLargeFileAsync(
            call.AccountId,
            fileId,
            sha1s,
            call.Lenient.PartMinimum ? 0 : call.Options.MinimumPartSize,
            unfinished => call.Require(Capabilities.WriteFiles, unfinished)
        );
        await call.AnswerAsync(writer => FileAnswers.WriteMembers(writer, file, call));
    }

    public static async Task CancelAsync(Call call)
    {
        var fileId = call.Arguments.RequiredString("fileId");
        call.RequireById(Capabilities.WriteFiles, fileId);
        var file = await call.Store.CancelLargeFileAsync(
            call.AccountId,
            fileId,
            unfinished => call.Require(Capabilities.WriteFiles, unfinished)
        );
        await call.AnswerAsync(writer =>
        {
            writer.WriteString("accountId", file.Bucket.AccountId);
            writer.WriteString("bucketId", file.Bucket.Id);
            writer.WriteString("fileId", fileId);
            writer.WriteText("fileName", file.NameBytes);
        });
    }
}
