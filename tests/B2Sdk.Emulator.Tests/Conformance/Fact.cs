namespace B2Sdk.Emulator.Tests.Conformance;

/// <summary>Something that is known of the service.</summary>
/// <param name="Id">Its number, as in the traits of the tests.</param>
/// <param name="Calls">The calls that it is about; empty for all.</param>
/// <param name="Text">What, in short.</param>
internal sealed record Fact(string Id, IReadOnlyList<string> Calls, string Text)
{
    public static IReadOnlyList<Fact> ReadAll(string path) =>
        [
            .. File.ReadLines(path)
                .Where(line => line.StartsWith('S'))
                .Select(line => line.Split('|', 3))
                .Select(fields => new Fact(fields[0], fields[1] == "*" ? [] : fields[1].Split(' '), fields[2])),
        ];
}
