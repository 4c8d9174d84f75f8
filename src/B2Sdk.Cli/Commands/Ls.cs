using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Runtime.CompilerServices;
using B2Sdk.Cli.Help;
using B2Sdk.Cli.Output;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli.Commands;

/// <summary><c>b2 ls</c></summary>
internal static class Ls
{
    internal sealed record Arguments
    {
        public required B2Uri Uri { get; init; }
        public bool IsLong { get; init; }
        public bool EndsWithNull { get; init; }
        public bool ShowsReplication { get; init; }
        public bool ShowsFolders { get; init; }
        public bool AllVersions { get; init; }
        public bool Recursive { get; init; }
        public bool IsPattern { get; init; }
        public IReadOnlyList<NameFilter> Filters { get; init; } = [];
    }

    public static Command Create(CliContext context)
    {
        var uri = new UriArgument("b2://bucket/path, b2id://version, or nothing for the buckets")
        {
            DefaultValueFactory = static _ => "b2://",
        };
        var isLong = new Option<bool>("--long", "-l") { Description = "Print id, action, time and size too" };
        var replication = new Option<bool>("--replication") { Description = "With --long, print how far replication is, too" };
        var print0 = new Option<bool>("--print0") { Description = "End each name with a zero byte instead of a line break, for xargs -0" };
        var folders = new Option<bool>("--folders") { Description = "With --json, show folders as such instead of their first file" };
        var versions = new Option<bool>("--versions") { Description = "All versions and hide markers, not only the newest files" };
        var recursive = new Option<bool>("--recursive", "-r") { Description = "All files below, not only the first level" };
        var wildcard = new Option<bool>("--with-wildcard")
        {
            Description = "Take *, ?, [abc] and [!abc] in the path as a pattern; needs --recursive",
        };
        var include = Patterns("--include", "Show names that match");
        var exclude = Patterns("--exclude", "Leave out names that match; of several patterns the last that matches decides");
        var command = new Verb(
            "ls",
            "List buckets or files",
            "b2 ls b2://my-photos/2026/",
            "b2 ls --recursive --with-wildcard --long 'b2://my-photos/*.jpg'"
        )
        {
            uri,
            isLong,
            replication,
            print0,
            folders,
            versions,
            recursive,
            wildcard,
            include,
            exclude,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(wildcard) && !result.GetValue(recursive))
            {
                result.AddError("--with-wildcard needs --recursive.");
            }
            if (result.GetValue(print0) && (result.GetValue(isLong) || result.GetValue<bool>(GlobalOptions.Json)))
            {
                result.AddError("--print0 prints names alone, not with --long or --json.");
            }
            if (result.GetValue(isLong) && result.GetValue<bool>(GlobalOptions.Json))
            {
                result.AddError("Give --long or --json, not both.");
            }
        });
        Invocation.SetAction(
            command,
            context,
            (run, line, cancellationToken) =>
            {
                var target = uri.Read(line);
                var needsBucket = (Option<bool>[])[isLong, replication, recursive, versions, print0];
                if (target.BucketName is "" && needsBucket.FirstOrDefault(line.GetValue) is { } misplaced)
                {
                    throw new MisuseException($"{misplaced.Name} is for the files of a bucket; '{line.GetValue(uri)}' names none.");
                }
                return RunAsync(
                    run,
                    new()
                    {
                        Uri = target,
                        IsLong = line.GetValue(isLong),
                        EndsWithNull = line.GetValue(print0),
                        ShowsReplication = line.GetValue(replication),
                        ShowsFolders = line.GetValue(folders),
                        AllVersions = line.GetValue(versions),
                        Recursive = line.GetValue(recursive),
                        IsPattern = line.GetValue(wildcard),
                        Filters = ReadFilters(line, include, exclude),
                    },
                    cancellationToken
                );
            }
        );
        return command;
    }

    public static async Task RunAsync(Invocation run, Arguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Uri.BucketName is "")
        {
            await Buckets.List.RunAsync(run, cancellationToken);
            return;
        }
        await using var account = await OpenAccount.OpenAsync(run, cancellationToken);
        var files = FindAsync(account.Api, run, arguments, cancellationToken);
        if (!run.IsJson)
        {
            await foreach (var file in files)
            {
                if (arguments.EndsWithNull)
                {
                    await run.Context.Out.WriteAsync($"{file.FileName}\0");
                }
                else
                {
                    run.Print(arguments.IsLong ? LongLine(run, arguments, file) : run.Name(file.FileName));
                }
            }
            return;
        }

        await run.PrintJsonArrayAsync(files, FileJson.Write);
    }

    private static async IAsyncEnumerable<FileVersion> FindAsync(
        B2Api api,
        Invocation run,
        Arguments arguments,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        if (arguments.Uri.FileId is { } fileId)
        {
            yield return await api.GetFileInfoByIdAsync(fileId, cancellationToken);
            yield break;
        }
        var bucket = await api.GetBucketByNameAsync(arguments.Uri.BucketName!, cancellationToken);
        var path = arguments.Uri.Path;
        if (!arguments.IsPattern && path.Length > 0 && !path.EndsWith('/'))
        {
            var isFile = false;
            // A file that is named is meant, whatever the patterns say of others.
            await foreach (var version in ExactlyAsync(bucket, path, arguments.AllVersions, cancellationToken))
            {
                isFile = true;
                yield return version;
            }
            if (isFile)
            {
                yield break;
            }
            path += "/";
        }

        var options = new ListOptions
        {
            Prefix = arguments.IsPattern ? "" : path,
            Pattern = arguments.IsPattern ? path : null,
            Filters = arguments.Filters,
            Recursive = arguments.Recursive,
            LatestOnly = !arguments.AllVersions,
        };
        await foreach (var file in bucket.ListAsync(options, cancellationToken))
        {
            // The Python tool's JSON has no folders: the first file inside stands for each.
            yield return file.Action == FileAction.Folder && run.IsJson && !arguments.ShowsFolders
                ? await FirstWithinAsync(bucket, file.FileName, options, cancellationToken) ?? file
                : file;
        }
    }

    /// <summary>The versions of one name, which come first among all that begin with it.</summary>
    private static async IAsyncEnumerable<FileVersion> ExactlyAsync(
        Bucket bucket,
        string name,
        bool allVersions,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var options = new ListOptions
        {
            Prefix = name,
            Recursive = true,
            LatestOnly = !allVersions,
            PageSize = allVersions ? 1000 : 1,
        };
        await foreach (var version in bucket.ListAsync(options, cancellationToken))
        {
            if (version.FileName != name)
            {
                yield break;
            }
            yield return version;
            if (!allVersions)
            {
                yield break;
            }
        }
    }

    private static async Task<FileVersion?> FirstWithinAsync(
        Bucket bucket,
        string folder,
        ListOptions options,
        CancellationToken cancellationToken
    )
    {
        var first = options with { Prefix = folder, Recursive = true, PageSize = options.Filters.Count > 0 ? options.PageSize : 1 };
        await foreach (var file in bucket.ListAsync(first, cancellationToken))
        {
            return file;
        }
        return null;
    }

    private static string LongLine(Invocation run, Arguments arguments, FileVersion file)
    {
        var name = run.Name(file.FileName);
        var status = arguments.ShowsReplication ? $"  {file.ReplicationStatus?.ToString() ?? "-"}" : "";
        if (file.Action == FileAction.Folder)
        {
            return $"{"-", 83}  {"-", 6}  {"-", 10}  {"-", 8}  {0, 9}{status}  {name}";
        }
        var time = file.UploadTimestamp.UtcDateTime;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{file.FileId, 83}  {file.Action, 6}  {time:yyyy-MM-dd}  {time:HH:mm:ss}  {file.SizeInBytes, 9}{status}  {name}"
        );
    }

    private static Option<string[]> Patterns(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "PATTERN",
            DefaultValueFactory = static _ => [],
        };

    /// <summary>The patterns in the order in which they were given, which the parser's lists of values do not keep.</summary>
    private static List<NameFilter> ReadFilters(ParseResult line, Option include, Option exclude)
    {
        var filters = new List<NameFilter>();
        for (var index = 0; index + 1 < line.Tokens.Count; index++)
        {
            var token = line.Tokens[index];
            if (token.Type == TokenType.Option && (token.Value == include.Name || token.Value == exclude.Name))
            {
                var pattern = line.Tokens[index + 1].Value;
                filters.Add(token.Value == include.Name ? NameFilter.Include(pattern) : NameFilter.Exclude(pattern));
            }
        }
        return filters;
    }
}
