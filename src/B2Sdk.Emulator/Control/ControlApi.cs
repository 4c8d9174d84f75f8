using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
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
    public static Task AnswerAsync(Call call, string[] path) =>
        (call.Request.Method, path) switch
        {
            ("GET", ["health"]) => call.AnswerAsync(writer => writer.WriteString("status", "ok")),
            ("GET", ["clock"]) => AnswerAsync(call, ReadClock(call), Json.ClockState),
            ("POST", ["clock"]) => MoveClockAsync(call),
            (_, ["health" or "clock"]) => throw new Refusal(
                405,
                "method_not_allowed",
                $"{call.Request.Method} is not for {call.Target.Path}"
            ),
            _ => throw Refusal.NotFound($"Nothing is at {call.Target.Path}"),
        };

    private static ClockState ReadClock(Call call) => new(call.Services.Clock.GetUtcNow(), call.Services.Clock.IsFrozen);

    private static async Task MoveClockAsync(Call call)
    {
        var clock = call.Services.Clock;
        var change = await ReadAsync(call, Json.ClockChange);
        if (change == new ClockChange())
        {
            throw Refusal.BadRequest("Nothing is asked of the clock: give set, advance or freeze");
        }
        try
        {
            await clock.ChangeAsync(change.Set, change.Advance, change.Freeze, call.Aborted);
        }
        catch (ArgumentException e)
        {
            throw Misuse(e);
        }
        await AnswerAsync(call, ReadClock(call), Json.ClockState);
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
            throw e.Path is null or "$"
                ? Refusal.BadJson("The body is not a JSON object")
                : Refusal.BadRequest($"{e.Path[2..]} is not known here, or not of the right type");
        }
    }

    // The names of parameters mean nothing to those who call over the wire.
    private static Refusal Misuse(ArgumentException e) =>
        Refusal.BadRequest(
            e.ParamName is null ? e.Message : e.Message.Replace($" (Parameter '{e.ParamName}')", "", StringComparison.Ordinal)
        );

    private static Task AnswerAsync<T>(Call call, T answer, JsonTypeInfo<T> type) =>
        call.AnswerAsync(JsonSerializer.SerializeToUtf8Bytes(answer, type));
}
