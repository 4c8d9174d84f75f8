namespace B2Sdk.Emulator.Tests.Support;

/// <summary>Speaks to the control API, as a test in any language would.</summary>
internal sealed class ControlWire(Uri emulator, string? token = null)
{
    public Task<WireReply> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<WireReply> PostAsync(string path, string? json = null) => SendAsync(HttpMethod.Post, path, json);

    public Task<WireReply> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public Task<WireReply> SendAsync(HttpMethod method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, new Uri(emulator, $"_emulator/{path}"))
        {
            Content = json is null ? null : B2Wire.JsonBody(json),
        };
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return B2Wire.SendAsync(request);
    }
}
