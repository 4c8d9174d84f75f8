using B2Sdk.Emulator.Endpoints;
using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;

namespace B2Sdk.Emulator.Control;

/// <summary>Reads from a call what it is about, whether or not it will be let in. What is not as it should be is left out, and is refused elsewhere.</summary>
internal static class CallReader
{
    private const int LongestOperation = 64;
    private const int LongestName = 1024;

    public static CallFacts ReadOperation(string operation) => new() { Operation = Shorten(operation, LongestOperation)! };

    /// <summary>Adds what the arguments of a call tell.</summary>
    public static CallFacts Read(CallFacts facts, Arguments arguments)
    {
        var fileId = arguments.Peek("fileId") ?? arguments.Peek("largeFileId") ?? arguments.Peek("sourceFileId");
        return facts with
        {
            BucketId = Shorten(arguments.Peek("bucketId") ?? arguments.Peek("destinationBucketId") ?? BucketOf(fileId), LongestName),
            BucketName = Shorten(arguments.Peek("bucketName"), LongestName),
            FileId = Shorten(fileId, LongestName),
            FileName = Shorten(arguments.Peek("fileName"), LongestName),
        };
    }

    /// <summary>Adds what the URL and the headers of an upload tell.</summary>
    public static CallFacts ReadUpload(CallFacts facts, Call call, string target)
    {
        var isForFile = facts.Operation == "b2_upload_file";
        var id = target.Split('/')[0];
        return facts with
        {
            BucketId = isForFile ? Shorten(id, LongestName) : BucketOf(id),
            FileId = isForFile ? null : Shorten(id, LongestName),
            FileName = isForFile && call.Request.Headers["X-Bz-File-Name"] is [{ } name] ? Decode(name) : null,
            AccountId = TokenOf(call)?.Key.AccountId,
            KeyId = TokenOf(call)?.Key.Id,
        };
    }

    /// <summary>Adds what the path of a download by name tells.</summary>
    public static CallFacts ReadDownload(CallFacts facts, Call call, string bucket, string name) =>
        ReadReader(facts, call) with
        {
            BucketName = Decode(bucket),
            FileName = Decode(name),
        };

    /// <summary>Adds who is downloading.</summary>
    public static CallFacts ReadReader(CallFacts facts, Call call) =>
        facts with
        {
            AccountId = TokenOf(call)?.Key.AccountId,
            KeyId = TokenOf(call)?.Key.Id,
        };

    /// <summary>Adds what faults may ask for and the call does not tell by itself: whose key is being authorized, the bucket's id by its name, or its name by its id.</summary>
    public static async Task<CallFacts> CompleteAsync(CallFacts facts, Call call)
    {
        var faults = call.Services.Faults.Active;
        if (facts is { AccountId: null, Operation: "b2_authorize_account" } && faults.Any(fault => fault.Fault.AccountId is not null))
        {
            var key = Accounts.FindKeyId(call) is { } keyId ? await call.Store.FindKeyAsync(keyId) : null;
            facts = facts with { AccountId = key?.AccountId };
        }
        if (faults.All(fault => fault.Fault.Bucket is null))
        {
            return facts;
        }
        var bucket =
            facts.BucketId is { } id ? await call.Store.FindBucketAsync(id)
            : facts.BucketName is { } name ? await call.Store.FindBucketByNameAsync(name)
            : null;
        return facts with { BucketId = facts.BucketId ?? bucket?.Id, BucketName = facts.BucketName ?? bucket?.Name };
    }

    private static Token? TokenOf(Call call)
    {
        var text = call.AuthorizationHeader ?? call.Target.ReadQuery().LastOrDefault(parameter => parameter.Key == "Authorization").Value;
        return text is null ? null : call.Tokens.Find(text);
    }

    private static string? BucketOf(string? fileId) => fileId is null ? null : FileIds.ReadBucket(fileId);

    private static string? Decode(string text)
    {
        try
        {
            return Shorten(PercentEncoding.Decode(text, ""), LongestName);
        }
        catch (Refusal)
        {
            return null;
        }
    }

    private static string? Shorten(string? text, int length) => text is null || text.Length <= length ? text : text[..length];
}
