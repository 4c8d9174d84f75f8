using System.CommandLine;

namespace B2Sdk.Cli.Commands.Files;

/// <summary>Options that uploads and downloads share.</summary>
internal static class TransferOptions
{
    private const int MostThreads = 100;

    public static Option<int> Threads(string name = "--threads")
    {
        var threads = new Option<int>(name)
        {
            Description = "How many parts of a large file travel at the same time",
            HelpName = "N",
            DefaultValueFactory = static _ => 10,
        };
        threads.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var count) && count < 1)
            {
                result.AddError($"{name} is at least 1.");
            }
        });
        return threads;
    }

    /// <summary>Nothing gets faster beyond a hundred connections, and the library allows no more.</summary>
    public static int Concurrency(int threads) => Math.Min(threads, MostThreads);
}
