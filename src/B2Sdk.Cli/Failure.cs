using B2Sdk.Emulator;

namespace B2Sdk.Cli;

/// <summary>Says what an exception means for whoever typed the command.</summary>
internal static class Failure
{
    public static (int Code, string Message) Explain(Exception exception) =>
        exception switch
        {
            MisuseException => (ExitCodes.Misuse, exception.Message),
            // The library refused an argument before anything was sent.
            ArgumentException e => (ExitCodes.Misuse, WithoutParameter(e)),
            MissingAccountDataException => (ExitCodes.Failure, "No account is authorized here. Run 'b2 account authorize'."),
            B2Exception or CommandException or EmulatorStartException or IOException or UnauthorizedAccessException => (
                ExitCodes.Failure,
                exception.Message
            ),
            _ => (
                ExitCodes.Failure,
                $"Something went wrong that should not have: {exception.GetType().Name}: {exception.Message} Run it again with {GlobalOptions.Debug} and report what it prints."
            ),
        };

    // The name of a parameter of ours tells nobody anything.
    public static string WithoutParameter(ArgumentException exception)
    {
        var suffix = $" (Parameter '{exception.ParamName}')";
        return exception.Message.EndsWith(suffix, StringComparison.Ordinal) ? exception.Message[..^suffix.Length] : exception.Message;
    }
}
