using System.Runtime.InteropServices;

namespace B2Sdk.Cli.Streams;

/// <summary>The three descriptors that a process is given, any of which whoever started it may have closed.</summary>
internal static partial class StandardDescriptors
{
    private const int GetFlags = 1;
    private const int CloseOnExec = 1;
    private const int ReadOnly = 0;
    private const int WriteOnly = 1;

    /// <summary>Holds the places of those that are closed, and tells which are not.</summary>
    /// <remarks>
    /// The next file or pipe that a process opens gets the lowest number that is free: left alone, the account's file or a pipe of the runtime would become the standard output. Call it
    /// before anything else is opened.
    /// </remarks>
    public static (bool Input, bool Output, bool Error) Hold() =>
        OperatingSystem.IsWindows() ? (true, true, true) : (Hold(0), Hold(1), Hold(2));

    private static bool Hold(int descriptor)
    {
        var flags = Control(descriptor, GetFlags);
        if (flags < 0)
        {
            // Opened so that what is done with it fails, as it does with one that is closed.
            _ = Open("/dev/null", descriptor == 0 ? WriteOnly : ReadOnly);
            return false;
        }
        // One that was given would have been closed at the start if it had this flag, which all have that the runtime opened since.
        return (flags & CloseOnExec) == 0;
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int descriptor, int command);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);
}
