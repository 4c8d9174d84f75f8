namespace B2Sdk;

/// <summary>The keys of file info that mean something to B2 or to its tools.</summary>
internal static class FileInfoKeys
{
    public const string CacheControl = "b2-cache-control";
    public const string ContentDisposition = "b2-content-disposition";
    public const string ContentEncoding = "b2-content-encoding";
    public const string ContentLanguage = "b2-content-language";
    public const string Expires = "b2-expires";

    /// <summary>The customer's name for the key with which the file is encrypted.</summary>
    public const string EncryptionKeyId = "sse_c_key_id";

    /// <summary>The SHA-1 of a whole large file, of which B2 itself knows only the parts'.</summary>
    public const string LargeFileSha1 = "large_file_sha1";

    /// <summary>When the source was last changed, in milliseconds since 1970.</summary>
    public const string SourceLastModified = "src_last_modified_millis";

    /// <summary>True when B2 keeps just what was written.</summary>
    /// <param name="kept">What B2 says.</param>
    /// <param name="written">What was sent, with keys in any case.</param>
    public static bool IsSame(IReadOnlyDictionary<string, string> kept, IReadOnlyDictionary<string, string> written) =>
        kept.Count == written.Count
        && written.All(entry => kept.TryGetValue(entry.Key.ToLowerInvariant(), out var value) && value == entry.Value);

    /// <summary>Notes the headers that downloads are to get, in place of what the info says of them.</summary>
    public static void PutHeaders(Dictionary<string, string> info, params ReadOnlySpan<(string Key, string? Value)> headers)
    {
        foreach (var (key, value) in headers)
        {
            if (value is not null)
            {
                info[key] = value;
            }
        }
    }

    /// <summary>Notes the name of the customer's key, if it has one.</summary>
    /// <exception cref="ArgumentException">The info names another key.</exception>
    public static void PutKeyId(Dictionary<string, string> info, EncryptionSetting? encryption, string parameterName)
    {
        if (encryption?.Key?.KeyId is not { } keyId)
        {
            return;
        }
        if (info.TryGetValue(EncryptionKeyId, out var other) && other != keyId)
        {
            throw new ArgumentException(
                $"The file info names the encryption key '{other}' ({EncryptionKeyId}), and the key that is given is called '{keyId}'.",
                parameterName
            );
        }
        info[EncryptionKeyId] = keyId;
    }
}
