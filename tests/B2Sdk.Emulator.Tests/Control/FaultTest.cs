namespace B2Sdk.Emulator.Tests.Control;

/// <summary>What tests of faults have in common. Each fault befalls one account only, so that all share an emulator.</summary>
public abstract class FaultTest(EmulatorFixture fixture) : EmulatorTest(fixture, needsSteadiness: true)
{
    private protected static readonly byte[] Hello = "hello"u8.ToArray();

    private protected ActiveFault Add(B2Wire b2, Fault fault) => Emulator.Faults.Add(fault with { AccountId = b2.AccountId });

    private protected static byte[] Random(int count)
    {
        var bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }
}
