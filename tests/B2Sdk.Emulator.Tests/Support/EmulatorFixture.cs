[assembly: AssemblyFixture(typeof(EmulatorFixture))]

namespace B2Sdk.Emulator.Tests.Support;

/// <summary>The one emulator all tests share; each takes an account of its own from it.</summary>
public sealed class EmulatorFixture : IAsyncLifetime
{
    /// <summary>Small, so that a large file is made of a few hundred bytes.</summary>
    public const int MinimumPartSize = 100;

    public const int RecommendedPartSize = 1_000;

    private B2Emulator? _emulator;

    internal B2Emulator Emulator => _emulator ?? throw new InvalidOperationException("The emulator has not been started.");

    public async ValueTask InitializeAsync() =>
        _emulator = await B2Emulator.StartAsync(
            new B2EmulatorOptions { MinimumPartSize = MinimumPartSize, RecommendedPartSize = RecommendedPartSize },
            CancellationToken.None
        );

    public async ValueTask DisposeAsync()
    {
        if (_emulator is not null)
        {
            await _emulator.DisposeAsync();
        }
    }
}
