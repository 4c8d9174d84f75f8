using System.Security.Cryptography;

namespace B2Sdk.Fuzz;

/// <summary>Makes requests, of which the same seed makes the same ones.</summary>
internal sealed class RequestGenerator(Random random, Surroundings around)
{
    private static readonly string[] Versions = ["v1", "v2", "v3", "v4"];
    private static readonly string[] NoVersions = ["v0", "v5", "v", ""];
    private static readonly string[] Methods = ["PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "GET", "X"];

    private static readonly string[] OddLines =
    [
        "Content-Length: 5",
        "Content-Length: -1",
        "Content-Length: 18446744073709551616",
        "Transfer-Encoding: chunked",
        "Transfer-Encoding: gzip, chunked",
        "Host: other",
        "Connection: upgrade",
        "Upgrade: h2c",
        "Expect: 100-continue",
        "Expect: the worst",
        "Bad Name: 1",
        ": 1",
        "X",
        " folded",
        "X-Nul: a\0b",
        "Content-Type: \u00ff",
        "Authorization: other",
    ];

    private static readonly string[] Overrides =
    [
        "b2CacheControl",
        "b2ContentDisposition",
        "b2ContentEncoding",
        "b2ContentLanguage",
        "b2ContentType",
        "b2Expires",
        "Authorization",
        "fileId",
        "",
    ];

    private readonly JsonDamage _json = new(random, around);

    public FuzzRequest Next() =>
        random.Next(10) switch
        {
            < 5 => Call(),
            < 7 => Upload(),
            < 9 => Download(),
            _ => Control(),
        };

    private FuzzRequest Call()
    {
        var (operation, template) = random.Pick(Templates.Calls);
        if (random.OneIn(50))
        {
            operation = random.OneIn(2) ? "b2_authorize_account" : "b2_no_such_call";
        }
        var body = Encoding.UTF8.GetBytes(_json.Write(template));
        var path = $"/b2api/{Version()}/{operation}";
        if (random.OneIn(6))
        {
            return Assemble("GET", path + Query((JsonObject)template), Headers(), []);
        }
        return Assemble(Method("POST"), path, Headers(), random.OneIn(6) ? random.Damage(body) : body);
    }

    private FuzzRequest Upload()
    {
        var (path, token) = random.Pick(around.Uploads);
        var (_, template) = random.Pick(Templates.Uploads);
        var content = new byte[random.Pick([0, 1, 5, 40, 41, 3000])];
        random.NextBytes(content);
        var headers = new List<string> { $"Authorization: {(random.OneIn(10) ? Token() : token)}" };
        foreach (var (name, value) in template.Where(header => header.Key != "Content-Length" && !random.OneIn(15)))
        {
            headers.Add($"{name}: {(random.OneIn(8) ? HeaderText() : (string)value!)}");
        }
        if (random.OneIn(3))
        {
            headers.RemoveAll(line => line.StartsWith("X-Bz-Content-Sha1", StringComparison.Ordinal));
            headers.Add($"X-Bz-Content-Sha1: {Convert.ToHexStringLower(SHA1.HashData(content))}");
        }
        if (random.OneIn(3))
        {
            headers.Add($"X-Bz-Info-{random.Pick(["a", "b2-expires", "b2-content-disposition", "b2-nothing", "~"])}: {HeaderText()}");
        }
        headers.Add($"X-Bz-Part-Number: {random.Pick(["1", "2", "0", "10001", "99999999999", "-1", "one", ""])}");
        if (random.OneIn(8))
        {
            headers.Add($"X-Bz-Custom-Upload-Timestamp: {HeaderText()}");
        }
        return Assemble(Method("POST"), random.OneIn(20) ? path + "/more" : path, headers, content);
    }

    private FuzzRequest Download()
    {
        var headers = Headers();
        if (random.OneIn(2))
        {
            headers.Add($"Range: {random.Pick(Nasty.Ranges)}");
        }
        if (random.OneIn(5))
        {
            headers.Add($"X-Bz-Server-Side-Encryption-Customer-Key: {HeaderText()}");
        }
        if (random.OneIn(5))
        {
            headers.Add($"Origin: {HeaderText()}");
        }
        var name = random.OneIn(3) ? random.Pick(Nasty.Texts) : random.Pick(around.FileNames);
        var path = random.OneIn(3)
            ? $"/b2api/{Version()}/b2_download_file_by_id?fileId={Escape(random.OneIn(5) ? name : random.Pick(around.FileIds))}"
            : $"/file/{random.Pick(around.BucketNames)}/{Escape(name)}";
        for (var i = random.Next(3); i > 0; i--)
        {
            path +=
                $"{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{random.Pick(Overrides)}={Escape(random.Pick(Nasty.Texts))}";
        }
        return Assemble(random.OneIn(3) ? "HEAD" : Method("GET"), path, headers, []);
    }

    private FuzzRequest Control() =>
        Assemble(
            Method("GET"),
            random.Pick([
                "/_emulator/health",
                "/_emulator/journal",
                "/_emulator/journal/counts",
                "/_emulator/nothing",
                "/_emulator",
                "/",
                "//",
                "/file",
                "*",
            ]) + (random.OneIn(2) ? $"?limit={Escape(random.Pick(Nasty.Texts))}&{Escape(random.Pick(Nasty.Texts))}" : ""),
            Headers(),
            []
        );

    private FuzzRequest Assemble(string method, string target, List<string> headers, byte[] body)
    {
        var isHttp = true;
        headers.Insert(random.Next(headers.Count + 1), "Host: localhost");
        if (body.Length > 0 || method == "POST")
        {
            headers.Add($"Content-Length: {body.Length}");
        }
        var mayFail = random.OneIn(30);
        if (mayFail)
        {
            headers.Add($"X-Bz-Test-Mode: {random.Pick(["fail_some_uploads", "force_cap_exceeded", "unknown"])}");
        }
        if (random.OneIn(12))
        {
            isHttp = false;
            headers.Insert(random.Next(headers.Count + 1), random.Pick(OddLines));
        }
        var head = $"{method} {target} HTTP/{(random.OneIn(40) ? "1.0" : "1.1")}\r\n{string.Join("\r\n", headers)}\r\n\r\n";
        byte[] bytes = [.. Encoding.Latin1.GetBytes(head), .. body];
        if (random.OneIn(25))
        {
            isHttp = false;
            bytes = random.Damage(bytes);
        }
        return new(bytes, method, isHttp && method is not "X" and not "TRACE" and not "OPTIONS", mayFail);
    }

    private List<string> Headers() => random.OneIn(20) ? [] : [$"Authorization: {Token()}"];

    private string Token() => random.OneIn(6) ? random.Pick([.. around.OtherTokens, "made-up", ""]) : around.Token;

    private string Version() => random.Pick(random.OneIn(25) ? NoVersions : Versions);

    private string Method(string usual) => random.OneIn(25) ? random.Pick(Methods) : usual;

    /// <summary>What may stand in a header without breaking HTTP: the nasty texts, escaped as B2 wants it or a little less.</summary>
    private string HeaderText()
    {
        var text = random.Pick(Nasty.Texts);
        return text.All(character => character is >= ' ' and <= '~') && random.OneIn(2) ? text.Trim() : Escape(text);
    }

    private string Query(JsonObject template)
    {
        var members = template.Where(_ => !random.OneIn(8)).ToList();
        return "?" + string.Join('&', members.Select(member => $"{member.Key}={Escape(Value(member.Key, member.Value))}"));
    }

    private string Value(string name, JsonNode? node)
    {
        var json = _json.Write(new JsonObject { [name] = node?.DeepClone() });
        try
        {
            var value = JsonNode.Parse(json)?[name];
            return value?.GetValueKind() == System.Text.Json.JsonValueKind.String ? (string)value! : value?.ToJsonString() ?? "";
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException or ArgumentException)
        {
            return json;
        }
    }

    private string Escape(string text)
    {
        var escaped = Uri.EscapeDataString(text);
        return random.OneIn(10) ? escaped + random.Pick(["%", "%f", "%zz", "%ff", "%00", "+", "&", "=", "%c0%af"]) : escaped;
    }
}
