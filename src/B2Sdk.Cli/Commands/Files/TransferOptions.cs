using System.CommandLine;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli.Commands.Files;

/// <summary>Options that uploads and downloads share.</summary>
internal static class TransferOptions
{
    private const int MostThreads = 100;

    public static Option<int> Threads() =>
        WholeNumber.Option(
            "--threads",
            "How many parts of a large file travel at the same time",
            least: 1,
            most: int.MaxValue,
            defaultValue: 10
        );

    /// <summary>Nothing gets faster beyond a hundred connections, and the library allows no more.</summary>
    public static int Concurrency(int threads) => Math.Min(threads, MostThreads);
}
