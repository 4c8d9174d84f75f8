using System.Text.Json;

namespace B2Sdk.Emulator.Endpoints;

/// <summary>The names of what is told of files, encoded once: a page has 10,000 times all of them.</summary>
internal static class Members
{
    public static readonly JsonEncodedText AccountId = Encode("accountId");
    public static readonly JsonEncodedText Action = Encode("action");
    public static readonly JsonEncodedText BucketId = Encode("bucketId");
    public static readonly JsonEncodedText ContentLength = Encode("contentLength");
    public static readonly JsonEncodedText ContentMd5 = Encode("contentMd5");
    public static readonly JsonEncodedText ContentSha1 = Encode("contentSha1");
    public static readonly JsonEncodedText ContentType = Encode("contentType");
    public static readonly JsonEncodedText FileId = Encode("fileId");
    public static readonly JsonEncodedText FileInfo = Encode("fileInfo");
    public static readonly JsonEncodedText FileName = Encode("fileName");
    public static readonly JsonEncodedText FileRetention = Encode("fileRetention");
    public static readonly JsonEncodedText IsClientAuthorizedToRead = Encode("isClientAuthorizedToRead");
    public static readonly JsonEncodedText LegalHold = Encode("legalHold");
    public static readonly JsonEncodedText PartNumber = Encode("partNumber");
    public static readonly JsonEncodedText ReplicationStatus = Encode("replicationStatus");
    public static readonly JsonEncodedText ServerSideEncryption = Encode("serverSideEncryption");
    public static readonly JsonEncodedText Size = Encode("size");
    public static readonly JsonEncodedText UploadTimestamp = Encode("uploadTimestamp");
    public static readonly JsonEncodedText Value = Encode("value");

    private static JsonEncodedText Encode(string name) => JsonEncodedText.Encode(name);
}
