namespace B2Sdk.Transfer;

/// <summary>Adds up what the streams of one transfer have moved. What is moved again counts once, so the sum never falls.</summary>
internal sealed class ProgressMeter(IProgress<TransferProgress>? listener, long? total)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, long> _byPart = [];
    private long _sum;

    /// <summary>A part has moved that many of its bytes.</summary>
    public void Report(int part, long bytes)
    {
        if (listener is null)
        {
            return;
        }
        lock (_lock)
        {
            var before = _byPart.GetValueOrDefault(part);
            if (bytes <= before)
            {
                return;
            }
            _byPart[part] = bytes;
            _sum += bytes - before;
            Tell(_sum);
        }
    }

    /// <summary>Nothing was there to move, and that is done.</summary>
    public void ReportEmpty()
    {
        if (listener is not null)
        {
            Tell(0);
        }
    }

    private void Tell(long bytes)
    {
        try
        {
            listener!.Report(new(bytes, total));
        }
#pragma warning disable CA1031 // A listener that fails must not cost its user the transfer.
        catch (Exception)
        {
            // Nothing depends on the listener.
        }
#pragma warning restore CA1031
    }
}
