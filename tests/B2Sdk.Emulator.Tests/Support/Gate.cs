namespace B2Sdk.Emulator.Tests.Support;

/// <summary>Where every call to the shared emulator passes, so that it can be killed between two calls and never within one.</summary>
internal static class Gate
{
    private static readonly Lock Changing = new();
    private static int _port;
    private static int _inside;
    private static TaskCompletionSource? _isOpen;
    private static TaskCompletionSource? _isEmpty;

    /// <summary>Calls to this port pass here; all others pass by.</summary>
    public static void Guard(int port) => _port = port;

    /// <summary>Passes as soon as the gate is open, and stays inside until what it returns is disposed of.</summary>
    public static async ValueTask<IDisposable?> EnterAsync(Uri url)
    {
        while (url.Port == _port)
        {
            Task wait;
            lock (Changing)
            {
                if (_isOpen is null)
                {
                    _inside++;
                    return new Inside();
                }
                wait = _isOpen.Task;
            }
            await wait;
        }
        return null;
    }

    /// <summary>Lets nobody in and waits until everybody is out. When that takes too long, because calls wait for others, the gate is open again.</summary>
    public static async Task<bool> TryCloseAsync(TimeSpan patience)
    {
        Task empty;
        lock (Changing)
        {
            _isOpen = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _isEmpty = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_inside == 0)
            {
                _isEmpty.SetResult();
            }
            empty = _isEmpty.Task;
        }
        try
        {
            await empty.WaitAsync(patience, TimeProvider.System);
            return true;
        }
        catch (TimeoutException)
        {
            Open();
            return false;
        }
    }

    public static void Open()
    {
        lock (Changing)
        {
            _isOpen?.SetResult();
            _isOpen = null;
            _isEmpty = null;
        }
    }

    private sealed class Inside : IDisposable
    {
        private int _isOut;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOut, 1) != 0)
            {
                return;
            }
            lock (Changing)
            {
                _inside--;
                if (_inside == 0)
                {
                    _isEmpty?.TrySetResult();
                }
            }
        }
    }
}
