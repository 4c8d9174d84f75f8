namespace B2Sdk.Tests;

/// <summary>Holds everybody until as many as expected have come.</summary>
internal sealed class Gathering(int expected)
{
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _here;

    public Task ArriveAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _here) == expected)
        {
            _all.SetResult();
        }
        return _all.Task.WaitAsync(cancellationToken);
    }
}
