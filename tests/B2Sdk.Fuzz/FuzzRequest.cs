namespace B2Sdk.Fuzz;

/// <summary>A request as it goes over the wire.</summary>
/// <param name="Bytes">All of it.</param>
/// <param name="Method">Its method.</param>
/// <param name="IsHttp">True when it is HTTP as it should be, whatever it asks for: then it must be answered.</param>
/// <param name="MayFail">True when it asks for failures.</param>
internal sealed record FuzzRequest(byte[] Bytes, string Method, bool IsHttp, bool MayFail)
{
    /// <summary>The request for a report, with all that does not print escaped.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var octet in Bytes.Take(4000))
        {
            text.Append(octet is (byte)'\n' or (>= 0x20 and < 0x7F) ? $"{(char)octet}" : $"\\x{octet:x2}");
        }
        return text.ToString();
    }
}
