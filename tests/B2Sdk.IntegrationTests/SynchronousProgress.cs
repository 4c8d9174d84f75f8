namespace B2Sdk.IntegrationTests;

/// <summary>Hears of progress in the order in which it is told, unlike <see cref="Progress{T}"/>.</summary>
internal sealed class SynchronousProgress(List<TransferProgress>? steps = null, Action<TransferProgress>? onStep = null)
    : IProgress<TransferProgress>
{
    private readonly Lock _lock = new();

    public void Report(TransferProgress value)
    {
        lock (_lock)
        {
            steps?.Add(value);
        }
        onStep?.Invoke(value);
    }
}
