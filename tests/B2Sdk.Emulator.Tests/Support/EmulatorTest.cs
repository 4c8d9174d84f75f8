using System.Security.Cryptography;

namespace B2Sdk.Emulator.Tests.Support;

/// <summary>What tests against the shared emulator have in common: an account, names nobody else uses, and the caller's token.</summary>
public abstract class EmulatorTest(EmulatorFixture fixture, bool needsSteadiness = false)
{
    private protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private protected B2Emulator Emulator => needsSteadiness ? fixture.Steady : fixture.Emulator;

    /// <summary>A client of a fresh account, authorized with its master key.</summary>
    private protected async Task<B2Wire> NewAccountAsync(string version = "v4") =>
        await B2Wire.AuthorizeAsync(Emulator.Url, await NewEmulatorAccountAsync(), version);

    private protected async Task<EmulatorAccount> NewEmulatorAccountAsync()
    {
        using var inside = await Gate.EnterAsync(Emulator.Url);
        return await Emulator.CreateAccountAsync(Cancelled);
    }

    /// <summary>Has the emulator do what is due.</summary>
    private protected async Task SettleAsync()
    {
        using var inside = await Gate.EnterAsync(Emulator.Url);
        await Emulator.SettleAsync(Cancelled);
    }

    /// <summary>A fresh account with one bucket.</summary>
    private protected async Task<(B2Wire B2, string BucketId)> NewBucketAsync(string version = "v4", string type = "allPrivate")
    {
        var b2 = await NewAccountAsync(version);
        return (b2, await b2.CreateBucketAsync(type: type));
    }

    /// <summary>Bucket names are unique over the whole service, so each is drawn at random.</summary>
    internal static string NewBucketName() => $"test-{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
}
