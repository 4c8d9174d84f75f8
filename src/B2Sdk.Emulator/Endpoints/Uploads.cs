using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;
using B2Sdk.Emulator.Storage;
using Microsoft.AspNetCore.Http;

namespace B2Sdk.Emulator.Endpoints;

/// <summary>b2_get_upload_url, b2_upload_file and b2_upload_part.</summary>
internal static class Uploads
{
    private const int MaxPartNumber = 10_000;

    public static async Task GetUrlAsync(Call call)
    {
        var bucketId = call.RequireBucketId();
        call.Require(Capabilities.WriteFiles, bucketId);
        var bucket = await call.Store.GetBucketAsync(call.AccountId, bucketId);
        await AnswerUrlAsync(call, "b2_upload_file", "bucketId", bucket.Id, isForParts: false);
    }

    /// <summary>Answers with an upload URL for a bucket or a large file. Each is a place of its own, and takes one upload at a time.</summary>
    public static async Task AnswerUrlAsync(Call call, string operation, string targetName, string target, bool isForParts)
    {
        if (!await call.Store.HasRoomAsync(call.AccountId, 1))
        {
            throw Refusal.StorageCapExceeded();
        }
        var path = $"{operation}/{target}/c000_v0001000_t{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        var token = await call.Tokens.IssueUploadAsync(call.Key, path, isForParts);
        await call.AnswerAsync(writer =>
        {
            writer.WriteString("authorizationToken", token);
            writer.WriteString(targetName, target);
            writer.WriteString("uploadUrl", $"{call.BaseUrl}/b2api/v{call.Version}/{path}");
        });
    }

    public static async Task FileAsync(Call call)
    {
        var (token, bucketId) = Enter(call, isForParts: false);
        FileVersion file;
        // Whoever reads the first byte of the answer may use the URL again, and so it is free before.
        try
        {
            var (name, draft) = UploadHeaders.ReadFile(call.Request, call.Lenient.FileNames);
            var digest = UploadHeaders.ReadDigest(call.Request);
            var timestamp = UploadHeaders.ReadTimestamp(UploadHeaders.Find(call.Request, "X-Bz-Custom-Upload-Timestamp"), call);
            call.Require(Capabilities.WriteFiles, bucketId, name);
            Protection.Require(call, draft.Protection);
            if (draft.Protection.NeedsLock)
            {
                // Nobody is to send gigabytes to a bucket that cannot take them.
                await call.Store.CheckAsync(call.AccountId, bucketId, draft);
            }
            if (!await call.Store.HasRoomAsync(call.AccountId, digest.Length))
            {
                throw Refusal.CapExceeded();
            }

            using var blob = await ReceiveAsync(call, token, digest);
            file = await call.Store.AddUploadAsync(call.AccountId, bucketId, draft, blob, timestamp);
        }
        finally
        {
            token.Leave();
        }
        await call.AnswerAsync(writer => FileAnswers.WriteMembers(writer, file, call));
    }

    public static async Task PartAsync(Call call)
    {
        var (token, fileId) = Enter(call, isForParts: true);
        FileVersion file;
        Segment part;
        try
        {
            var encryption = ProtectionHeaders.ReadEncryption(call.Request);
            var number = ReadPartNumber(UploadHeaders.Find(call.Request, "X-Bz-Part-Number"));
            var digest = UploadHeaders.ReadDigest(call.Request);
            if (digest.Length == 0)
            {
                throw Refusal.BadRequest("A part must have at least 1 byte");
            }
            file = await call.Store.GetUnfinishedAsync(call.AccountId, fileId);
            EncryptionRules.CheckPart(file.Encryption, encryption);

            using var blob = await ReceiveAsync(call, token, digest);
            part = await call.Store.AddPartAsync(call.AccountId, fileId, number, blob, digest.IsUnverified);
        }
        finally
        {
            token.Leave();
        }
        await call.AnswerAsync(writer => FileAnswers.WritePart(writer, fileId, part, part.Timestamp, file.Encryption));
    }

    public static int ReadPartNumber(string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? CheckPartNumber(number)
            : throw Refusal.BadRequest("The header X-Bz-Part-Number is missing or no number");

    public static int CheckPartNumber(long number) =>
        number is >= 1 and <= MaxPartNumber ? (int)number : throw Refusal.BadRequest($"Part number must be in range 1 - {MaxPartNumber}");

    /// <summary>Recognizes the token of an upload URL, and takes the URL for this upload alone.</summary>
    private static (UploadToken Token, string Target) Enter(Call call, bool isForParts)
    {
        if (!HttpMethods.IsPost(call.Request.Method))
        {
            throw new Refusal(405, "method_not_allowed", "Uploads are made by POST");
        }
        // The path is /b2api/vN/operation/target/place.
        var path = call.Target.Path.Split('/', 4)[3];
        if (
            call.Tokens.Recognize(call.AuthorizationHeader) is not UploadToken token
            || token.IsForParts != isForParts
            || token.Target != path
        )
        {
            throw Refusal.BadToken();
        }
        call.Key = token.Key;
        call.TestModes.BeforeUpload(call);
        return token.TryEnter() || call.Lenient.UploadTokenConcurrency
            ? (token, path.Split('/')[1])
            : throw Refusal.TokenInUse(call.AuthorizationHeader!);
    }

    /// <summary>Takes the content in and checks its SHA-1. A URL on which that fails is dead.</summary>
    private static async Task<NewBlob> ReceiveAsync(Call call, UploadToken token, UploadDigest digest)
    {
        NewBlob? blob = null;
        try
        {
            blob = await call.Store.ReceiveAsync(call.Request.Body, digest.Length, call.Aborted);
            var expected = digest.IsAtEnd ? await ReadDigestAsync(call) : digest.Given;
            if (expected is not null && !expected.Equals(blob.Sha1, StringComparison.OrdinalIgnoreCase) && !call.Lenient.Sha1)
            {
                throw Refusal.BadRequest("Sha1 did not match data received");
            }
            return blob;
        }
        catch
        {
            var revoked = call.Tokens.RevokeAsync(token);
            blob?.Dispose();
            await revoked;
            throw;
        }
    }

    private static async Task<string> ReadDigestAsync(Call call)
    {
        var octets = new byte[40];
        await call.Request.Body.ReadExactlyAsync(octets, call.Aborted);
        var digest = Encoding.Latin1.GetString(octets);
        return UploadHeaders.IsDigest(digest)
            ? digest
            : throw Refusal.BadRequest("The content does not end with the 40 hex digits of its SHA-1");
    }
}
