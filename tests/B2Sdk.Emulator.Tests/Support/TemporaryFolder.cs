using System.Diagnostics;

namespace B2Sdk.Emulator.Tests.Support;

/// <summary>A folder of its own for one test; gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private int _generation;
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("b2-emulator-tests-");

    /// <summary>The data folder; it does not exist until somebody makes it.</summary>
    public string Data => Path.Combine(_root.FullName, "data");

    public string Copy => Path.Combine(_root.FullName, "copy");

    public string AFile
    {
        get
        {
            var path = Path.Combine(_root.FullName, "a-file");
            File.WriteAllText(path, "not a folder");
            return path;
        }
    }

    /// <summary>All bytes in a folder, except the database's, which grow and shrink as the database likes.</summary>
    public static long BlobBytes(string folder) =>
        new DirectoryInfo(folder)
            .EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(f => !f.Name.Contains(".db", StringComparison.Ordinal) && !f.Name.Contains("sqlite", StringComparison.Ordinal))
            .Sum(f => f.Length);

    /// <summary>Copies the data folder as it lies there at this moment, as a machine that lost its power would leave it.</summary>
    public async Task CopyAsync(CancellationToken cancellationToken)
    {
        // Another process does it: this one must not open and close files whose locks it may hold.
        using var copy = Process.Start(new ProcessStartInfo("cp", ["-r", Data, Copy]))!;
        await copy.WaitForExitAsync(cancellationToken);
        copy.ExitCode.ShouldBe(0);
    }

    /// <summary>A data folder of its own that comes after all before.</summary>
    public string NextData() => Path.Combine(_root.FullName, $"data-{++_generation}");

    /// <summary>Copies the last of them, as it lies there, to the next.</summary>
    public async Task<string> CopyToNextDataAsync()
    {
        var last = Path.Combine(_root.FullName, $"data-{_generation}");
        var next = NextData();
        using var copy = Process.Start(new ProcessStartInfo("cp", ["-r", last, next]))!;
        await copy.WaitForExitAsync(CancellationToken.None);
        copy.ExitCode.ShouldBe(0);
        return next;
    }

    public void Dispose() => _root.Delete(recursive: true);
}
