namespace B2Sdk.Cli;

/// <summary>Which service a command is meant for.</summary>
internal static class Realm
{
    public const string Variable = "B2_ENVIRONMENT";
    public const string Default = "production";
    public const string Emulator = "emulator";

    /// <summary>The services that need no URL.</summary>
    public static readonly string[] Names = [Default, "staging", Emulator];

    public const string EmulatorUrl = "http://127.0.0.1:8182";

    /// <summary>What the line or the environment asks for; null when neither does.</summary>
    public static string? Asked(Invocation run) => (run.Environment ?? run.Context.Variable(Variable)) is { } realm ? Stored(realm) : null;

    /// <summary>The form that is kept: the Python tools do not know the emulator by name.</summary>
    private static string Stored(string realm) => realm == Emulator ? EmulatorUrl : realm.TrimEnd('/');
}
