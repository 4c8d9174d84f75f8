using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace B2Sdk.Cli.Commands.RunningEmulator;

/// <summary>Speaks to the control API of an emulator that is running.</summary>
internal sealed class ControlClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly Uri _url;
    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = Patience, UseProxy = false });

    public ControlClient(Uri url, string? token)
    {
        _url = url;
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, json: null, cancellationToken);

    /// <summary>Sends a call, and returns the answer that is no refusal.</summary>
    /// <exception cref="CommandException">Nobody answers, or the answer is a refusal.</exception>
    public async Task<JsonElement> SendAsync(HttpMethod method, string path, string? json, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(_url, $"/_emulator/{path}"));
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            var answer = await ReadAsync(response, cancellationToken);
            return response.IsSuccessStatusCode ? answer : throw Refused(answer);
        }
        catch (HttpRequestException)
        {
            throw new CommandException(
                $"No emulator answers at {_url.GetLeftPart(UriPartial.Authority)}. Start one with 'b2 emulator', or say with --url where it is."
            );
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new CommandException($"What answers at {_url.GetLeftPart(UriPartial.Authority)} is no emulator.");
        }
    }

    private static CommandException Refused(JsonElement answer) =>
        new(
            answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("message", out var message)
                ? $"The emulator refused: {message.GetString()}"
                : "The emulator refused, and does not say why."
        );
}
