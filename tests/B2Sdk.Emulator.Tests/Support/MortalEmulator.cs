namespace B2Sdk.Emulator.Tests.Support;

/// <summary>An emulator that dies between calls, at any moment, and is back at the same port with what its folder held at that moment.</summary>
/// <remarks>The folder is copied as it lies there, which is what a kill leaves behind; the successor gets the copy, and what the old one does when it is stopped is of no use to it.</remarks>
internal sealed class MortalEmulator : IAsyncDisposable
{
    private const int FewestDeaths = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);
    private readonly B2EmulatorOptions _options;
    private readonly TemporaryFolder _folder;
    private readonly CancellationTokenSource _stop = new();
    private readonly Random _random = new();
    private B2Emulator _current;
    private Task _dying = Task.CompletedTask;
    private int _deaths;

    private MortalEmulator(B2Emulator first, B2EmulatorOptions options, TemporaryFolder folder)
    {
        _current = first;
        _options = options with { Port = first.Url.Port };
        _folder = folder;
    }

    public B2Emulator Current => Volatile.Read(ref _current);

    public static async Task<MortalEmulator> StartAsync(B2EmulatorOptions options, TemporaryFolder folder)
    {
        var first = await B2Emulator.StartAsync(options with { DataDirectory = folder.NextData() }, CancellationToken.None);
        var mortal = new MortalEmulator(first, options, folder);
        Gate.Guard(first.Url.Port);
        mortal._dying = mortal.DieAgainAndAgainAsync();
        return mortal;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _dying;
        await Current.DisposeAsync();
        _stop.Dispose();
        // A run in which it hardly died has proven nothing.
        _deaths.ShouldBeGreaterThanOrEqualTo(FewestDeaths);
    }

    private async Task DieAgainAndAgainAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(10, 100)), TimeProvider.System, _stop.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (await Gate.TryCloseAsync(Patience))
            {
                try
                {
                    await DieAsync();
                }
                finally
                {
                    Gate.Open();
                }
            }
        }
    }

    private async Task DieAsync()
    {
        var data = await _folder.CopyToNextDataAsync();
        await Current.DisposeAsync();
        Volatile.Write(ref _current, await B2Emulator.StartAsync(_options with { DataDirectory = data }, CancellationToken.None));
        _deaths++;
    }
}
