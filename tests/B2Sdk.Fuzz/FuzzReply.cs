namespace B2Sdk.Fuzz;

/// <summary>What came back: status 0 when the connection was closed without an answer.</summary>
internal sealed record FuzzReply(int Status, string Head, byte[] Body)
{
    public static readonly FuzzReply None = new(0, "", []);
}
