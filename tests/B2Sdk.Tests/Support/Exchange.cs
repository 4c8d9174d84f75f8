using System.Text;
using System.Text.Json;

namespace B2Sdk.Tests;

/// <summary>A request as the far side saw it.</summary>
internal sealed class Exchange
{
    private byte[]? _body;

    public Exchange(HttpRequestMessage request, int number)
    {
        Number = number;
        Method = request.Method.Method;
        Url = request.RequestUri!;
        Content = request.Content;
        ContentLength = request.Content?.Headers.ContentLength;
        ExpectsContinue = request.Headers.ExpectContinue == true;
        IsChunked = request.Headers.TransferEncodingChunked == true;
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            Headers[name] = values.ToString();
        }
        if (request.Content is not null)
        {
            foreach (var (name, values) in request.Content.Headers.NonValidated)
            {
                Headers[name] = values.ToString();
            }
        }
    }

    public int Number { get; }
    public string Method { get; }
    public Uri Url { get; }
    public HttpContent? Content { get; }
    public long? ContentLength { get; }
    public bool ExpectsContinue { get; }
    public bool IsChunked { get; }
    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of the operation, as the service calls it.</summary>
    public string Operation =>
        Url.AbsolutePath.StartsWith("/file/", StringComparison.Ordinal)
            ? "b2_download_file_by_name"
            : Url.AbsolutePath.Split('/').First(segment => segment.StartsWith("b2_", StringComparison.Ordinal));

    public string Token => Headers.GetValueOrDefault("Authorization", "");

    /// <summary>The body; empty when it was not read.</summary>
    public byte[] Body => _body ?? [];

    public JsonElement Json => JsonDocument.Parse(Encoding.UTF8.GetString(Body)).RootElement;

    public async Task<byte[]> ReadBodyAsync(CancellationToken cancellationToken)
    {
        if (_body is null && Content is not null)
        {
            using var sink = new MemoryStream();
            await Content.CopyToAsync(sink, cancellationToken);
            _body = sink.ToArray();
        }
        return Body;
    }

    public string? Text(string member) =>
        Json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
