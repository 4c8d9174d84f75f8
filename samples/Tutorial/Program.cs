using System.Diagnostics;
using B2Sdk;
using B2Sdk.Emulator;
using Tutorial;

// The tutorial of B2, on real files: authorize, create a bucket, upload, list, download, and prove that every byte came back.
//
//   Tutorial [FOLDER]
//
// Without credentials in the environment it starts an emulator of its own, on this machine and for as long as it runs. With B2_APPLICATION_KEY_ID and
// B2_APPLICATION_KEY it uses that account, at the realm that B2_ENVIRONMENT names (production when it names none), and leaves nothing behind there.

var clock = Stopwatch.StartNew();
try
{
    using var files = LocalFiles.Choose(args.FirstOrDefault());

    var (realm, keyId, key) = (
        Environment.GetEnvironmentVariable("B2_ENVIRONMENT") ?? "production",
        Environment.GetEnvironmentVariable("B2_APPLICATION_KEY_ID"),
        Environment.GetEnvironmentVariable("B2_APPLICATION_KEY")
    );
    B2Emulator? emulator = null;
    if (keyId is null || key is null)
    {
        // Parts as small as this exist only here: B2 itself begins at 5 MB.
        emulator = await B2Emulator.StartAsync(new() { MinimumPartSize = 100_000, RecommendedPartSize = 200_000 });
        (realm, keyId, key) = (emulator.Url.ToString(), emulator.Account.ApplicationKeyId, emulator.Account.ApplicationKey);
        Console.WriteLine($"No credentials in the environment: an emulator answers at {realm}");
    }
    await using var _ = emulator;

    var info = new InMemoryAccountInfo();
    await using var b2 = new B2Api(info);
    var account = await b2.AuthorizeAccountAsync(realm, keyId, new Secret(key));
    Console.WriteLine($"Authorized   account {account.AccountId} at {account.ApiUrl}");

    var bucket = await b2.CreateBucketAsync($"b2sdk-tutorial-{Guid.NewGuid():n}", BucketType.AllPrivate);
    try
    {
        bucket = await b2.GetBucketByNameAsync(bucket.Name);
        Console.WriteLine($"Created      bucket {bucket.Name}");

        foreach (var name in files.Names)
        {
            await bucket.UploadLocalFileAsync(files.PathOf(name), "files/" + name);
        }
        Console.WriteLine($"Uploaded     {files.Names.Count} files of {files.Folder}, {files.TotalBytes:N0} bytes");

        var partSize = account.AbsoluteMinimumPartSize;
        var archive = files.Archive(longerThan: 2 * partSize);
        var large = await bucket.UploadLocalFileAsync(
            archive,
            "archive.tar",
            new() { PartSize = partSize, ContentType = "application/x-tar" }
        );
        var parts = (large.SizeInBytes + partSize - 1) / partSize;
        Console.WriteLine($"Uploaded     archive.tar, {large.SizeInBytes:N0} bytes in {parts} parts of {partSize:N0}");

        Console.WriteLine("Listed       the first level of the bucket:");
        await foreach (var entry in bucket.ListAsync())
        {
            Console.WriteLine($"             {entry.SizeInBytes, 12:N0}  {entry.FileName}");
        }

        var (count, proven) = (0, 0L);
        await foreach (var entry in bucket.ListAsync(new() { Recursive = true }))
        {
            var local = entry.FileName == "archive.tar" ? archive : files.PathOf(entry.FileName["files/".Length..]);
            var copy = files.NewPath();
            await bucket.DownloadToFileAsync(entry.FileName, copy);
            LocalFiles.EnsureSame(local, copy, entry.FileName);
            File.Delete(copy);
            (count, proven) = (count + 1, proven + entry.SizeInBytes);
        }
        if (count != files.Names.Count + 1)
        {
            throw new InvalidDataException($"{files.Names.Count + 1} files were uploaded and {count} are listed.");
        }
        Console.WriteLine($"Downloaded   {count} files, {proven:N0} bytes: each has the SHA-1 of its original");
    }
    finally
    {
        await foreach (var version in bucket.ListAsync(new() { Recursive = true, LatestOnly = false }))
        {
            await bucket.DeleteFileVersionAsync(version);
        }
        await b2.DeleteBucketAsync(bucket);
        Console.WriteLine("Deleted      the files and the bucket");
    }
    Console.WriteLine($"Done in {clock.Elapsed.TotalSeconds:F1} s");
    return 0;
}
catch (Exception e) when (e is B2Exception or B2ChecksumException or IOException or ArgumentException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync($"ERROR: {e.Message}");
    return 1;
}
