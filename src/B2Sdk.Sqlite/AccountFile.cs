using System.Text.RegularExpressions;

namespace B2Sdk.Sqlite;

/// <summary>Where the account file is, by the rules of the Python tools, and how it comes into being.</summary>
internal static partial class AccountFile
{
    private const string FileVariable = "B2_ACCOUNT_INFO";
    private const string ProfileVariable = "B2_ACCOUNT_INFO_PROFILE";
    private const string ConfigVariable = "XDG_CONFIG_HOME";

    // Closing any handle of a file drops the locks that SQLite holds on it for the whole process, so nobody may look for the file between its creation and the closing of that handle.
    private static readonly Lock CreationLock = new();

    /// <summary>The file that these names and variables mean; the first rule that fits wins.</summary>
    public static string Find(string? profile, Func<string, string?> environment, bool isXdgSystem)
    {
        var named = NullIfEmpty(environment(FileVariable));
        if (named is not null && profile is not null)
        {
            throw new ArgumentException($"A profile cannot be chosen while {FileVariable} names a file.", nameof(profile));
        }
        if (named is not null)
        {
            return Expand(named, environment);
        }
        profile ??= NullIfEmpty(environment(ProfileVariable));
        if (profile is not null && !ProfileName().IsMatch(profile))
        {
            throw new ArgumentException(
                $"The profile '{profile}' is not 1 to 64 letters, digits, hyphens and underscores.",
                nameof(profile)
            );
        }

        var home = Home(environment);
        var inHome = Path.Combine(home, profile is null ? ".b2_account_info" : $".b2db-{profile}.sqlite");
        if (profile is null && File.Exists(inHome))
        {
            return inHome;
        }
        var config = NullIfEmpty(environment(ConfigVariable));
        if (config is null && !isXdgSystem)
        {
            return inHome;
        }
        var inConfig = Path.Combine(
            config is null ? Path.Combine(home, ".config") : Expand(config, environment),
            "b2",
            profile is null ? "account_info" : $"db-{profile}.sqlite"
        );
        // The Python tools mean to prefer an old profile in the home folder but never find it; so it counts only while there is no new one.
        return profile is not null && !File.Exists(inConfig) && File.Exists(inHome) ? inHome : inConfig;
    }

    /// <summary>Replaces a leading <c>~</c> and makes the path absolute.</summary>
    public static string Expand(string path, Func<string, string?> environment) =>
        Path.GetFullPath(
            path == "~" ? Home(environment)
            : path.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(Home(environment), path[2..])
            : path
        );

    public static bool Exists(string path)
    {
        lock (CreationLock)
        {
            return File.Exists(path);
        }
    }

    /// <summary>Makes an empty file and its folder when they are missing, for the owner alone from the first moment. What exists keeps its permissions.</summary>
    public static void Create(string path)
    {
        lock (CreationLock)
        {
            if (File.Exists(path))
            {
                return;
            }
            var folder = Path.GetDirectoryName(path)!;
            if (!Directory.Exists(folder))
            {
                CreateFolder(folder);
            }
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }
            try
            {
                using var file = new FileStream(path, options);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another process was quicker.
            }
        }
    }

    /// <summary>Refuses a file that everybody on this machine can read or change. It is not repaired silently: who has read the key already is not known.</summary>
    public static void RefuseIfOpenToAll(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        var mode = File.GetUnixFileMode(path);
        if ((mode & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != UnixFileMode.None)
        {
            throw new IOException(
                $"The account file '{path}' is open to every user of this machine (mode {Convert.ToString((int)mode, 8)}), and holds a key. Take their rights away (chmod 600) first."
            );
        }
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static string Home(Func<string, string?> environment) =>
        NullIfEmpty(environment(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME"))
        ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    private static string? NullIfEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;

    [GeneratedRegex(@"\A[a-zA-Z0-9_-]{1,64}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProfileName();
}
