using System.CommandLine;
using System.Globalization;
using B2Sdk.Cli.Help;
using B2Sdk.Cli.Output;

namespace B2Sdk.Cli.Commands.Keys;

/// <summary><c>b2 key list</c></summary>
internal static class List
{
    internal sealed record Arguments(bool IsLong);

    public static Command Create(CliContext context)
    {
        var isLong = new Option<bool>("--long", "-l") { Description = "Print buckets, expiry, name prefix and capabilities too" };
        var command = new Verb("list", "List the keys of the account", "b2 key list --long") { isLong };
        Invocation.SetAction(
            command,
            context,
            (run, line, cancellationToken) => RunAsync(run, new(line.GetValue(isLong)), cancellationToken)
        );
        return command;
    }

    public static async Task RunAsync(Invocation run, Arguments arguments, CancellationToken cancellationToken)
    {
        await using var account = await OpenAccount.OpenAsync(run, cancellationToken);
        var keys = account.Api.ListKeysAsync(cancellationToken: cancellationToken);
        if (run.IsJson)
        {
            await run.PrintJsonArrayAsync(keys, KeyJson.Write);
            return;
        }
        Dictionary<string, string>? names = null;
        await foreach (var key in keys)
        {
            if (arguments.IsLong && key.BucketIds is not null)
            {
                names ??= (await account.Api.ListBucketsAsync(cancellationToken)).ToDictionary(bucket => bucket.Id, bucket => bucket.Name);
            }
            run.Print(arguments.IsLong ? LongLine(key, names) : $"{key.ApplicationKeyId}   {key.KeyName, -20}");
        }
    }

    private static string LongLine(ApplicationKey key, Dictionary<string, string>? names)
    {
        // A bucket that is gone has no name any more.
        var buckets = key.BucketIds is null ? "-" : string.Join(", ", key.BucketIds.Select(id => names!.GetValueOrDefault(id, $"id={id}")));
        var expiry = key.ExpirationTimestamp?.UtcDateTime;
        var date = expiry?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "-";
        var time = expiry?.ToString("HH:mm:ss", CultureInfo.InvariantCulture) ?? "-";
        var prefix = NameText.Escape(key.NamePrefix ?? "");
        return $"{key.ApplicationKeyId}   {key.KeyName, -20}   {buckets, -20}   {date, -10}   {time, -8}   '{prefix}'   {string.Join(',', key.Capabilities)}";
    }
}
