using System.Security.Cryptography;

namespace B2Sdk.Emulator.Storage;

/// <summary>Keeps secrets that must be told again from standing on the disk as they are.</summary>
/// <remarks>The key lies beside the database, readable by its owner only: whoever gets the database alone gets no secret.</remarks>
internal sealed class Sealer(string keyFile)
{
    private const int KeyLength = 32;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private readonly Lazy<byte[]> _key = new(() => ReadOrMake(keyFile));

    public byte[] Seal(byte[] secret)
    {
        var sealedBytes = new byte[NonceLength + TagLength + secret.Length];
        var nonce = sealedBytes.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(_key.Value, TagLength);
        cipher.Encrypt(nonce, secret, sealedBytes.AsSpan(NonceLength + TagLength), sealedBytes.AsSpan(NonceLength, TagLength));
        return sealedBytes;
    }

    public byte[] Open(byte[] sealedBytes)
    {
        var secret = new byte[sealedBytes.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(_key.Value, TagLength);
        cipher.Decrypt(
            sealedBytes.AsSpan(0, NonceLength),
            sealedBytes.AsSpan(NonceLength + TagLength),
            sealedBytes.AsSpan(NonceLength, TagLength),
            secret
        );
        return secret;
    }

    private static byte[] ReadOrMake(string path)
    {
        if (File.Exists(path) && File.ReadAllBytes(path) is { Length: KeyLength } known)
        {
            return known;
        }
        var key = RandomNumberGenerator.GetBytes(KeyLength);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using var file = new FileStream(path, options);
        file.Write(key);
        // What is sealed with it is committed later, and worth nothing without it.
        file.Flush(flushToDisk: true);
        Folders.Flush(Path.GetDirectoryName(path)!);
        return key;
    }
}
