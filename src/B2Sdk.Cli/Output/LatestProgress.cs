namespace B2Sdk.Cli.Output;

/// <summary>Keeps the latest word of a transfer for whoever shows it at a pace of their own.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class LatestProgress : IProgress<TransferProgress>
{
    private readonly Lock _lock = new();

    public TransferProgress Value
    {
        get
        {
            lock (_lock)
            {
                return field;
            }
        }
        private set;
    }

    public void Report(TransferProgress value)
    {
        lock (_lock)
        {
            Value = value;
        }
    }
}
