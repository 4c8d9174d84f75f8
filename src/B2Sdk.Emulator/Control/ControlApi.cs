using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using B2Sdk.Emulator.Endpoints;
using B2Sdk.Emulator.Http;

namespace B2Sdk.Emulator.Control;

/// <summary>What is under /_emulator/: everything that can be done with the emulator, rather than with what it keeps.</summary>
internal static class ControlApi
{
    // Names are written as they are: what is written here is never part of a page.
    private static readonly ControlJson Json = new(
        new JsonSerializerOptions(ControlJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
    );

    /// <summary>Answers a call by the segments of its path behind /_emulator/.</summary>
    public static async Task AnswerAsync(Call call, string[] path)
    {
        ControlGate.Check(call, isOpen: path is ["health"] || path is [var file] && PageFiles.Has(file));
        try
        {
            await RouteAsync(call, path);
        }
        catch (ArgumentException e)
        {
            // The names of parameters mean nothing to those who call over the wire.
            throw Refusal.BadRequest(e.Message.Replace($" (Parameter '{e.ParamName}')", "", StringComparison.Ordinal));
        }
        catch (KeyNotFoundException e)
        {
            throw Refusal.NotFound(e.Message);
        }
    }

    private static Task RouteAsync(Call call, string[] path)
    {
        var control = call.Services.Control;
        return (call.Request.Method, path) switch
        {
            ("GET", ["health"]) => call.AnswerAsync(writer => writer.WriteString("status", "ok")),
            ("GET", []) => RedirectAsync(call),
            ("GET", [var file]) when PageFiles.Has(file) => PageFiles.SendAsync(call, file),
            ("GET", ["status"]) => Spectator.StatusAsync(call),
            ("GET", ["buckets"]) => Spectator.BucketsAsync(call),
            ("GET", ["buckets", var id, "versions"]) => Spectator.VersionsAsync(call, id),
            ("GET", ["accounts"]) => Spectator.AccountsAsync(call),
            ("POST", ["reset"]) => DoAsync(call, control.ResetAsync()),
            ("POST", ["accounts"]) => CreateAccountAsync(call),
            ("GET", ["clock"]) => AnswerAsync(call, ReadClock(call), Json.ClockState),
            ("POST", ["clock"]) => MoveClockAsync(call),
            ("GET", ["caps"]) => AnswerAsync(call, call.Services.Caps.Caps, Json.EmulatorCaps),
            ("PUT", ["caps"]) => SetCapsAsync(call),
            ("GET", ["faults"]) => AnswerAsync(call, new(call.Services.Faults.Active), Json.FaultList),
            ("POST", ["faults"]) => AddFaultAsync(call),
            ("DELETE", ["faults"]) => DoAsync(call, call.Services.Faults.Clear),
            ("GET", ["faults", var id]) => AnswerAsync(call, FindFault(call, id), Json.ActiveFault),
            ("DELETE", ["faults", var id]) => DoAsync(call, () => call.Services.Faults.Remove(FindFault(call, id).Id)),
            ("GET", ["journal"]) => AnswerAsync(call, call.Services.Journal.Read(ReadQuery(call)), Json.JournalPage),
            ("GET", ["journal", "counts"]) => AnswerAsync(call, Count(call), Json.JournalCounts),
            ("DELETE", ["journal"]) => DoAsync(call, call.Services.Journal.Clear),
            ("GET", ["snapshots"]) => AnswerAsync(call, new(call.Store.ListSnapshots()), Json.SnapshotList),
            ("PUT", ["snapshots", var name]) => DoAsync(call, control.SaveSnapshotAsync(name)),
            ("POST", ["snapshots", var name, "load"]) => DoAsync(call, control.LoadSnapshotAsync(name)),
            ("DELETE", ["snapshots", var name]) => DoAsync(call, control.DeleteSnapshotAsync(name)),
            ("POST", ["seed"]) => SeedRequest.TakeAsync(call),
            ("POST", ["replicas"]) => Replicas.TakeAsync(call),
            _ when IsKnown(path) => throw new Refusal(405, "method_not_allowed", $"{call.Request.Method} is not for {call.Target.Path}"),
            _ => throw Refusal.NotFound($"Nothing is at {call.Target.Path}"),
        };
    }

    /// <summary>True when something is there, if not by this method.</summary>
    private static bool IsKnown(string[] path) =>
        path
            is []
                or [
                    "health"
                    or "status"
                    or "reset"
                    or "accounts"
                    or "buckets"
                    or "caps"
                    or "clock"
                    or "faults"
                    or "journal"
                    or "snapshots"
                    or "replicas"
                    or "seed",
                ]
                or ["faults" or "snapshots", _]
                or ["journal", "counts"]
                or ["snapshots", _, "load"]
                or ["buckets", _, "versions"]
        || (path is [var file] && PageFiles.Has(file));

    // The page's own links need the slash.
    private static Task RedirectAsync(Call call)
    {
        call.Response.Redirect("/_emulator/");
        return Task.CompletedTask;
    }

    /// <summary>Waits for something that has nothing to tell.</summary>
    private static async Task DoAsync(Call call, Task work)
    {
        await work;
        await call.AnswerAsync(_ => { });
    }

    private static Task DoAsync(Call call, Action action)
    {
        action();
        return call.AnswerAsync(_ => { });
    }

    private static async Task CreateAccountAsync(Call call) =>
        await AnswerAsync(call, await call.Services.Control.CreateAccountAsync(), Json.EmulatorAccount);

    private static ClockState ReadClock(Call call) => new(call.Services.Clock.GetUtcNow(), call.Services.Clock.IsFrozen);

    private static async Task MoveClockAsync(Call call)
    {
        var clock = call.Services.Clock;
        var change = await ReadAsync(call, Json.ClockChange);
        if (change == new ClockChange())
        {
            throw Refusal.BadRequest("Nothing is asked of the clock: give set, advance or freeze");
        }
        await clock.ChangeAsync(change.Set, change.Advance, change.Freeze, call.Aborted);
        await AnswerAsync(call, ReadClock(call), Json.ClockState);
    }

    private static async Task SetCapsAsync(Call call)
    {
        var caps = (await ReadAsync(call, Json.EmulatorCaps)).Check("caps");
        call.Services.Caps.Caps = caps;
        await AnswerAsync(call, caps, Json.EmulatorCaps);
    }

    private static async Task AddFaultAsync(Call call)
    {
        var fault = await ReadAsync(call, Json.Fault);
        await AnswerAsync(call, call.Services.Faults.Add(fault), Json.ActiveFault);
    }

    private static ActiveFault FindFault(Call call, string id) =>
        call.Services.Faults.Active.FirstOrDefault(fault => fault.Id == id) ?? throw new KeyNotFoundException($"There is no fault '{id}'.");

    private static JournalQuery ReadQuery(Call call)
    {
        var query = Arguments.FromQuery(call.Target.ReadQuery());
        var defaults = new JournalQuery();
        query.RefuseAllBut("since", "limit", "operation", "accountId", "bucket", "fileName", "status");
        return new()
        {
            Since = query.OptionalInteger("since") ?? defaults.Since,
            Limit = (int)Math.Clamp(query.OptionalInteger("limit") ?? defaults.Limit, int.MinValue, int.MaxValue),
            Operation = query.OptionalString("operation"),
            AccountId = query.OptionalString("accountId"),
            Bucket = query.OptionalString("bucket"),
            FileName = query.OptionalString("fileName"),
            Status = (int?)query.OptionalInteger("status"),
        };
    }

    private static JournalCounts Count(Call call)
    {
        var query = Arguments.FromQuery(call.Target.ReadQuery());
        query.RefuseAllBut("accountId");
        return call.Services.Journal.Count(query.OptionalString("accountId"));
    }

    private static async Task<T> ReadAsync<T>(Call call, JsonTypeInfo<T> type)
        where T : class
    {
        var body = await call.ReadBodyAsync();
        try
        {
            return JsonSerializer.Deserialize(body.Span, type) ?? throw Refusal.BadRequest("The body must be a JSON object");
        }
        catch (JsonException e)
        {
            throw ControlJson.Explain(e) is { } wrong ? Refusal.BadRequest(wrong) : Refusal.BadJson("The body is not a JSON object");
        }
    }

    private static Task AnswerAsync<T>(Call call, T answer, JsonTypeInfo<T> type) =>
        call.AnswerAsync(JsonSerializer.SerializeToUtf8Bytes(answer, type));
}
