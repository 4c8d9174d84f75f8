using System.Text.Json;
using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;
using B2Sdk.Emulator.Storage;

namespace B2Sdk.Emulator.Endpoints;

/// <summary>b2_copy_file and b2_copy_part.</summary>
internal static class Copies
{
    private const long LargestCopy = 5_000_000_000;

    public static async Task FileAsync(Call call)
    {
        var sourceFileId = call.Arguments.RequiredString("sourceFileId");
        var fileName = call.Arguments.RequiredString("fileName");
        var bucketId = call.Arguments.OptionalString("destinationBucketId");
        var range = call.Arguments.OptionalString("range");
        var nameBytes = FileNames.Validate(fileName);
        var describe = ReadDirective(call.Arguments, fileName, nameBytes);
        RefuseWhatIsNotOffered(call.Arguments, "sourceServerSideEncryption", "destinationServerSideEncryption");
        var source = await FindSourceAsync(call, sourceFileId);
        bucketId ??= source.Bucket.Id;
        call.Require(Capabilities.WriteFiles, bucketId, fileName);

        var stretch = ByteStretch.Read(range, source.Length) ?? new(0, source.Length);
        if (stretch.Length > LargestCopy)
        {
            throw new Refusal(400, "source_too_large", $"Copy source too big: {stretch.Length}");
        }
        var isWhole = stretch.Length == source.Length;
        var (sha1, md5) = isWhole
            ? (source.Kind == FileIds.Large ? null : source.Sha1, source.Md5)
            : await HashAsync(call, source, stretch);
        var copy = await call.Store.AddCopyAsync(call.AccountId, bucketId, describe(source), source, stretch, sha1, md5);
        await call.AnswerAsync(writer => FileAnswers.WriteMembers(writer, copy, call, action: "copy"));
    }

    public static async Task PartAsync(Call call)
    {
        var sourceFileId = call.Arguments.RequiredString("sourceFileId");
        var largeFileId = call.Arguments.RequiredString("largeFileId");
        var number = Uploads.CheckPartNumber(call.Arguments.RequiredInteger("partNumber"));
        var range = call.Arguments.OptionalString("range");
        RefuseWhatIsNotOffered(call.Arguments, "sourceServerSideEncryption", "destinationServerSideEncryption");
        var source = await FindSourceAsync(call, sourceFileId);
        call.Require(Capabilities.WriteFiles, await call.Store.GetUnfinishedAsync(call.AccountId, largeFileId));

        var stretch = ByteStretch.Read(range, source.Length) ?? new(0, source.Length);
        if (stretch.Length is 0 or > LargestCopy)
        {
            throw stretch.Length == 0
                ? Refusal.BadRequest("A part must have at least 1 byte")
                : new Refusal(400, "source_too_large", $"Copy source too big: {stretch.Length}");
        }
        // The part gets bytes of its own: the stretch may lie across several blobs, and a part is one.
        await using var content = new SegmentStream(call.Store, await call.Store.GetSegmentsAsync(source), stretch);
        using var blob = await call.Store.ReceiveAsync(content, stretch.Length, call.Aborted);
        var part = await call.Store.AddPartAsync(call.AccountId, largeFileId, number, blob, isUnverified: false);
        await call.AnswerAsync(writer => FileAnswers.WritePart(writer, largeFileId, part, part.Timestamp));
    }

    /// <summary>Refuses a copy or a start with settings that this emulator cannot keep; a mode that is null or none asks for nothing.</summary>
    public static void RefuseWhatIsNotOffered(Arguments arguments, params ReadOnlySpan<string> encryptions)
    {
        foreach (var name in encryptions)
        {
            RefuseUnlessOff(arguments, name, "server-side encryption");
        }
        RefuseUnlessOff(arguments, "fileRetention", "Object Lock");
        if (arguments.Has("legalHold"))
        {
            throw Refusal.NotOffered("Object Lock");
        }
    }

    private static void RefuseUnlessOff(Arguments arguments, string name, string what)
    {
        if (
            arguments.OptionalElement(name) is { } setting
            && (
                setting.ValueKind != JsonValueKind.Object
                || !setting.TryGetProperty("mode", out var mode)
                || (mode.ValueKind != JsonValueKind.Null && !(mode.ValueKind == JsonValueKind.String && mode.ValueEquals("none")))
            )
        )
        {
            throw Refusal.NotOffered(what);
        }
    }

    private static async Task<FileVersion> FindSourceAsync(Call call, string fileId)
    {
        call.Require(Capabilities.WriteFiles);
        var source = await call.Store.FindVersionAsync(call.AccountId, fileId);
        if (source is not { Action: FileAction.Upload })
        {
            throw Refusal.NotFound($"No such file: {fileId}");
        }
        if (source.Bucket.Type != BucketSettings.AllPublic)
        {
            call.Require(Capabilities.ReadFiles, source);
        }
        return source;
    }

    private static async Task<(string? Sha1, string? Md5)> HashAsync(Call call, FileVersion source, ByteStretch stretch)
    {
        var (sha1, md5) = await call.Store.HashAsync(await call.Store.GetSegmentsAsync(source), stretch, call.Aborted);
        return (sha1, md5);
    }

    /// <summary>Reads whether the copy is described as its source is, or anew.</summary>
    private static Func<FileVersion, FileDraft> ReadDirective(Arguments arguments, string fileName, byte[] nameBytes)
    {
        var directive = arguments.OptionalString("metadataDirective") ?? "COPY";
        var contentType = arguments.OptionalString("contentType");
        var info = arguments.OptionalElement("fileInfo");
        switch (directive)
        {
            case "COPY" when contentType is not null || info is not null:
                throw Refusal.BadRequest("contentType and fileInfo must not be given with the metadataDirective COPY");
            case "COPY":
                return source =>
                    new()
                    {
                        NameBytes = nameBytes,
                        ContentType = source.ContentType,
                        Info = source.Info,
                    };
            case "REPLACE" when contentType is null:
                throw Refusal.BadRequest("contentType must be given with the metadataDirective REPLACE");
            case "REPLACE":
                var draft = new FileDraft
                {
                    NameBytes = nameBytes,
                    ContentType = ContentTypes.Validate(contentType, fileName),
                    Info = FileInfoRules.ToJson(FileInfoRules.Validate(fileName, FileInfoRules.FromJson(info))),
                };
                return _ => draft;
            default:
                throw Refusal.BadRequest($"metadataDirective is '{directive}'; it must be COPY or REPLACE");
        }
    }
}
