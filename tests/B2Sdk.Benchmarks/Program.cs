using B2Sdk.Benchmarks;

// What the scripts under bench/ cannot do themselves. Each measure prints the figures that it is asked for, separated by blanks.
return args switch
{
    ["start", var b2] => await EmulatorMeasures.StartAsync(b2),
    ["reset", var url] => await EmulatorMeasures.ResetAsync(new(url)),
    ["fill", var url, var id, var key, var bucket, var count] => await EmulatorMeasures.FillAsync(
        await Account.OpenAsync(new(url), id, key),
        bucket,
        Number(count)
    ),
    ["pages", var url, var id, var key, var bucket, var pageSize] => await EmulatorMeasures.ListAsync(
        await Account.OpenAsync(new(url), id, key),
        bucket,
        Number(pageSize)
    ),
    ["uploads", var url, var id, var key, var bucket, var count] => await EmulatorMeasures.UploadSmallAsync(
        await Account.OpenAsync(new(url), id, key),
        bucket,
        Number(count)
    ),
    ["upload", var url, var id, var key, var bucket, var bytes, var scratch] => await BigFiles.UploadAsync(
        await Account.OpenAsync(new(url), id, key),
        bucket,
        Number(bytes),
        scratch
    ),
    ["sparse", var url, var id, var key, var bucket, var parts, var partSize] => await BigFiles.AssembleAsync(
        await Account.OpenAsync(new(url), id, key),
        bucket,
        Number(parts),
        Number(partSize)
    ),
    ["names", var url, var id, var key, var bucket] => await SdkMeasures.ListAsync(url, id, key, bucket),
    ["small-files", var url, var id, var key, var bucket, var folder] => await SdkMeasures.UploadAsync(url, id, key, bucket, folder),
    _ => Misuse(),
};

static long Number(string text) => long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

static int Misuse()
{
    Console.Error.WriteLine("The scripts under bench/ show how this is called.");
    return 2;
}
