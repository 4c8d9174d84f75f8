using System.Diagnostics;
using System.Security.Cryptography;

namespace B2Sdk;

/// <summary>A customer's key for server-side encryption: 32 bytes that B2 uses and forgets. It never prints.</summary>
/// <remarks>Thread-safe until it is disposed, which wipes the bytes.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class EncryptionKey : IEquatable<EncryptionKey>, IDisposable
{
    private const int Length = 32;
    private readonly byte[] _bytes;
    private bool _isDisposed;

    /// <summary>Takes a copy of a key.</summary>
    /// <param name="key">The key: 32 bytes.</param>
    /// <param name="keyId">Your name for the key, kept with each file as <c>sse_c_key_id</c> so that the right key is found later; null for none.</param>
    /// <exception cref="ArgumentException">The key has another length.</exception>
    public EncryptionKey(ReadOnlySpan<byte> key, string? keyId = null)
    {
        if (key.Length != Length)
        {
            throw new ArgumentException($"The encryption key has {key.Length} bytes; AES-256 takes {Length}.", nameof(key));
        }
        _bytes = key.ToArray();
        KeyId = keyId;
        Md5 = Convert.ToBase64String(MD5.HashData(_bytes));
    }

    /// <summary>Your name for the key; null for none.</summary>
    public string? KeyId { get; }

    /// <summary>The MD5 of the key, in base64, by which B2 checks that the key arrived whole.</summary>
    public string Md5 { get; }

    /// <summary>Makes a new key. Keep what <see cref="ToBase64"/> gives: without it the files are lost.</summary>
    /// <param name="keyId">Your name for the key; null for none.</param>
    public static EncryptionKey Generate(string? keyId = null)
    {
        Span<byte> key = stackalloc byte[Length];
        RandomNumberGenerator.Fill(key);
        var made = new EncryptionKey(key, keyId);
        CryptographicOperations.ZeroMemory(key);
        return made;
    }

    /// <summary>Reads a key from base64.</summary>
    /// <param name="key">The key, as <see cref="ToBase64"/> gives it.</param>
    /// <param name="keyId">Your name for the key; null for none.</param>
    /// <exception cref="ArgumentException">It is no base64, or not of 32 bytes.</exception>
    public static EncryptionKey FromBase64(Secret key, string? keyId = null)
    {
        byte[] bytes;
        try
        {
            bytes = Convert.FromBase64String(key.Reveal());
        }
        catch (FormatException e)
        {
            throw new ArgumentException("The encryption key is not base64.", nameof(key), e);
        }
        try
        {
            return new(bytes, keyId);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Returns the key in base64, to be sent or stored and never to be printed.</summary>
    public Secret ToBase64()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return new(Convert.ToBase64String(_bytes));
    }

    /// <inheritdoc/>
    public bool Equals(EncryptionKey? other) =>
        other is not null && KeyId == other.KeyId && CryptographicOperations.FixedTimeEquals(_bytes, other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EncryptionKey);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(KeyId, Md5);

    /// <summary>Returns the key's name, and nothing of the key.</summary>
    public override string ToString() => KeyId is null ? "***" : $"*** ({KeyId})";

    /// <summary>Wipes the key. It cannot be used any more.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        CryptographicOperations.ZeroMemory(_bytes);
    }
}
