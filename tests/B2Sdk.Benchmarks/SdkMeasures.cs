namespace B2Sdk.Benchmarks;

/// <summary>What the SDK is measured by from outside, as a process.</summary>
internal static class SdkMeasures
{
    private const int Concurrency = 16;

    /// <summary>Prints the names of all files of a bucket.</summary>
    public static async Task<int> ListAsync(string url, string keyId, string key, string bucketName)
    {
        await using var b2 = await OpenAsync(url, keyId, key);
        var bucket = await b2.GetBucketByNameAsync(bucketName);
        await using var names = new StreamWriter(Console.OpenStandardOutput());
        await foreach (var file in bucket.ListAsync(new() { Recursive = true }))
        {
            names.WriteLine(file.FileName);
        }
        return 0;
    }

    /// <summary>Uploads all files of a folder.</summary>
    public static async Task<int> UploadAsync(string url, string keyId, string key, string bucketName, string folder)
    {
        await using var b2 = await OpenAsync(url, keyId, key);
        var bucket = await b2.GetBucketByNameAsync(bucketName);
        await Parallel.ForEachAsync(
            Directory.EnumerateFiles(folder),
            new ParallelOptions { MaxDegreeOfParallelism = Concurrency },
            async (file, cancellationToken) =>
                await bucket.UploadLocalFileAsync(file, Path.GetFileName(file), cancellationToken: cancellationToken)
        );
        return 0;
    }

    private static async Task<B2Api> OpenAsync(string url, string keyId, string key)
    {
        var b2 = new B2Api(new InMemoryAccountInfo());
        await b2.AuthorizeAccountAsync(url, keyId, new Secret(key));
        return b2;
    }
}
