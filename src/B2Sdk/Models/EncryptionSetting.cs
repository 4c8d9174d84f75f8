using System.Text.Json.Serialization;

namespace B2Sdk;

/// <summary>The server-side encryption of a file, or the default of a bucket.</summary>
public sealed record EncryptionSetting
{
    private const string Aes256 = "AES256";

    /// <summary>No encryption: as the default of a bucket, it takes a default away.</summary>
    public static EncryptionSetting None { get; } = new();

    /// <summary>AES-256 with a key that B2 keeps.</summary>
    public static EncryptionSetting SseB2 { get; } = new() { Mode = EncryptionMode.SseB2, Algorithm = Aes256 };

    /// <summary>The mode; null when nothing is encrypted.</summary>
    public EncryptionMode? Mode
    {
        get;
        // Requests and old answers say in a word what newer answers say with a null.
        init => field = value?.Value == "none" ? null : value;
    }

    /// <summary>The algorithm, <c>AES256</c>; null when nothing is encrypted.</summary>
    public string? Algorithm { get; init; }

    /// <summary>The customer's key, with which requests are made; null in everything that B2 answers, as it never gives a key back.</summary>
    [JsonIgnore]
    public EncryptionKey? Key { get; init; }

    /// <summary>AES-256 with a key that you keep, and must give with every upload, download and copy of the file. B2 forgets it: without it the file is lost.</summary>
    /// <param name="key">The key.</param>
    public static EncryptionSetting SseC(EncryptionKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new()
        {
            Mode = EncryptionMode.SseC,
            Algorithm = Aes256,
            Key = key,
        };
    }

    /// <summary>Refuses what cannot be asked for.</summary>
    internal void ValidateForFile(string what, string parameterName)
    {
        if (Mode != EncryptionMode.SseB2 && (Mode != EncryptionMode.SseC || Key is null))
        {
            throw new ArgumentException(
                $"The {what} is {Describe()}; it is {nameof(EncryptionSetting)}.{nameof(SseB2)}, {nameof(EncryptionSetting)}.{nameof(SseC)} with a key, or null for the bucket's default.",
                parameterName
            );
        }
    }

    /// <summary>Refuses what cannot be read with.</summary>
    internal void ValidateForReading(string what, string parameterName)
    {
        if (Mode != EncryptionMode.SseC || Key is null)
        {
            throw new ArgumentException(
                $"The {what} is {Describe()}; only a file that was stored with {nameof(EncryptionSetting)}.{nameof(SseC)} needs one, with its key. Leave it null for others.",
                parameterName
            );
        }
    }

    /// <summary>Refuses what cannot be a bucket's default.</summary>
    internal void ValidateForBucket(string parameterName)
    {
        if (Mode is not null && Mode != EncryptionMode.SseB2)
        {
            throw new ArgumentException(
                $"The default encryption is {Describe()}; a bucket's is {nameof(EncryptionSetting)}.{nameof(None)} or {nameof(EncryptionSetting)}.{nameof(SseB2)}.",
                parameterName
            );
        }
    }

    private string Describe() =>
        Mode is not { } mode ? "none" : $"{mode}{(mode == EncryptionMode.SseC && Key is null ? " without a key" : "")}";
}
