using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;
using B2Sdk.Emulator.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace B2Sdk.Emulator.Endpoints;

/// <summary>Requests of web pages to download and upload URLs: what browsers ask first, and the headers that let pages have the answers.</summary>
internal static class CrossOrigin
{
    /// <summary>Says why a page was refused, to whoever looks into what the browser got.</summary>
    private const string DebugHeader = "X-Emulator-Cors";

    private const int LongestReason = 2000;

    /// <summary>Answers a preflight, or gives the answer to come the headers that the bucket's rules allow. False when the request itself is still to be answered.</summary>
    public static async Task<bool> TryAnswerAsync(Call call)
    {
        if (call.Request.Headers.Origin is not [{ Length: > 0 } origin] || Find(call.Target) is not { } target)
        {
            return false;
        }
        var bucket = await target.FindBucket(call.Store);
        var isPreflight =
            HttpMethods.IsOptions(call.Request.Method) && call.Request.Headers.ContainsKey(HeaderNames.AccessControlRequestMethod);
        var decision = Decide(call, target, bucket, origin, isPreflight);
        // Refusals keep these headers too.
        call.Response.OnStarting(() =>
        {
            Write(call, decision, isPreflight ? target.Methods : null);
            return Task.CompletedTask;
        });
        if (!isPreflight)
        {
            return false;
        }
        if (decision.Rule is null)
        {
            throw new Refusal(403, "access_denied", $"This CORS request is not allowed: {decision.Reason}");
        }
        call.Response.StatusCode = StatusCodes.Status200OK;
        call.Response.ContentLength = 0;
        return true;
    }

    private static CorsDecision Decide(Call call, CorsTarget target, Bucket? bucket, string origin, bool isPreflight)
    {
        CorsDecision Refuse(string reason) => new(Rule: null, origin, reason);
        if (bucket is null)
        {
            return Refuse("there is no such bucket");
        }
        var headers = isPreflight ? Split(call.Request.Headers.AccessControlRequestHeaders) : [];
        if (isPreflight)
        {
            var method = call.Request.Headers.AccessControlRequestMethod.ToString();
            if (!target.Methods.Contains(method, StringComparer.Ordinal))
            {
                return Refuse($"{target.Operation} is not called by {method}");
            }
            if (NamesAccountToken(call) && !call.Lenient.Cors)
            {
                return Refuse("it names an account token, which pages must not have; give them download tokens");
            }
        }
        var rules = call.Lenient.Cors ? [CorsRule.AllowAll(target.Operation)] : CorsRule.Parse(bucket.CorsRules);
        return Cors.Decide(rules, target.Operation, origin, headers);
    }

    private static void Write(Call call, CorsDecision decision, IReadOnlyList<string>? methods)
    {
        var headers = call.Response.Headers;
        headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        if (decision.Rule is not { } rule)
        {
            headers[DebugHeader] = Printable(decision.Reason);
            return;
        }
        headers.AccessControlAllowOrigin = decision.Origin;
        if (methods is null)
        {
            Write(headers, HeaderNames.AccessControlExposeHeaders, rule.ExposeHeaders);
            return;
        }
        Write(headers, HeaderNames.AccessControlAllowMethods, methods);
        Write(headers, HeaderNames.AccessControlAllowHeaders, Split(call.Request.Headers.AccessControlRequestHeaders));
        headers.AccessControlMaxAge = rule.MaxAgeInSeconds.ToString();
    }

    private static void Write(IHeaderDictionary headers, string name, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            headers[name] = Printable(string.Join(", ", values));
        }
    }

    /// <summary>What a page may want, by the path; null for calls that are not for pages at all.</summary>
    private static CorsTarget? Find(RequestTarget target)
    {
        const string ById = "b2_download_file_by_id";
        return target.Path.Split('/', 6) switch
        {
            ["", "file", var bucket, ..] => new(
                "b2_download_file_by_name",
                ["GET", "HEAD"],
                store => store.FindBucketByNameAsync(PercentEncoding.Decode(bucket, "bucket name"))
            ),
            ["", "b2api", _, ById] => new(
                ById,
                ["GET", "HEAD", "POST"],
                store => FindByFileAsync(store, target.ReadQuery().LastOrDefault(parameter => parameter.Key == "fileId").Value)
            ),
            ["", "b2api", _, "b2_upload_file" and var upload, var bucketId, ..] => new(
                upload,
                ["POST"],
                store => store.FindBucketAsync(bucketId)
            ),
            ["", "b2api", _, "b2_upload_part" and var upload, var fileId, ..] => new(
                upload,
                ["POST"],
                store => FindByFileAsync(store, fileId)
            ),
            _ => null,
        };
    }

    private static async Task<Bucket?> FindByFileAsync(Store store, string? fileId) =>
        fileId is not null && FileIds.ReadBucket(fileId) is { } bucketId ? await store.FindBucketAsync(bucketId) : null;

    private static bool NamesAccountToken(Call call)
    {
        var query = call.Target.ReadQuery().LastOrDefault(parameter => parameter.Key == "Authorization").Value;
        return new[] { call.AuthorizationHeader, query }.Any(text => text is not null && call.Tokens.Find(text) is AccountToken);
    }

    private static List<string> Split(string? list) =>
        [.. (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    // What stands here may come from the request; a header holds no line ends and nothing beyond ASCII.
    private static string Printable(string text) =>
        string.Concat(text.Take(LongestReason).Select(character => character is >= ' ' and <= '~' ? character : '?'));
}
