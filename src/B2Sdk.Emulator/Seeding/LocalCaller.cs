using System.Text;
using System.Text.Json;
using B2Sdk.Emulator.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace B2Sdk.Emulator.Seeding;

/// <summary>Calls the emulator from within as a client would from without, so that what is seeded obeys the same rules.</summary>
internal sealed class LocalCaller(EmulatorApp app)
{
    private string _token = "";

    /// <summary>Takes up the account for which the next calls are.</summary>
    public async Task AuthorizeAsync(EmulatorAccount account)
    {
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account.ApplicationKeyId}:{account.ApplicationKey}"));
        var answer = await SendAsync("/b2api/v4/b2_authorize_account", [("Authorization", $"Basic {credentials}")], Stream.Null, length: 0);
        _token = answer.GetProperty("authorizationToken").GetString()!;
    }

    /// <summary>Makes a call with JSON arguments.</summary>
    /// <exception cref="Refusal">It was refused.</exception>
    public async Task<JsonElement> CallAsync(string operation, Action<Utf8JsonWriter> writeArguments)
    {
        using var body = new MemoryStream(Render(writeArguments), writable: false);
        return await SendAsync($"/b2api/v4/{operation}", [("Authorization", _token)], body, body.Length);
    }

    /// <summary>Writes the arguments of a call.</summary>
    public static byte[] Render(Action<Utf8JsonWriter> writeArguments)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writeArguments(writer);
            writer.WriteEndObject();
        }
        return json.ToArray();
    }

    /// <summary>Posts something as it is.</summary>
    /// <exception cref="Refusal">It was refused.</exception>
    public async Task<JsonElement> SendAsync(string target, IEnumerable<(string Name, string Value)> headers, Stream body, long length)
    {
        var context = new DefaultHttpContext();
        var request = context.Features.Get<IHttpRequestFeature>()!;
        request.Method = HttpMethods.Post;
        request.Scheme = "http";
        request.RawTarget = target;
        request.Path = target;
        request.Body = body;
        request.Headers.Host = "localhost";
        request.Headers.ContentLength = length;
        foreach (var (name, value) in headers)
        {
            request.Headers[name] = value;
        }
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        await app.ProcessFromWithinAsync(context);
        using var json = JsonDocument.Parse(answer.ToArray());
        return context.Response.StatusCode == StatusCodes.Status200OK
            ? json.RootElement.Clone()
            : throw new Refusal(
                context.Response.StatusCode,
                json.RootElement.GetProperty("code").GetString()!,
                json.RootElement.GetProperty("message").GetString()!
            );
    }
}
