namespace B2Sdk;

/// <summary>Something that web pages may be allowed to do with a bucket.</summary>
/// <remarks>B2 may add values; an unknown one is kept as it came.</remarks>
/// <param name="Value">The word that B2 uses on the wire.</param>
public readonly record struct CorsOperation(string Value)
{
    /// <summary>The word that B2 uses on the wire; empty where it gave none.</summary>
    public string Value
    {
        get => field ?? "";
    } = string.IsNullOrEmpty(Value) ? null : Value;

    /// <summary>Download a file by its name.</summary>
    public static CorsOperation DownloadFileByName { get; } = new("b2_download_file_by_name");

    /// <summary>Download a version by its id.</summary>
    public static CorsOperation DownloadFileById { get; } = new("b2_download_file_by_id");

    /// <summary>Upload a file.</summary>
    public static CorsOperation UploadFile { get; } = new("b2_upload_file");

    /// <summary>Upload a part of a large file.</summary>
    public static CorsOperation UploadPart { get; } = new("b2_upload_part");

    /// <summary>Delete over the S3-compatible API.</summary>
    public static CorsOperation S3Delete { get; } = new("s3_delete");

    /// <summary>Download over the S3-compatible API.</summary>
    public static CorsOperation S3Get { get; } = new("s3_get");

    /// <summary>Ask for headers over the S3-compatible API.</summary>
    public static CorsOperation S3Head { get; } = new("s3_head");

    /// <summary>Post over the S3-compatible API.</summary>
    public static CorsOperation S3Post { get; } = new("s3_post");

    /// <summary>Upload over the S3-compatible API.</summary>
    public static CorsOperation S3Put { get; } = new("s3_put");

    /// <summary>Returns the word that B2 uses.</summary>
    public override string ToString() => Value;
}
