namespace B2Sdk.Fuzz;

/// <summary>How long it is fuzzed, and with which numbers: B2_FUZZ_REQUESTS and B2_FUZZ_SEED, else few and always the same.</summary>
internal static class FuzzSettings
{
    public static int Requests { get; } = Read("B2_FUZZ_REQUESTS", 6_000);

    public static int Seed { get; } = Read("B2_FUZZ_SEED", 1);

    private static int Read(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
