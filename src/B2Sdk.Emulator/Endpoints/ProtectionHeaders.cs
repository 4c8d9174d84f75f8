using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;
using B2Sdk.Emulator.Storage;
using Microsoft.AspNetCore.Http;

namespace B2Sdk.Emulator.Endpoints;

/// <summary>The headers that speak of encryption and locks, of uploads and of downloads.</summary>
internal static class ProtectionHeaders
{
    private const string ServiceEncryption = "X-Bz-Server-Side-Encryption";
    private const string CustomerAlgorithm = "X-Bz-Server-Side-Encryption-Customer-Algorithm";
    private const string CustomerKeyText = "X-Bz-Server-Side-Encryption-Customer-Key";
    private const string CustomerKeyMd5 = "X-Bz-Server-Side-Encryption-Customer-Key-Md5";
    private const string RetentionMode = "X-Bz-File-Retention-Mode";
    private const string RetainUntil = "X-Bz-File-Retention-Retain-Until-Timestamp";
    private const string LegalHold = "X-Bz-File-Legal-Hold";
    private const string Withheld = "X-Bz-Client-Unauthorized-To-Read";

    /// <summary>Reads what an upload asks for.</summary>
    public static FileProtection Read(HttpRequest request) =>
        new()
        {
            Encryption = ReadEncryption(request)?.Keep(),
            Retention = RetentionRules.Read(UploadHeaders.Find(request, RetentionMode), UploadHeaders.Find(request, RetainUntil)),
            LegalHold = UploadHeaders.Find(request, LegalHold) is { } hold ? RetentionRules.ReadLegalHold(hold) : null,
        };

    /// <summary>Reads the encryption of a file or a part; null when nothing is said of it.</summary>
    public static EncryptionRequest? ReadEncryption(HttpRequest request)
    {
        var key = ReadCustomerKey(request);
        if (UploadHeaders.Find(request, ServiceEncryption) is not { } algorithm)
        {
            return key is null ? null : EncryptionRequest.With(key);
        }
        if (key is not null)
        {
            throw Refusal.BadRequest("The headers of SSE-B2 and of SSE-C exclude each other");
        }
        return algorithm == EncryptionRules.Algorithm ? EncryptionRequest.Service : throw WrongAlgorithm(ServiceEncryption, algorithm);
    }

    /// <summary>Reads a customer's key; null when none is given.</summary>
    public static CustomerKey? ReadCustomerKey(HttpRequest request)
    {
        var algorithm = UploadHeaders.Find(request, CustomerAlgorithm);
        var key = UploadHeaders.Find(request, CustomerKeyText);
        var md5 = UploadHeaders.Find(request, CustomerKeyMd5);
        if (algorithm is null && key is null && md5 is null)
        {
            return null;
        }
        if (algorithm is null || key is null || md5 is null)
        {
            throw Refusal.BadRequest($"The headers {CustomerAlgorithm}, {CustomerKeyText} and {CustomerKeyMd5} must be given together");
        }
        return algorithm == EncryptionRules.Algorithm ? CustomerKey.Read(key, md5) : throw WrongAlgorithm(CustomerAlgorithm, algorithm);
    }

    /// <summary>Writes what a download tells of encryption and lock.</summary>
    /// <param name="headers">Those of the answer.</param>
    /// <param name="file">The version that is downloaded.</param>
    /// <param name="key">The customer's key with which it is read; null when it needs none.</param>
    /// <param name="reader">Who downloads with the rights of an application key; null for everybody else.</param>
    public static void Write(IHeaderDictionary headers, FileVersion file, CustomerKey? key, ApplicationKey? reader)
    {
        if (file.Encryption.Mode == EncryptionMode.Service)
        {
            headers[ServiceEncryption] = EncryptionRules.Algorithm;
        }
        if (key is not null)
        {
            headers[CustomerAlgorithm] = EncryptionRules.Algorithm;
            headers[CustomerKeyMd5] = key.Md5;
        }
        if (file.Bucket.IsLocked)
        {
            WriteLock(headers, file, reader);
        }
    }

    private static void WriteLock(IHeaderDictionary headers, FileVersion file, ApplicationKey? reader)
    {
        // What is withheld is named whether or not there is anything, which would tell as much.
        var withheld = new List<string>();
        if (reader?.Has(Capabilities.ReadFileRetentions) != true)
        {
            withheld.AddRange(RetentionMode, RetainUntil);
        }
        else if (file.Retention is { } retention)
        {
            headers[RetentionMode] = RetentionRules.NameOf(retention.Mode);
            headers[RetainUntil] = $"{retention.Until}";
        }
        if (reader?.Has(Capabilities.ReadFileLegalHolds) != true)
        {
            withheld.Add(LegalHold);
        }
        else if (file.LegalHold is { } isHeld)
        {
            headers[LegalHold] = RetentionRules.NameOfHold(isHeld);
        }
        if (withheld.Count > 0)
        {
            headers[Withheld] = string.Join(',', withheld);
        }
    }

    private static Refusal WrongAlgorithm(string header, string algorithm) =>
        Refusal.BadRequest($"The header {header} is '{algorithm}'; it must be {EncryptionRules.Algorithm}");
}
