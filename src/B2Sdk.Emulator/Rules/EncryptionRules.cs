using System.Text.Json;
using B2Sdk.Emulator.Http;
using static B2Sdk.Emulator.Rules.SettingsJson;

namespace B2Sdk.Emulator.Rules;

/// <summary>Server-side encryption: what may be asked for, and which key opens what.</summary>
internal static class EncryptionRules
{
    public const string Algorithm = "AES256";

    /// <summary>Reads what a bucket is to do by default: nothing, or SSE-B2.</summary>
    public static EncryptionMode ReadDefault(JsonElement element)
    {
        const string Name = "defaultServerSideEncryption";
        return ReadMode(element, Name) switch
        {
            EncryptionMode.Customer => throw Refusal.BadRequest($"{Name} has the mode SSE-C; a bucket's default is none or SSE-B2"),
            var mode => mode,
        };
    }

    /// <summary>Reads what is asked for a file or a part.</summary>
    public static EncryptionRequest Read(JsonElement element, string name) =>
        ReadMode(element, name) switch
        {
            EncryptionMode.Customer => EncryptionRequest.With(
                CustomerKey.Read(RequiredText(element, name, "customerKey"), RequiredText(element, name, "customerKeyMd5"))
            ),
            EncryptionMode.Service => EncryptionRequest.Service,
            _ => EncryptionRequest.None,
        };

    /// <summary>Reads the key of the file to copy from; null when none is given.</summary>
    public static CustomerKey? ReadSource(JsonElement element, string name) =>
        Read(element, name) switch
        {
            { Mode: EncryptionMode.Service } => throw Refusal.BadRequest($"{name} has the mode SSE-B2; it is for the key of SSE-C alone"),
            var source => source.Key,
        };

    /// <summary>Checks the key with which content is to be read.</summary>
    public static void CheckKey(Encryption file, CustomerKey? given)
    {
        if (file.KeyMark is null)
        {
            if (given is not null)
            {
                throw Refusal.BadRequest("The object is not encrypted with a customer key, and none must be given");
            }
            return;
        }
        if (given is null)
        {
            throw Refusal.BadRequest(
                "The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object."
            );
        }
        if (!given.Made(file.KeyMark))
        {
            throw Refusal.AccessDenied();
        }
    }

    /// <summary>Checks what comes with a part: the start of the large file has decided, and its key must come again with each part.</summary>
    public static void CheckPart(Encryption file, EncryptionRequest? given)
    {
        if (given is { Mode: EncryptionMode.Service } && file.Mode != EncryptionMode.Service)
        {
            throw Refusal.BadRequest("The large file was not started with SSE-B2, and its parts cannot be");
        }
        CheckKey(file, given?.Key);
    }

    private static EncryptionMode ReadMode(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("mode", out _))
        {
            throw Refusal.BadRequest($"{name} must be an object with a mode");
        }
        var mode = Member(element, "mode") is { } given ? Text(given, $"{name}.mode") : "none";
        if (mode == "none")
        {
            return EncryptionMode.None;
        }
        if (mode is not ("SSE-B2" or "SSE-C"))
        {
            throw Refusal.BadRequest($"{name} has the mode '{mode}'; it is none, SSE-B2 or SSE-C");
        }
        if (RequiredText(element, name, "algorithm") is not Algorithm and var algorithm)
        {
            throw Refusal.BadRequest($"{name} has the algorithm '{algorithm}'; it is {Algorithm}");
        }
        return mode == "SSE-B2" ? EncryptionMode.Service : EncryptionMode.Customer;
    }

    private static string RequiredText(JsonElement element, string name, string member) =>
        Text(Member(element, member) ?? throw Refusal.BadRequest($"{name} needs {member}"), $"{name}.{member}");
}
