using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;
using Microsoft.AspNetCore.Http;

namespace B2Sdk.Emulator.Control;

/// <summary>What a fault does to the call that it befalls.</summary>
internal sealed class FaultEffects(Call call, ActiveFault active, CallFacts facts)
{
    private const string Sha1Header = "X-Bz-Content-Sha1";
    private const string LargeFileSha1Header = "X-Bz-Info-large_file_sha1";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Id => active.Id;

    private Fault Fault => active.Fault;

    private bool IsDownload => facts.Operation is TransactionClasses.DownloadById or TransactionClasses.DownloadByName;

    /// <summary>Does what is to happen before the call, and prepares what is to happen to its bytes.</summary>
    /// <exception cref="Refusal">Nothing else is to be done.</exception>
    public async Task BeginAsync()
    {
        var clock = call.Services.Clock;
        if (Fault.Delay is { } delay)
        {
            await Task.Delay(delay, clock, call.Aborted);
        }
        if (Fault.DateSkew is { } skew)
        {
            call.Response.Headers.Date = (clock.GetUtcNow() + skew).ToString("R");
        }
        if (Fault.Reset)
        {
            throw new FaultEnd(Connections.Reset);
        }
        await RefuseAsync();
        Distort(clock);
    }

    /// <summary>Changes an answer that is JSON.</summary>
    public ReadOnlyMemory<byte> Rewrite(ReadOnlyMemory<byte> json)
    {
        if (Fault.EmptyReply)
        {
            return default;
        }
        if (!Fault.WrongSha1 && !Fault.WrongLength && Fault.Page is null)
        {
            return json;
        }
        var answer = JsonNode.Parse(json.Span)!.AsObject();
        if (Fault.WrongSha1 && answer["contentSha1"]?.GetValue<string>() is { } sha1)
        {
            answer["contentSha1"] = Wrong(sha1);
        }
        if (Fault.WrongLength && answer["contentLength"]?.GetValue<long>() is { } length)
        {
            answer["contentLength"] = length + 1;
        }
        if (Fault.Page is { } page)
        {
            Pages.Distort(answer, facts.Operation, page);
        }
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new() { Encoder = Plain.Encoder }))
        {
            answer.WriteTo(writer, Plain);
        }
        return stream.ToArray();
    }

    /// <summary>True when the reply is to be lost, and nothing of it has gone out.</summary>
    public bool LosesReply => Fault.LoseReply && !call.Response.HasStarted;

    /// <summary>Drops the connection instead of a reply.</summary>
    public void DropReply() => call.Context.Abort();

    private async Task RefuseAsync()
    {
        if (Fault.ExpireToken)
        {
            if (call.Tokens.Find(call.AuthorizationHeader ?? "") is { } token)
            {
                await call.Tokens.ExpireAsync(token);
            }
            throw Refusal.ExpiredToken();
        }
        if (Fault.ExceedCap)
        {
            throw ExceededCap(facts.Operation);
        }
        if (Fault.Status is { } status)
        {
            throw new Refusal(status, Fault.Code ?? UsualCode(status), Fault.Message ?? "This is a fault that was asked for")
            {
                RetryAfter = Fault.RetryAfter,
            };
        }
    }

    private void Distort(TimeProvider time)
    {
        var isOfRequest = Fault.IsOfBytes && (Fault.Body ?? UsualBody) == FaultyBody.Request;
        if (isOfRequest)
        {
            call.Request.Body = new FaultyStream(call.Request.Body, Fault, call.Context, time);
        }
        if (Fault.LoseReply || (Fault.IsOfBytes && !isOfRequest))
        {
            call.Response.Body = new FaultyStream(call.Response.Body, Fault, call.Context, time);
        }
        if (!IsDownload || !(Fault.WrongSha1 || Fault.WrongLength || Fault.EmptyReply))
        {
            return;
        }
        if (Fault.WrongLength || Fault.EmptyReply)
        {
            call.Response.Body = new ShortenedStream(call.Response);
        }
        call.Response.OnStarting(() =>
        {
            DistortHeaders(call.Response);
            return Task.CompletedTask;
        });
    }

    private FaultyBody UsualBody => FaultRules.IsUpload(facts.Operation) ? FaultyBody.Request : FaultyBody.Response;

    private void DistortHeaders(HttpResponse response)
    {
        if (response.StatusCode >= StatusCodes.Status400BadRequest)
        {
            return;
        }
        if (Fault.WrongSha1)
        {
            var header = response.Headers[Sha1Header] == "none" ? LargeFileSha1Header : Sha1Header;
            if (response.Headers[header] is [{ } sha1])
            {
                response.Headers[header] = Wrong(sha1);
            }
        }
        if (response.ContentLength is > 0 and var length)
        {
            response.ContentLength =
                Fault.EmptyReply ? 0
                : Fault.WrongLength ? length - 1
                : length;
        }
    }

    // Another digit at the end: as long as it was, and as credible.
    private static string Wrong(string sha1) =>
        sha1.Length > 0 && char.IsAsciiHexDigit(sha1[^1]) ? sha1[..^1] + (sha1[^1] == '0' ? '1' : '0') : sha1;

    private static Refusal ExceededCap(string operation) =>
        operation switch
        {
            "b2_get_upload_url" or "b2_get_upload_part_url" => Refusal.StorageCapExceeded(),
            TransactionClasses.DownloadById or TransactionClasses.DownloadByName => Refusal.DownloadCapExceeded(),
            _ when TransactionClasses.Of(operation) != 'A' => Refusal.TransactionCapExceeded(),
            _ => Refusal.CapExceeded(),
        };

    private static string UsualCode(int status) =>
        status switch
        {
            400 => "bad_request",
            401 => "unauthorized",
            403 => "access_denied",
            404 => "not_found",
            405 => "method_not_allowed",
            408 => "request_timeout",
            409 => "conflict",
            416 => "range_not_satisfiable",
            429 => "too_many_requests",
            503 => "service_unavailable",
            >= 500 => "internal_error",
            _ => "bad_request",
        };
}
