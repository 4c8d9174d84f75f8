using System.Security.Cryptography;
using B2Sdk.Emulator.Http;

namespace B2Sdk.Emulator.Rules;

/// <summary>A key that came with a request. It is never kept: only a mark by which it is recognized when it comes again.</summary>
/// <remarks>It is no record, so that nothing prints it.</remarks>
internal sealed class CustomerKey
{
    private const int Length = 32;
    private const int SaltLength = 16;
    private readonly byte[] _key;

    private CustomerKey(byte[] key, string md5)
    {
        _key = key;
        Md5 = md5;
    }

    /// <summary>The MD5 of the key in base64, with which downloads are answered.</summary>
    public string Md5 { get; }

    /// <summary>Reads a key and the proof that it arrived as it was sent.</summary>
    /// <exception cref="Refusal">They are not 32 bytes and their MD5, both in base64.</exception>
    public static CustomerKey Read(string base64, string md5)
    {
        var key = new byte[Length];
        // What does not fit is not read; what is written in more than one way, such as with blanks in it, is no key either.
        if (!Convert.TryFromBase64String(base64, key, out var length) || length != Length || Convert.ToBase64String(key) != base64)
        {
            throw Refusal.BadRequest($"The customer key must be the base64 of {Length} bytes");
        }
#pragma warning disable CA5351 // It is what B2 asks for, to notice a key that was garbled.
        return Convert.ToBase64String(MD5.HashData(key)) == md5
#pragma warning restore CA5351
            ? new(key, md5)
            : throw Refusal.BadRequest("The MD5 of the customer key must be the base64 of the MD5 of its bytes");
    }

    /// <summary>Makes a mark, another one each time, from which the key cannot be had.</summary>
    public byte[] Mark()
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        return [.. salt, .. HMACSHA256.HashData(_key, salt)];
    }

    /// <summary>True when the mark was made of this key.</summary>
    public bool Made(byte[] mark) =>
        CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_key, mark.AsSpan(0, SaltLength)), mark.AsSpan(SaltLength));
}
