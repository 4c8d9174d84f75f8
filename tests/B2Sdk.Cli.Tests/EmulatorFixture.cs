using B2Sdk.Emulator;

[assembly: AssemblyFixture(typeof(B2Sdk.Cli.Tests.EmulatorFixture))]

namespace B2Sdk.Cli.Tests;

/// <summary>The far side of all tests here: one emulator, with parts small enough that large files stay small.</summary>
public sealed class EmulatorFixture : IAsyncLifetime
{
    public const int MinimumPartSize = 10_000;
    public const int RecommendedPartSize = 40_000;
    private B2Emulator? _emulator;

    public B2Emulator Emulator => _emulator ?? throw new InvalidOperationException("The emulator is not started.");

    public async ValueTask InitializeAsync() =>
        _emulator = await B2Emulator.StartAsync(new() { MinimumPartSize = MinimumPartSize, RecommendedPartSize = RecommendedPartSize });

    public ValueTask DisposeAsync() => Emulator.DisposeAsync();
}
