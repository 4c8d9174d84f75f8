using System.Collections.Concurrent;
using System.Text;
using B2Sdk.Emulator.Storage;
using Microsoft.Extensions.Logging;

namespace B2Sdk.Emulator.Automation;

/// <summary>Sends what has happened in buckets to their webhooks: of each rule in order, and of different rules at the same time.</summary>
/// <remarks>Thread-safe. What it sends is forgotten only when it has arrived; whoever gets it may get it twice.</remarks>
internal sealed partial class Notifier(Store store, WebhookClient client, ILogger log) : IAsyncDisposable
{
    private const int MaxAtOnce = 16;
    private readonly SemaphoreSlim _places = new(MaxAtOnce);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<(long Bucket, string Name), Task> _sending = new();

    /// <summary>Called when something was sent or has failed, and more may be due.</summary>
    public Action Finished { get; set; } = static () => { };

    /// <summary>Begins to send all that is due. Returns when more will be, in milliseconds since 1970.</summary>
    public async Task<long> SendAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var next = RepeatedStep.Never;
        foreach (var rule in await store.ListPendingRulesAsync())
        {
            if (rule.Due > store.Now)
            {
                next = Math.Min(next, rule.Due);
            }
            else if (!_sending.ContainsKey((rule.Bucket, rule.Name)))
            {
                var isListed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _sending[(rule.Bucket, rule.Name)] = SendAsync(isListed.Task, rule);
                isListed.SetResult();
            }
        }
        return next;
    }

    /// <summary>Returns when nothing is being sent.</summary>
    public Task FinishAsync() => Task.WhenAll(_sending.Values);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await FinishAsync();
        _stop.Dispose();
        _places.Dispose();
    }

    private async Task SendAsync(Task isListed, PendingRule rule)
    {
        // It leaves the list at its end, and so must not end before it is there.
        await isListed;
        try
        {
            await _places.WaitAsync(_stop.Token);
            try
            {
                await SendAllAsync(rule, _stop.Token);
            }
            finally
            {
                _places.Release();
            }
        }
        catch (OperationCanceledException)
        {
            // The events are still there the next time.
        }
#pragma warning disable CA1031 // One rule's trouble is not that of the others.
        catch (Exception e)
        {
            LogBroken(log, rule.Name, e);
            _sending.TryRemove((rule.Bucket, rule.Name), out _);
            // Nobody is told, who would only have it fail again.
            return;
        }
#pragma warning restore CA1031
        _sending.TryRemove((rule.Bucket, rule.Name), out _);
        Finished();
    }

    private async Task SendAllAsync(PendingRule rule, CancellationToken cancellationToken)
    {
        while (await store.FindEventsAsync(rule) is { } batch)
        {
            var body = Encoding.UTF8.GetBytes($$"""{"events":[{{string.Join(',', batch.Events)}}]}""");
            if (await client.PostAsync(batch.Webhook, body, cancellationToken) is not { } failure)
            {
                await store.EventsArrivedAsync(rule, batch.Last);
                LogSent(log, batch.Events.Count, batch.BucketName, rule.Name);
                continue;
            }
            LogFailed(log, batch.BucketName, rule.Name, failure);
            if (await store.EventsFailedAsync(rule, batch.Webhook, failure))
            {
                LogSuspended(log, batch.BucketName, rule.Name);
            }
            return;
        }
    }

    [LoggerMessage(20, LogLevel.Debug, "{Count} events of {Bucket} were sent by the rule {Rule}", EventName = "NotificationSent")]
    private static partial void LogSent(ILogger logger, int count, string bucket, string rule);

    [LoggerMessage(
        21,
        LogLevel.Warning,
        "Events of {Bucket} for the rule {Rule} were not taken: {Failure}",
        EventName = "NotificationFailed"
    )]
    private static partial void LogFailed(ILogger logger, string bucket, string rule, string failure);

    [LoggerMessage(22, LogLevel.Warning, "The rule {Rule} of {Bucket} is suspended", EventName = "NotificationRuleSuspended")]
    private static partial void LogSuspended(ILogger logger, string bucket, string rule);

    [LoggerMessage(
        23,
        LogLevel.Error,
        "Sending events for the rule {Rule} failed in the emulator itself",
        EventName = "NotificationBroken"
    )]
    private static partial void LogBroken(ILogger logger, string rule, Exception exception);
}
