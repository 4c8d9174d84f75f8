using System.CommandLine;
using B2Sdk.Cli.Output;

namespace B2Sdk.Cli.Completion;

/// <summary>Buckets and files for a line that is being typed. Whoever types does not wait: what does not come at once does not come, and nothing is ever reported.</summary>
/// <param name="root">All commands.</param>
/// <param name="context">The world around.</param>
/// <param name="typed">The words before the cursor, which may name an account or a service.</param>
internal sealed class RemoteNames(RootCommand root, CliContext context, IEnumerable<string> typed)
{
    private const int MostNames = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public Task<IReadOnlyList<string>> FindBucketsAsync(CancellationToken cancellationToken) =>
        FindAsync(async (api, stop) => [.. (await api.ListBucketsAsync(stop)).Select(bucket => bucket.Name)], cancellationToken);

    public Task<IReadOnlyList<string>> FindKeyIdsAsync(CancellationToken cancellationToken) =>
        FindAsync(
            async (api, stop) =>
            {
                var ids = new List<string>();
                await foreach (var key in api.ListKeysAsync(cancellationToken: stop))
                {
                    ids.Add(key.ApplicationKeyId);
                    if (ids.Count == MostNames)
                    {
                        break;
                    }
                }
                return ids;
            },
            cancellationToken
        );

    /// <summary>Files and folders that start so, one level deep.</summary>
    public Task<IReadOnlyList<string>> FindFilesAsync(string bucketName, string start, CancellationToken cancellationToken) =>
        FindAsync(
            async (api, stop) =>
            {
                var bucket = await api.GetBucketByNameAsync(bucketName, stop);
                var names = new List<string>();
                await foreach (var file in bucket.ListAsync(new() { Prefix = start }, stop))
                {
                    // A line break in a shell's list, or what acts on its terminal, is worse than a name too few.
                    if (NameText.Escape(file.FileName) == file.FileName)
                    {
                        names.Add(file.FileName);
                    }
                    if (names.Count == MostNames)
                    {
                        break;
                    }
                }
                return names;
            },
            cancellationToken
        );

    private async Task<IReadOnlyList<string>> FindAsync(
        Func<B2Api, CancellationToken, Task<IReadOnlyList<string>>> find,
        CancellationToken cancellationToken
    )
    {
        using var patience = new CancellationTokenSource(Patience, context.TimeProvider);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            using var run = new Invocation(context, root.Parse([GlobalOptions.Quiet, .. typed]));
            await using var account = await OpenAccount.OpenAsync(run, stop.Token);
            return await find(account.Api, stop.Token);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return [];
        }
    }
}
