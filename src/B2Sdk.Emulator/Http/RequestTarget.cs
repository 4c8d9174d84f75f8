namespace B2Sdk.Emulator.Http;

/// <summary>What stands in the request line, as it was sent: the server's own reading folds names such as <c>a/../b</c>.</summary>
internal readonly struct RequestTarget
{
    private readonly string _query;

    public RequestTarget(string raw)
    {
        // A proxy may be spoken to with a whole URL.
        var start =
            raw.StartsWith('/') ? 0
            : raw.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0 ? raw.IndexOf('/', scheme + 3)
            : -1;
        var local = start < 0 ? "/" : raw[start..];
        var question = local.IndexOf('?', StringComparison.Ordinal);
        Path = question < 0 ? local : local[..question];
        _query = question < 0 ? "" : local[(question + 1)..];
    }

    /// <summary>The path, still encoded.</summary>
    public string Path { get; }

    /// <summary>The parameters, decoded, in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ReadQuery()
    {
        var parameters = new List<KeyValuePair<string, string>>();
        foreach (var pair in _query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? pair : pair[..equals];
            var value = equals < 0 ? "" : pair[(equals + 1)..];
            parameters.Add(new(PercentEncoding.Decode(name, "query"), PercentEncoding.Decode(value, "query")));
        }
        return parameters;
    }
}
