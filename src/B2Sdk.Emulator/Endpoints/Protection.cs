using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;

namespace B2Sdk.Emulator.Endpoints;

/// <summary>The encryption and the lock that a call asks for a file.</summary>
internal static class Protection
{
    /// <summary>Reads what a JSON call asks for.</summary>
    /// <param name="arguments">The call's.</param>
    /// <param name="encryption">The name of the argument that says how to encrypt.</param>
    public static FileProtection Read(Arguments arguments, string encryption) =>
        new()
        {
            Encryption = ReadEncryption(arguments, encryption)?.Keep(),
            Retention = arguments.OptionalElement("fileRetention") is { } retention ? RetentionRules.Read(retention) : null,
            LegalHold = arguments.OptionalString("legalHold") is { } hold ? RetentionRules.ReadLegalHold(hold) : null,
        };

    public static EncryptionRequest? ReadEncryption(Arguments arguments, string name) =>
        arguments.OptionalElement(name) is { } setting ? EncryptionRules.Read(setting, name) : null;

    /// <summary>Reads the key of the file that a call copies from.</summary>
    public static CustomerKey? ReadSourceKey(Arguments arguments)
    {
        const string Name = "sourceServerSideEncryption";
        return arguments.OptionalElement(Name) is { } setting ? EncryptionRules.ReadSource(setting, Name) : null;
    }

    /// <summary>Checks that the key may lock what it writes. That comes before the question whether the bucket is locked.</summary>
    public static void Require(Call call, FileProtection protection)
    {
        if (protection.Retention is not null)
        {
            call.Require(Capabilities.WriteFileRetentions);
        }
        if (protection.LegalHold is not null)
        {
            call.Require(Capabilities.WriteFileLegalHolds);
        }
    }
}
