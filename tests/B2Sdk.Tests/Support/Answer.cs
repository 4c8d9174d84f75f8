using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace B2Sdk.Tests;

/// <summary>One answer of the far side to one request.</summary>
internal delegate Task<HttpResponseMessage> Reply(FarSide far, Exchange exchange, CancellationToken cancellationToken);

/// <summary>What a far side can do besides answering well.</summary>
internal static class Answer
{
    /// <summary>The answer that the far side would give by itself.</summary>
    public static Reply Good => (far, exchange, cancellationToken) => far.AnswerWellAsync(exchange, cancellationToken);

    /// <summary>The connection cannot be made.</summary>
    public static Reply Unreachable => (_, _, _) => throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused");

    /// <summary>The name cannot be resolved.</summary>
    public static Reply UnknownHost =>
        (_, _, _) => throw new HttpRequestException(HttpRequestError.NameResolutionError, "No such host is known");

    /// <summary>The request is read, and the connection ends without an answer. Nothing was done.</summary>
    public static Reply HungUp =>
        async (_, exchange, cancellationToken) =>
        {
            await exchange.ReadBodyAsync(cancellationToken);
            throw ResponseEnded();
        };

    /// <summary>The request is done, and its answer is lost.</summary>
    public static Reply Lost =>
        async (far, exchange, cancellationToken) =>
        {
            (await far.AnswerWellAsync(exchange, cancellationToken)).Dispose();
            throw ResponseEnded();
        };

    /// <summary>Nothing moves any more, for longer than anybody waits.</summary>
    public static Reply Stalled =>
        async (far, _, cancellationToken) =>
        {
            far.Clock.AdvanceSoon(TimeSpan.FromSeconds(61));
            await Task.Delay(Timeout.InfiniteTimeSpan, far.Clock, cancellationToken);
            throw new InvalidOperationException("Not reached.");
        };

    /// <summary>Nothing moves any more; the clock is the test's.</summary>
    public static Reply Hanging =>
        async (far, _, cancellationToken) =>
        {
            far.Hung.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, far.Clock, cancellationToken);
            throw new InvalidOperationException("Not reached.");
        };

    /// <summary>The request's body is read up to some byte, and the connection breaks.</summary>
    public static Reply CutUploadAfter(long bytes) =>
        async (_, exchange, cancellationToken) =>
        {
            using var sink = new CuttingStream(bytes, new IOException("Broken pipe"));
            await exchange.Content!.CopyToAsync(sink, cancellationToken);
            throw ResponseEnded();
        };

    /// <summary>The request's body is read up to some byte, and then nothing is read any more.</summary>
    public static Reply StallUploadAfter(long bytes) =>
        async (far, exchange, cancellationToken) =>
        {
            using var sink = new CuttingStream(bytes, async stop => await Stalled(far, exchange, stop));
            await exchange.Content!.CopyToAsync(sink, cancellationToken);
            throw new InvalidOperationException("Not reached.");
        };

    public static Reply Error(int status, string code, string message = "", string? retryAfter = null) =>
        (far, _, _) =>
        {
            var body =
                $"{{\"code\":{JsonValue.Create(code).ToJsonString()},\"message\":{JsonValue.Create(message).ToJsonString()},\"status\":{status}}}";
            return Task.FromResult(Text(far, status, body, "application/json", retryAfter));
        };

    public static Reply Body(int status, string body, string type = "application/json") =>
        (far, _, _) => Task.FromResult(Text(far, status, body, type, null));

    public static Reply Json(object body) => Body(200, JsonSerializer.Serialize(body));

    public static Reply Json(JsonNode body) => Body(200, body.ToJsonString());

    /// <summary>The good answer, changed.</summary>
    public static Reply Changed(Action<HttpResponseMessage> change) =>
        async (far, exchange, cancellationToken) =>
        {
            var response = await far.AnswerWellAsync(exchange, cancellationToken);
            change(response);
            return response;
        };

    /// <summary>The good answer, with its JSON changed.</summary>
    public static Reply ChangedJson(Action<JsonObject> change) =>
        async (far, exchange, cancellationToken) =>
        {
            using var response = await far.AnswerWellAsync(exchange, cancellationToken);
            var json = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!.AsObject();
            change(json);
            return Text(far, 200, json.ToJsonString(), "application/json", null);
        };

    /// <summary>An answer that is some JSON, changed.</summary>
    public static Reply ChangedJsonOf(string text, Action<JsonObject> change)
    {
        var json = JsonNode.Parse(text)!.AsObject();
        change(json);
        return Body(200, json.ToJsonString());
    }

    /// <summary>The good answer, whose body breaks off.</summary>
    public static Reply CutBodyAfter(int bytes, Exception? how = null) => ChangedBody(body => new BrokenOffStream(body, bytes, how));

    /// <summary>The good answer, whose body ends cleanly before all of it was there.</summary>
    public static Reply EndBodyAfter(int bytes) => ChangedBody(body => new MemoryStream(body[..Math.Min(bytes, body.Length)]));

    /// <summary>The good answer, whose body stops coming.</summary>
    public static Reply StallBodyAfter(int bytes) =>
        async (far, exchange, cancellationToken) =>
            await ChangedBody(body => new BrokenOffStream(body, bytes, far.Clock))(far, exchange, cancellationToken);

    public static Reply ChangedBody(Func<byte[], Stream> change) =>
        async (far, exchange, cancellationToken) =>
        {
            var response = await far.AnswerWellAsync(exchange, cancellationToken);
            var whole = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            var content = new StreamContent(change(whole));
            foreach (var (name, values) in response.Content.Headers.NonValidated)
            {
                content.Headers.TryAddWithoutValidation(name, values.ToString());
            }
            content.Headers.ContentLength = whole.Length;
            response.Content = content;
            return response;
        };

    public static HttpResponseMessage Text(FarSide far, int status, string body, string type, string? retryAfter)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        response.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (far.SaysDate)
        {
            response.Headers.Date = far.Clock.GetUtcNow() + far.ClockSkew;
        }
        if (retryAfter is not null)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        }
        return response;
    }

    private static HttpRequestException ResponseEnded() =>
        new(
            HttpRequestError.ResponseEnded,
            "An error occurred while sending the request.",
            new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely.")
        );
}
