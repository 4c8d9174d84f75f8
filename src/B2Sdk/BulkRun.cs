namespace B2Sdk;

/// <summary>Does many things, some at a time, as they are selected, and counts what became of them. A dry run does all but the thing itself.</summary>
internal sealed class BulkRun(BulkOptions options, Func<BulkStep, CancellationToken, Task> performAsync)
{
    private const int KeptFailures = 100;
    private readonly Lock _lock = new();
    private readonly List<BulkResult> _failures = [];
    private long _done;
    private long _bytes;
    private long _failed;

    public async Task<BulkSummary> RunAsync(IAsyncEnumerable<BulkStep> steps, CancellationToken cancellationToken)
    {
        // What costs no calls needs no company, and is reported in order.
        var concurrency = options.DryRun ? 1 : options.Concurrency;
        await Parallel
            .ForEachAsync(
                steps,
                new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken },
                async (step, stop) =>
                {
                    for (BulkStep? next = step; next is not null; )
                    {
                        var isDone = await DoAsync(next, stop).ConfigureAwait(false);
                        next = next.Name is { IsDone: false } name ? name.Release(!isDone) : null;
                    }
                }
            )
            .ConfigureAwait(false);
        return new()
        {
            IsDryRun = options.DryRun,
            Done = _done,
            Bytes = _bytes,
            Failed = _failed,
            FirstFailures = _failures,
        };
    }

    private async Task<bool> DoAsync(BulkStep step, CancellationToken cancellationToken)
    {
        B2Exception? failure = null;
        if (step.Name is { HasFailed: true, IsDone: true })
        {
            failure = new(
                $"The newest version {step.File.FileId} of '{step.File.FileName}' was kept, as an older one could not be deleted and would be shown."
            );
        }
        else if (!options.DryRun)
        {
            try
            {
                await performAsync(step, cancellationToken).ConfigureAwait(false);
            }
            catch (B2Exception e) when (!options.StopAtFirstFailure && e is not (B2UnauthorizedException or B2CapExceededException))
            {
                failure = e;
            }
        }
        Count(
            new()
            {
                File = step.File,
                Action = step.Action,
                Failure = failure,
            }
        );
        return failure is null;
    }

    private void Count(BulkResult result)
    {
        lock (_lock)
        {
            if (result.Failure is null)
            {
                _done++;
                _bytes += result.File.SizeInBytes;
            }
            else
            {
                _failed++;
                if (_failures.Count < KeptFailures)
                {
                    _failures.Add(result);
                }
            }
            options.Progress?.Report(result);
        }
    }
}
