using System.Buffers;
using System.Text.Json;
using B2Sdk.Emulator.Control;
using B2Sdk.Emulator.Endpoints;
using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace B2Sdk.Emulator;

/// <summary>The order of everything. A request is (1) read as it was sent, (2) routed, (3) authenticated, (4) given its arguments, (5) done, and (6) answered or refused.</summary>
internal sealed partial class EmulatorApp(EmulatorServices services, ILogger log) : IHttpApplication<HttpContext>
{
    private const int LastVersion = 4;
    private readonly CallLog _callLog = new(log);

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception) { }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        // Clients compare the dates of versions with this one, and both are the emulator's.
        context.Response.Headers.Date = services.Clock.GetUtcNow().ToString("R");
        var record = new CallRecord(services.Clock) { Method = context.Request.Method, BytesIn = context.Request.ContentLength ?? 0 };
        context.Response.OnStarting(() =>
        {
            WriteDown(record, context.Response);
            return Task.CompletedTask;
        });
        var isAnswered = await TryAnswerAsync(context, record);
        if (record.Fault is { LosesReply: true } fault)
        {
            // Whoever sees the connection end finds the call written down.
            services.Journal.Add(record);
            fault.DropReply();
        }
        else if (!isAnswered)
        {
            // Nothing goes out that could tell of it.
            services.Journal.Add(record);
        }
        record.End();
        _callLog.Write(record);
    }

    /// <summary>Answers a call that the emulator makes itself. It meets no fault, and is not in the journal.</summary>
    public Task ProcessFromWithinAsync(HttpContext context) =>
        TryAnswerAsync(context, new(services.Clock) { Method = context.Request.Method, IsFromWithin = true });

    /// <summary>Answers a request or refuses it; false when nobody is there to be answered any more.</summary>
    private async Task<bool> TryAnswerAsync(HttpContext context, CallRecord record)
    {
        try
        {
            await RouteAsync(context, record);
            return true;
        }
        catch (Refusal refusal)
        {
            return await TryRefuseAsync(context, record, refusal);
        }
        catch (BadHttpRequestException e)
        {
            return await TryRefuseAsync(
                context,
                record,
                e.StatusCode == StatusCodes.Status408RequestTimeout
                    ? new(e.StatusCode, "request_timeout", "The body took too long")
                    : Refusal.BadRequest("The request is not HTTP as it should be")
            );
        }
        catch (FaultEnd end)
        {
            end.EndConnection(context);
            return false;
        }
        catch (ConnectionResetException)
        {
            // The client has gone, and with it everybody who could be answered.
            return false;
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested && e is IOException or OperationCanceledException)
        {
            // The same.
            return false;
        }
#pragma warning disable CA1031 // A defect of the emulator is one answer, not the end of all others.
        catch (Exception e)
        {
            LogFailed(log, context.Request.Path, e);
            return await TryRefuseAsync(context, record, new(500, "internal_error", "The emulator failed; its log says how"));
        }
#pragma warning restore CA1031
    }

    /// <summary>Writes down how a call is answered, at the moment when the answer goes out.</summary>
    private void WriteDown(CallRecord record, HttpResponse response)
    {
        if (record.Number > 0)
        {
            // The server makes up an answer, which nobody gets.
            return;
        }
        record.Status = response.StatusCode;
        record.BytesOut = HttpMethods.IsHead(record.Method) ? 0 : response.ContentLength ?? 0;
        services.Journal.Add(record);
        if (record is { Rows: > 0, IsFromWithin: false, Facts.AccountId: { } accountId })
        {
            services.Caps.AddRows(accountId, record.Rows);
        }
    }

    private async Task RouteAsync(HttpContext context, CallRecord record)
    {
        if (context.Request.Method.Any(char.IsAsciiLetterLower))
        {
            // The platform takes get for GET, which HTTP does not.
            throw new Refusal(405, "method_not_allowed", $"There is no method {context.Request.Method}; methods are in upper case");
        }
        var target = new RequestTarget(context.Features.Get<IHttpRequestFeature>()!.RawTarget); // (1)
        Call NewCall(int version)
        {
            record.Version = version;
            return new(context, target, version, services, record);
        }

        if (await CrossOrigin.TryAnswerAsync(NewCall(4)))
        {
            return;
        }
        var segments = target.Path.Split('/', 5); // (2)
        switch (segments)
        {
            case ["", "file", var bucket, ..]:
                var name = segments.Length > 3 ? string.Join('/', segments[3..]) : "";
                await DownloadAsync(NewCall(4), bucket, name);
                break;
            case ["", "b2api", var segment, var operation, .. var rest] when ReadVersion(segment) is { } version:
                record.Facts = CallReader.ReadOperation(operation);
                await OperateAsync(NewCall(version), operation, rest is [var tail] ? tail : null);
                break;
            case ["", "_emulator", ..]:
                await ControlApi.AnswerAsync(NewCall(4), target.Path.Split('/')[2..]);
                break;
            default:
                throw Refusal.NotFound($"Nothing is at {target.Path}");
        }
    }

    private int? ReadVersion(string segment) =>
        segment switch
        {
            ['v', >= '1' and <= '4' and var digit] => digit - '0',
            ['v', .. var number] when services.Leniency.ApiVersions && int.TryParse(number, out var later) && later > LastVersion =>
                LastVersion,
            _ => null,
        };

    private static async Task DownloadAsync(Call call, string bucket, string name)
    {
        var facts = CallReader.ReadOperation(TransactionClasses.DownloadByName);
        await MeetFaultAsync(call, CallReader.ReadDownload(facts, call, bucket, name));
        await Downloads.ByNameAsync(call, bucket, name);
    }

    private static async Task OperateAsync(Call call, string name, string? rest)
    {
        var facts = call.Record.Facts!;
        if (rest is not null)
        {
            Func<Call, Task> upload = name switch
            {
                "b2_upload_file" => Uploads.FileAsync,
                "b2_upload_part" => Uploads.PartAsync,
                _ => throw Refusal.NotFound($"Unknown operation: {name}"),
            };
            await MeetFaultAsync(call, CallReader.ReadUpload(facts, call, rest));
            await upload(call);
            return;
        }
        if (name == TransactionClasses.DownloadById)
        {
            var arguments = await ReadArgumentsAsync(call);
            if (!arguments.Has("fileId"))
            {
                // Those of a POST may stand in either place.
                arguments = Arguments.FromQuery(call.Target.ReadQuery());
            }
            await MeetFaultAsync(call, CallReader.Read(CallReader.ReadReader(facts, call), arguments));
            await Downloads.ByIdAsync(call, arguments);
            return;
        }
        if (!Operations.All.TryGetValue(name, out var operation))
        {
            throw Refusal.NotFound($"Unknown operation: {name}");
        }
        if (!HttpMethods.IsPost(call.Request.Method) && !HttpMethods.IsGet(call.Request.Method))
        {
            throw new Refusal(405, "method_not_allowed", $"{name} is called by POST or GET");
        }
        if (operation != Accounts.AuthorizeAsync)
        {
            var token = call.Tokens.Recognize(call.AuthorizationHeader) as AccountToken ?? throw Refusal.BadToken(); // (3)
            await call.TestModes.BeforeCallAsync(call, name, token);
            call.Key = token.Key;
        }
        call.Arguments = await ReadArgumentsAsync(call); // (4)
        await MeetFaultAsync(call, CallReader.Read(call.Record.Facts!, call.Arguments));
        if (operation != Accounts.AuthorizeAsync)
        {
            call.TakeTransaction();
        }
        await operation(call); // (5), (6)
    }

    /// <summary>Writes down what the call is about, and lets it meet the fault that is there for it.</summary>
    private static async Task MeetFaultAsync(Call call, CallFacts facts)
    {
        call.Record.Facts = facts;
        var faults = call.Services.Faults;
        if (
            faults.Active.Count > 0
            && !call.Record.IsFromWithin
            && faults.Strike(await CallReader.CompleteAsync(facts, call)) is { } struck
        )
        {
            call.Record.Fault = new(call, struck, facts);
            await call.Record.Fault.BeginAsync();
        }
    }

    private static async Task<Arguments> ReadArgumentsAsync(Call call) =>
        HttpMethods.IsPost(call.Request.Method)
            ? Arguments.FromJson(await call.ReadBodyAsync())
            : Arguments.FromQuery(call.Target.ReadQuery());

    private static async Task<bool> TryRefuseAsync(HttpContext context, CallRecord record, Refusal refusal)
    {
        record.Code = refusal.Code;
        if (context.Response.HasStarted)
        {
            // Half an answer cannot be taken back; a broken one is at least seen.
            context.Abort();
            return false;
        }
        var body = new ArrayBufferWriter<byte>();
        await using (var writer = new Utf8JsonWriter(body, JsonText.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("code", refusal.Code);
            writer.WriteText("message", refusal.Message);
            writer.WriteNumber("status", refusal.Status);
            writer.WriteEndObject();
        }
        WriteHead(context, refusal);
        if (context.Request.Method == HttpMethods.Head)
        {
            return true;
        }
        context.Response.ContentLength = body.WrittenCount;
        try
        {
            await context.Response.Body.WriteAsync(body.WrittenMemory);
            return true;
        }
        catch (IOException)
        {
            // The client did not wait for it.
            return false;
        }
        catch (FaultEnd end)
        {
            end.EndConnection(context);
            return false;
        }
    }

    private static void WriteHead(HttpContext context, Refusal refusal)
    {
        var date = context.Response.Headers.Date;
        context.Response.Clear();
        context.Response.StatusCode = refusal.Status;
        context.Response.ContentType = "application/json;charset=utf-8";
        var headers = context.Response.Headers;
        headers.Date = date;
        headers.CacheControl = "max-age=0, no-cache, no-store";
        // B2 ends the connection after a 400. And who asks before sending a body keeps it back now, so that what comes next would be taken for it.
        if (refusal.Status == StatusCodes.Status400BadRequest || context.Request.Headers.Expect.Count > 0)
        {
            headers.Connection = "close";
        }
        if (refusal.RetryAfter is not null)
        {
            headers.RetryAfter = refusal.RetryAfter;
        }
        if (
            refusal.Status == StatusCodes.Status401Unauthorized
            && context.Request.Path.Value!.EndsWith("/b2_authorize_account", StringComparison.Ordinal)
        )
        {
            headers.WWWAuthenticate = "BASIC realm=\"authorize_account\"";
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The request to {Path} failed in the emulator itself", EventName = "Failed")]
    private static partial void LogFailed(ILogger logger, PathString path, Exception exception);
}
