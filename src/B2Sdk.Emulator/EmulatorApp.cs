using System.Buffers;
using System.Text.Json;
using B2Sdk.Emulator.Control;
using B2Sdk.Emulator.Endpoints;
using B2Sdk.Emulator.Http;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace B2Sdk.Emulator;

/// <summary>The order of everything. A request is (1) read as it was sent, (2) routed, (3) authenticated, (4) given its arguments, (5) done, and (6) answered or refused.</summary>
internal sealed partial class EmulatorApp(EmulatorServices services, ILogger log) : IHttpApplication<HttpContext>
{
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception) { }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        // Clients compare the dates of versions with this one, and both are the emulator's.
        context.Response.Headers.Date = services.Clock.GetUtcNow().ToString("R");
        try
        {
            await RouteAsync(context);
        }
        catch (Refusal refusal)
        {
            await RefuseAsync(context, refusal);
        }
        catch (BadHttpRequestException e)
        {
            await RefuseAsync(
                context,
                e.StatusCode == StatusCodes.Status408RequestTimeout
                    ? new(e.StatusCode, "request_timeout", "The body took too long")
                    : Refusal.BadRequest("The request is not HTTP as it should be")
            );
        }
        catch (ConnectionResetException)
        {
            // The client has gone, and with it everybody who could be answered.
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested && e is IOException or OperationCanceledException)
        {
            // The same.
        }
#pragma warning disable CA1031 // A defect of the emulator is one answer, not the end of all others.
        catch (Exception e)
        {
            LogFailed(log, context.Request.Path, e);
            await RefuseAsync(context, new(500, "internal_error", "The emulator failed; its log says how"));
        }
#pragma warning restore CA1031
    }

    private async Task RouteAsync(HttpContext context)
    {
        var target = new RequestTarget(context.Features.Get<IHttpRequestFeature>()!.RawTarget); // (1)
        if (await CrossOrigin.TryAnswerAsync(new(context, target, version: 4, services)))
        {
            return;
        }
        var segments = target.Path.Split('/', 5); // (2)
        switch (segments)
        {
            case ["", "file", var bucket, ..]:
                var name = segments.Length > 3 ? string.Join('/', segments[3..]) : "";
                await Downloads.ByNameAsync(new(context, target, version: 4, services), bucket, name);
                break;
            case ["", "b2api", ['v', >= '1' and <= '4'] version, var operation, .. var rest]:
                await OperateAsync(new(context, target, version[1] - '0', services), operation, rest is [var tail] ? tail : null);
                break;
            case ["", "_emulator", ..]:
                await ControlApi.AnswerAsync(new(context, target, version: 4, services), target.Path.Split('/')[2..]);
                break;
            default:
                throw Refusal.NotFound($"Nothing is at {target.Path}");
        }
    }

    private static async Task OperateAsync(Call call, string name, string? rest)
    {
        if (rest is not null)
        {
            await (
                name switch
                {
                    "b2_upload_file" => Uploads.FileAsync(call),
                    "b2_upload_part" => Uploads.PartAsync(call),
                    _ => throw Refusal.NotFound($"Unknown operation: {name}"),
                }
            );
            return;
        }
        if (name == "b2_download_file_by_id")
        {
            await Downloads.ByIdAsync(call, await ReadArgumentsAsync(call));
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
            call.TestModes.BeforeCall(call, name, token);
            call.Key = token.Key;
        }
        call.Arguments = await ReadArgumentsAsync(call); // (4)
        await operation(call); // (5), (6)
    }

    private static async Task<Arguments> ReadArgumentsAsync(Call call) =>
        HttpMethods.IsPost(call.Request.Method)
            ? Arguments.FromJson(await call.ReadBodyAsync())
            : Arguments.FromQuery(call.Target.ReadQuery());

    private static async Task RefuseAsync(HttpContext context, Refusal refusal)
    {
        if (context.Response.HasStarted)
        {
            // Half an answer cannot be taken back; a broken one is at least seen.
            context.Abort();
            return;
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
        var date = context.Response.Headers.Date;
        context.Response.Clear();
        context.Response.Headers.Date = date;
        context.Response.StatusCode = refusal.Status;
        context.Response.ContentType = "application/json;charset=utf-8";
        context.Response.Headers.CacheControl = "max-age=0, no-cache, no-store";
        if (
            refusal.Status == StatusCodes.Status401Unauthorized
            && context.Request.Path.Value!.EndsWith("/b2_authorize_account", StringComparison.Ordinal)
        )
        {
            context.Response.Headers.WWWAuthenticate = "BASIC realm=\"authorize_account\"";
        }
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }
        context.Response.ContentLength = body.WrittenCount;
        try
        {
            await context.Response.Body.WriteAsync(body.WrittenMemory);
        }
        catch (IOException)
        {
            // The client did not wait for it.
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The request to {Path} failed in the emulator itself", EventName = "Failed")]
    private static partial void LogFailed(ILogger logger, PathString path, Exception exception);
}
