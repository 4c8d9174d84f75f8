using System.Runtime.CompilerServices;

namespace B2Sdk.Cli.Tests;

/// <summary>The files of the repository in which these tests were built.</summary>
internal static class Repository
{
    private static string Root { get; } = FindRoot();

    public static string PathOf(string path) => Path.Combine(Root, path);

    private static string FindRoot([CallerFilePath] string here = "")
    {
        for (var folder = Path.GetDirectoryName(here); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "B2Sdk.slnx")))
            {
                return folder;
            }
        }
        throw new InvalidOperationException("The tests were built outside of the repository.");
    }
}
