[assembly: AssemblyFixture(typeof(EmulatorFixture))]

namespace B2Sdk.Emulator.Tests.Support;

/// <summary>The one emulator all tests share; each takes an account of its own from it.</summary>
/// <remarks>
/// The variable B2_TEST_EMULATOR says where it keeps things: <c>memory</c>, <c>data</c> for a folder, or <c>restart</c> for a folder under which it is killed all the time.
/// </remarks>
public sealed class EmulatorFixture : IAsyncLifetime
{
    /// <summary>Small, so that a large file is made of a few hundred bytes.</summary>
    public const int MinimumPartSize = 100;

    public const int RecommendedPartSize = 1_000;

    private readonly string _mode = Environment.GetEnvironmentVariable("B2_TEST_EMULATOR") is { Length: > 0 } mode ? mode : "memory";
    private readonly TemporaryFolder _folder = new();
    private B2Emulator? _emulator;
    private MortalEmulator? _mortal;

    /// <summary>The emulator of most tests.</summary>
    internal B2Emulator Emulator => _mortal?.Current ?? Steady;

    /// <summary>One that is never killed, for tests of what an emulator knows only as long as it lives: faults, the journal, connections.</summary>
    internal B2Emulator Steady => _emulator ?? throw new InvalidOperationException("The emulator has not been started.");

    public async ValueTask InitializeAsync()
    {
        var options = new B2EmulatorOptions { MinimumPartSize = MinimumPartSize, RecommendedPartSize = RecommendedPartSize };
        switch (_mode)
        {
            case "memory":
                break;
            case "data":
                options = options with { DataDirectory = _folder.Data };
                break;
            case "restart":
                _mortal = await MortalEmulator.StartAsync(options, _folder);
                break;
            default:
                throw new InvalidOperationException($"B2_TEST_EMULATOR is '{_mode}'; it is memory, data or restart.");
        }
        _emulator = await B2Emulator.StartAsync(options, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_mortal is not null)
        {
            await _mortal.DisposeAsync();
        }
        if (_emulator is not null)
        {
            await _emulator.DisposeAsync();
        }
        _folder.Dispose();
    }
}
