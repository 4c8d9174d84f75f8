using System.Net.Http.Headers;

namespace B2Sdk.Emulator.Tests.Support;

/// <summary>An answer as it came: status, headers, bytes.</summary>
internal sealed record WireReply(int Status, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonObject Json =>
        JsonNode.Parse(Body) as JsonObject ?? throw new InvalidOperationException($"Status {Status}, and no JSON object: {Text}");

    public string Code => (string?)Json["code"] ?? "";

    public string Message => (string?)Json["message"] ?? "";

    /// <summary>A header of the answer, wherever the HTTP stack filed it; null when absent.</summary>
    public string? Header(string name) =>
        Headers.TryGetValues(name, out var values) || ContentHeaders.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    public static async Task<WireReply> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        new(
            (int)response.StatusCode,
            response.Headers,
            response.Content.Headers,
            await response.Content.ReadAsByteArrayAsync(cancellationToken)
        );

    public WireReply ShouldBeOk()
    {
        Status.ShouldBe(200, Text);
        return this;
    }

    public WireReply ShouldBeRefused(int status, string? code = null)
    {
        Status.ShouldBe(status, Text);
        Json["status"]!.GetValue<int>().ShouldBe(status, Text);
        if (code is not null)
        {
            Code.ShouldBe(code, Text);
        }

        return this;
    }
}
