using System.Text.Json;
using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;
using B2Sdk.Emulator.Storage;
using Microsoft.AspNetCore.Http;

namespace B2Sdk.Emulator.Endpoints;

/// <summary>Downloads by name and by id, and b2_get_download_authorization.</summary>
internal static class Downloads
{
    private const int LongestAuthorization = 604_800;

    /// <summary>The query parameters that change a download's headers.</summary>
    private static readonly (string Parameter, string Header)[] Overrides =
    [
        ("b2CacheControl", "Cache-Control"),
        ("b2ContentDisposition", "Content-Disposition"),
        ("b2ContentEncoding", "Content-Encoding"),
        ("b2ContentLanguage", "Content-Language"),
        ("b2ContentType", "Content-Type"),
        ("b2Expires", "Expires"),
    ];

    public static async Task AuthorizeAsync(Call call)
    {
        var bucketId = call.Arguments.RequiredString("bucketId");
        var prefix = call.Arguments.RequiredString("fileNamePrefix");
        var seconds = call.Arguments.RequiredInteger("validDurationInSeconds");
        if (seconds is < 1 or > LongestAuthorization)
        {
            throw Refusal.BadRequest($"validDurationInSeconds must be in range 1 - {LongestAuthorization}");
        }
        var overrides = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (parameter, _) in Overrides)
        {
            if (call.Arguments.OptionalString(parameter) is { } value)
            {
                overrides[parameter] = CheckHeader(parameter, value);
            }
        }
        call.Require(Capabilities.ShareFiles, bucketId, prefix);
        var bucket = await call.Store.GetBucketAsync(call.AccountId, bucketId);
        var token = await call.Tokens.IssueDownloadAsync(call.Key, bucket.Id, prefix, TimeSpan.FromSeconds(seconds), overrides);
        await call.AnswerAsync(writer =>
        {
            writer.WriteString("authorizationToken", token);
            writer.WriteString("bucketId", bucket.Id);
            writer.WriteText("fileNamePrefix", prefix);
        });
    }

    public static async Task ByNameAsync(Call call, string encodedBucket, string encodedName)
    {
        CheckMethod(call, allowPost: false);
        var bucketName = PercentEncoding.Decode(encodedBucket, "bucket name");
        var name = PercentEncoding.Decode(encodedName, "file name");
        var query = ReadQuery(call);
        var bucket = await call.Store.FindBucketByNameAsync(bucketName);
        ApplicationKey? reader = null;
        if (bucket?.Type != BucketSettings.AllPublic || HasToken(call, query))
        {
            var token = await RecognizeAsync(call, query);
            if (token is UploadToken)
            {
                throw Refusal.BadToken();
            }
            if (bucket is null && token.Key.BucketIds is null)
            {
                throw Refusal.NotFound($"Bucket {bucketName} does not exist");
            }
            // A good token takes nothing away from what everybody may read.
            var opens = bucket is not null && Opens(token, bucket, name, query);
            if (bucket is null || (bucket.Type != BucketSettings.AllPublic && !opens))
            {
                throw Refusal.Unauthorized();
            }
            // A download token opens content and no more.
            reader = opens && token is AccountToken ? token.Key : null;
        }
        var file = name.Length == 0 ? null : await call.Store.FindNewestAsync(bucket, FileNames.ToUtf8(name, "file name"));
        await SendAsync(call, file ?? throw Refusal.NotFound($"File with such name does not exist: {name}"), query, reader);
    }

    public static async Task ByIdAsync(Call call, Arguments arguments)
    {
        CheckMethod(call, allowPost: true);
        var fileId = arguments.RequiredString("fileId");
        var query = ReadQuery(call);
        if (HttpMethods.IsPost(call.Request.Method))
        {
            AddOverrides(query, arguments);
        }
        FileIds.Require(fileId);
        var file = await call.Store.FindVersionAsync(fileId);
        ApplicationKey? reader = null;
        if (file?.Bucket.Type != BucketSettings.AllPublic || HasToken(call, query))
        {
            if (await RecognizeAsync(call, query) is not AccountToken token)
            {
                throw Refusal.Unauthorized();
            }
            // What another account has is not there at all, unless everybody may read it.
            var own = file?.Bucket.AccountId == token.Key.AccountId ? file : null;
            var opens = own is null
                ? token.Key.Has(Capabilities.ReadFiles) && token.Key.AllowsFile(fileId)
                : Opens(token, own.Bucket, own.Name, query);
            if (file?.Bucket.Type != BucketSettings.AllPublic)
            {
                file = opens ? own : throw Refusal.Unauthorized();
            }
            reader = opens && own is not null ? token.Key : null;
        }
        var found = file is { Action: FileAction.Upload } ? file : throw Refusal.NotFound($"No such file: {fileId}");
        await SendAsync(call, found, query, reader);
    }

    private static async Task SendAsync(Call call, FileVersion file, Dictionary<string, string> query, ApplicationKey? reader)
    {
        var key = ProtectionHeaders.ReadCustomerKey(call.Request);
        EncryptionRules.CheckKey(file.Encryption, key);
        var stretch = ByteStretch.ReadHeader(call.Request.Headers.Range, file.Length);
        var sent = stretch ?? new(0, file.Length);
        call.TakeDownload(file.Bucket, HttpMethods.IsHead(call.Request.Method) ? 0 : sent.Length);
        var (segments, isStandIn) = await call.Store.GetContentAsync(file);
        WriteHeaders(call.Response.Headers, file, query);
        if (isStandIn)
        {
            // The digests are those of what was uploaded, and would only say that this is something else.
            call.Response.Headers["X-Bz-Content-Sha1"] = "none";
            call.Response.Headers.Remove(FileInfoRules.HeaderPrefix + "large_file_sha1");
        }
        ProtectionHeaders.Write(call.Response.Headers, file, key, reader);
        call.Response.ContentLength = sent.Length;
        call.Response.StatusCode = stretch is null ? StatusCodes.Status200OK : StatusCodes.Status206PartialContent;
        if (stretch is not null)
        {
            call.Response.Headers.ContentRange = $"bytes {sent.Start}-{sent.Start + sent.Length - 1}/{file.Length}";
        }
        if (HttpMethods.IsHead(call.Request.Method))
        {
            return;
        }
        await call.Store.SendAsync(segments, sent, bytes => call.Response.Body.WriteAsync(bytes, call.Aborted), call.Aborted);
    }

    private static void WriteHeaders(IHeaderDictionary headers, FileVersion file, Dictionary<string, string> query)
    {
        headers.AcceptRanges = "bytes";
        headers.ContentType = file.ContentType;
        headers["X-Bz-File-Id"] = file.FileId;
        headers["X-Bz-File-Name"] = PercentEncoding.Encode(file.Name);
        headers["X-Bz-Content-Sha1"] = file.Sha1 ?? "none";
        headers["X-Bz-Upload-Timestamp"] = file.Place.Timestamp.ToString();
        if (file.Replication is { } status)
        {
            headers["X-Bz-Replication-Status"] = FileAnswers.NameOf(status);
        }
        if (DefaultCacheControl(file.Bucket) is { } cacheControl)
        {
            headers.CacheControl = cacheControl;
        }
        foreach (var (key, value) in FileInfoRules.Parse(file.Info))
        {
            if (FileInfoRules.Headers.TryGetValue(key, out var header))
            {
                headers[header] = value;
            }
            else
            {
                headers[FileInfoRules.HeaderPrefix + key] = PercentEncoding.Encode(value);
            }
        }
        foreach (var (parameter, header) in Overrides)
        {
            if (query.TryGetValue(parameter, out var value))
            {
                headers[header] = CheckHeader(parameter, value);
            }
        }
    }

    private static string? DefaultCacheControl(Bucket bucket)
    {
        using var info = JsonDocument.Parse(bucket.Info);
        return info.RootElement.TryGetProperty("cache-control", out var value) && IsHeader(value.GetString()!) ? value.GetString() : null;
    }

    private static bool Opens(Token token, Bucket bucket, string name, Dictionary<string, string> query) =>
        token switch
        {
            AccountToken { Key: var key } => key.AccountId == bucket.AccountId
                && key.Has(Capabilities.ReadFiles)
                && key.AllowsBucket(bucket.Id)
                && key.AllowsName(name),
            DownloadToken download => download.BucketId == bucket.Id
                && name.StartsWith(download.Prefix, StringComparison.Ordinal)
                && download.Overrides.All(entry => query.GetValueOrDefault(entry.Key) == entry.Value),
            _ => throw Refusal.BadToken(),
        };

    private static async Task<Token> RecognizeAsync(Call call, Dictionary<string, string> query)
    {
        var token = call.Tokens.Recognize(call.AuthorizationHeader ?? query.GetValueOrDefault("Authorization"));
        if (token is AccountToken)
        {
            await call.TestModes.ExpireSomeAsync(call, token);
        }
        return token;
    }

    private static bool HasToken(Call call, Dictionary<string, string> query) =>
        call.AuthorizationHeader is not null || query.ContainsKey("Authorization");

    private static Dictionary<string, string> ReadQuery(Call call)
    {
        var query = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in call.Target.ReadQuery())
        {
            query[name] = value;
        }
        return query;
    }

    private static void AddOverrides(Dictionary<string, string> query, Arguments arguments)
    {
        foreach (var (parameter, _) in Overrides)
        {
            if (arguments.OptionalString(parameter) is { } value)
            {
                query[parameter] = value;
            }
        }
    }

    private static void CheckMethod(Call call, bool allowPost)
    {
        var method = call.Request.Method;
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !(allowPost && HttpMethods.IsPost(method)))
        {
            throw new Refusal(405, "method_not_allowed", "Downloads are made by GET or HEAD");
        }
    }

    private static string CheckHeader(string parameter, string value) =>
        IsHeader(value) ? value : throw Refusal.BadRequest($"{parameter} must be printable ASCII, and not empty");

    private static bool IsHeader(string value) => value.Length > 0 && value.All(character => character is >= ' ' and <= '~');
}
