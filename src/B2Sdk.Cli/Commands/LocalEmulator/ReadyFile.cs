namespace B2Sdk.Cli.Commands.LocalEmulator;

/// <summary>A file that is there while an emulator is ready, and tells what its first lines tell. It holds the key, and is for its owner only.</summary>
internal sealed class ReadyFile : IDisposable
{
    private readonly string? _path;

    private ReadyFile(string? path)
    {
        _path = path;
    }

    /// <summary>Makes the file at once, whole; nothing when there is no path.</summary>
    public static ReadyFile Create(string? path, string text)
    {
        if (path is not null)
        {
            try
            {
                Write(path, text);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new CommandException($"The ready file '{path}' cannot be written: {e.Message}");
            }
        }
        return new(path);
    }

    public void Dispose()
    {
        if (_path is not null)
        {
            File.Delete(_path);
        }
    }

    private static void Write(string path, string text)
    {
        var unfinished = path + ".new";
        File.Delete(unfinished);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using (var writer = new StreamWriter(unfinished, options))
        {
            writer.WriteLine(text);
        }
        File.Move(unfinished, path, overwrite: true);
    }
}
