using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;
using B2Sdk.Emulator.Storage;
using Microsoft.Extensions.Logging;

namespace B2Sdk.Emulator.Automation;

/// <summary>Replicates what waits for it, the oldest first: within this emulator, or to others over HTTP.</summary>
internal sealed partial class Replicator(Store store, ReplicationPeers peers, ILogger log)
{
    /// <summary>Replicates all that is due. Returns when more will be, in milliseconds since 1970.</summary>
    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        // What comes in meanwhile has a round of its own.
        var last = await store.FindLastVersionAsync();
        while (await store.TakeReplicationAsync(last) is { } job)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await ReplicateAsync(job, cancellationToken);
        }
        return await store.FindNextReplicationAsync() ?? RepeatedStep.Never;
    }

    private async Task ReplicateAsync(ReplicationJob job, CancellationToken cancellationToken)
    {
        try
        {
            await store.CheckReaderAsync(job);
            if (!await store.TryReplicateAsync(job))
            {
                await peers.OfferAsync(job, cancellationToken);
            }
            await store.EndReplicationAsync(job, ReplicationStatus.Completed);
            LogReplicated(log, job.Version.FileId, job.DestinationBucketId);
        }
        catch (Refusal refusal)
        {
            await store.EndReplicationAsync(job, ReplicationStatus.Failed);
            LogFailed(log, job.Version.FileId, job.DestinationBucketId, refusal.Message);
        }
        catch (HttpRequestException e)
        {
            if (!await store.RetryReplicationAsync(job))
            {
                LogFailed(log, job.Version.FileId, job.DestinationBucketId, e.Message);
            }
        }
    }

    [LoggerMessage(30, LogLevel.Debug, "{FileId} was replicated to the bucket {Bucket}", EventName = "Replicated")]
    private static partial void LogReplicated(ILogger logger, string fileId, string bucket);

    [LoggerMessage(31, LogLevel.Warning, "{FileId} cannot be replicated to the bucket {Bucket}: {Reason}", EventName = "ReplicationFailed")]
    private static partial void LogFailed(ILogger logger, string fileId, string bucket, string reason);
}
