using System.Security.Cryptography;

namespace B2Sdk.Emulator.Tests.Support;

/// <summary>A notification as it arrived.</summary>
internal sealed record Delivery(string Method, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public JsonObject Json => (JsonObject)JsonNode.Parse(Body)!;

    public IReadOnlyList<JsonObject> Events => [.. Json["events"]!.AsArray().Select(item => (JsonObject)item!)];

    /// <summary>What each event says: its type and the name that it is about.</summary>
    public IReadOnlyList<string> Lines => [.. Events.Select(item => $"{item["eventType"]} {item["objectName"]}".TrimEnd())];

    public static string Sign(string secret, byte[] body) =>
        "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
}
