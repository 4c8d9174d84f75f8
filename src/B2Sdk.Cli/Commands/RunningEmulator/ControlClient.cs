using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace B2Sdk.Cli.Commands.RunningEmulator;

/// <summary>Speaks to the control API of an emulator that is running.</summary>
internal sealed class ControlClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly Uri _url;

    // What falls due by a move of the clock, or is sent as a seed, takes as long as it takes.
    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = Patience, UseProxy = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

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
    public Task<JsonElement> SendAsync(HttpMethod method, string path, string? json, CancellationToken cancellationToken) =>
        SendAsync(
            method,
            path,
            json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"),
            subject: null,
            cancellationToken
        );

    /// <summary>Sends a call of which much may have to be sent, and returns the answer that is no refusal.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path behind /_emulator/.</param>
    /// <param name="content">What is sent.</param>
    /// <param name="subject">What a refusal is said to be of; null for nothing in particular.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CommandException">Nobody answers, or the answer is a refusal.</exception>
    public async Task<JsonElement> SendAsync(
        HttpMethod method,
        string path,
        HttpContent? content,
        string? subject,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(method, new Uri(_url, $"/_emulator/{path}")) { Content = content };
        // A refusal for the control token comes before anything is sent.
        request.Headers.ExpectContinue = content is MultipartContent;
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            var answer = await ReadAsync(response, cancellationToken);
            return response.IsSuccessStatusCode ? answer : throw Refused(answer, subject);
        }
        catch (HttpRequestException e)
            when (e.HttpRequestError is not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError))
        {
            throw new CommandException($"The emulator at {_url.GetLeftPart(UriPartial.Authority)} broke off: {e.Message}");
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

    private static CommandException Refused(JsonElement answer, string? subject)
    {
        var refused = subject is null ? "The emulator refused" : $"The emulator refused {subject}";
        return new(
            answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("message", out var message)
                ? $"{refused}: {message.GetString()}"
                : $"{refused}, and does not say why."
        );
    }
}
