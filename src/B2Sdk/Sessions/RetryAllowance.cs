namespace B2Sdk.Sessions;

/// <summary>
/// What all operations of a client may spend together on trying again at their own pace. Successes fill it up. When it is empty the service is in trouble as a whole, and
/// everybody waits the longest wait instead of storming it.
/// </summary>
internal sealed class RetryAllowance
{
    private const double Capacity = 100;
    private const double PerSuccess = 0.5;
    private readonly Lock _lock = new();
    private double _left = Capacity;

    public bool TryTake()
    {
        lock (_lock)
        {
            if (_left < 1)
            {
                return false;
            }
            _left--;
            return true;
        }
    }

    public void Earn()
    {
        lock (_lock)
        {
            _left = Math.Min(Capacity, _left + PerSuccess);
        }
    }
}
