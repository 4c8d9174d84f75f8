using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;
using B2Sdk.Emulator.Storage;

namespace B2Sdk.Emulator.Endpoints;

/// <summary>b2_copy_file and b2_copy_part.</summary>
internal static class Copies
{
    private const string DestinationEncryption = "destinationServerSideEncryption";
    private const long LargestCopy = 5_000_000_000;

    public static async Task FileAsync(Call call)
    {
        var sourceFileId = call.Arguments.RequiredString("sourceFileId");
        var fileName = call.Arguments.RequiredString("fileName");
        var bucketId = call.Arguments.OptionalString("destinationBucketId");
        var range = call.Arguments.OptionalString("range");
        var nameBytes = FileNames.Validate(fileName, call.Lenient.FileNames);
        var describe = ReadDirective(call.Arguments, fileName, nameBytes);
        var protection = Protection.Read(call.Arguments, DestinationEncryption);
        var sourceKey = Protection.ReadSourceKey(call.Arguments);
        if (bucketId is not null)
        {
            // Who may not write there does not learn what there is to copy.
            call.Require(Capabilities.WriteFiles, bucketId, fileName);
        }
        var source = await FindSourceAsync(call, sourceFileId);
        bucketId ??= source.Bucket.Id;
        call.Require(Capabilities.WriteFiles, bucketId, fileName);
        Protection.Require(call, protection);
        EncryptionRules.CheckKey(source.Encryption, sourceKey);

        var stretch = ByteStretch.ReadArgument(range, source.Length);
        if (stretch.Length > LargestCopy)
        {
            throw new Refusal(400, "source_too_large", $"Copy source too big: {stretch.Length}");
        }
        var isWhole = stretch.Length == source.Length;
        var (sha1, md5) = isWhole
            ? (source.Kind == FileIds.Large ? null : source.Sha1, source.Md5)
            : await HashAsync(call, source, stretch);
        var draft = describe(source) with { Protection = protection };
        var copy = await call.Store.AddCopyAsync(call.AccountId, bucketId, draft, source, stretch, sha1, md5);
        await call.AnswerAsync(writer => FileAnswers.WriteMembers(writer, copy, call, action: "copy"));
    }

    public static async Task PartAsync(Call call)
    {
        var sourceFileId = call.Arguments.RequiredString("sourceFileId");
        var largeFileId = call.Arguments.RequiredString("largeFileId");
        var number = Uploads.CheckPartNumber(call.Arguments.RequiredInteger("partNumber"));
        var range = call.Arguments.OptionalString("range");
        var encryption = Protection.ReadEncryption(call.Arguments, DestinationEncryption);
        var sourceKey = Protection.ReadSourceKey(call.Arguments);
        var source = await FindSourceAsync(call, sourceFileId);
        call.RequireById(Capabilities.WriteFiles, largeFileId);
        var file = await call.Store.GetUnfinishedAsync(call.AccountId, largeFileId);
        call.Require(Capabilities.WriteFiles, file);
        EncryptionRules.CheckKey(source.Encryption, sourceKey);
        EncryptionRules.CheckPart(file.Encryption, encryption);

        var stretch = ByteStretch.ReadArgument(range, source.Length);
        if (stretch.Length is 0 or > LargestCopy)
        {
            throw stretch.Length == 0
                ? Refusal.BadRequest("A part must have at least 1 byte")
                : new Refusal(400, "source_too_large", $"Copy source too big: {stretch.Length}");
        }
        var segments = await call.Store.GetSegmentsAsync(source);
        // All of a small file is one blob whose digests are known already, and which can be shared.
        var part =
            source.Kind == FileIds.Small && segments is [var only] && only.Length == stretch.Length
                ? await call.Store.AddSharedPartAsync(call.AccountId, largeFileId, number, source)
                : await AddOwnPartAsync(call, largeFileId, number, segments, stretch);
        await call.AnswerAsync(writer => FileAnswers.WritePart(writer, largeFileId, part, part.Timestamp, file.Encryption));
    }

    /// <summary>Adds a part with bytes of its own: the stretch may lie across several blobs, and a part is one.</summary>
    private static async Task<Segment> AddOwnPartAsync(
        Call call,
        string largeFileId,
        int number,
        List<Segment> segments,
        ByteStretch stretch
    )
    {
        await using var content = new SegmentStream(call.Store, segments, stretch);
        using var blob = await call.Store.ReceiveAsync(content, stretch.Length, call.Aborted);
        return await call.Store.AddPartAsync(call.AccountId, largeFileId, number, blob, isUnverified: false);
    }

    private static async Task<FileVersion> FindSourceAsync(Call call, string fileId)
    {
        call.Require(Capabilities.WriteFiles);
        var source = await call.Store.FindVersionAsync(call.AccountId, fileId);
        if (source is not { Action: FileAction.Upload })
        {
            // What is in a public bucket is everybody's; of others, nobody learns what is not there.
            throw source is null && !call.Key.AllowsFile(fileId) ? Refusal.Unauthorized() : Refusal.NotFound($"No such file: {fileId}");
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
        var info = FileInfoRules.FromJson(arguments.OptionalElement("fileInfo"));
        switch (directive)
        {
            // An empty fileInfo says nothing: some clients send one with every copy.
            case "COPY" when contentType is not null || info.Any():
                throw Refusal.BadRequest("contentType and fileInfo must not be given with the metadataDirective COPY");
            case "COPY":
                return source =>
                {
                    // The name may be longer than the source's.
                    FileInfoRules.CheckLength(fileName, FileInfoRules.Parse(source.Info));
                    return new()
                    {
                        NameBytes = nameBytes,
                        ContentType = source.ContentType,
                        Info = source.Info,
                    };
                };
            case "REPLACE" when contentType is null:
                throw Refusal.BadRequest("contentType must be given with the metadataDirective REPLACE");
            case "REPLACE":
                var draft = new FileDraft
                {
                    NameBytes = nameBytes,
                    ContentType = ContentTypes.Validate(contentType, fileName),
                    Info = FileInfoRules.ToJson(FileInfoRules.Validate(fileName, info)),
                };
                return _ => draft;
            default:
                throw Refusal.BadRequest($"metadataDirective is '{directive}'; it must be COPY or REPLACE");
        }
    }
}
