using System.CommandLine;
using B2Sdk.Cli.Help;
using B2Sdk.Cli.Output;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli.Commands.Keys;

/// <summary><c>b2 key create</c></summary>
internal static class Create
{
    // Only accounts with event notifications know these.
    private static readonly Capability[] NotEverywhere = [Capability.ReadBucketNotifications, Capability.WriteBucketNotifications];

    internal sealed record Arguments
    {
        public required string KeyName { get; init; }

        /// <summary>Null for all there are.</summary>
        public IReadOnlyList<Capability>? Capabilities { get; init; }

        public IReadOnlyList<string> BucketNames { get; init; } = [];

        public string? NamePrefix { get; init; }

        public TimeSpan? ValidFor { get; init; }
    }

    public static Command CreateCommand(CliContext context)
    {
        var keyName = new Argument<string>("keyName") { Description = "What the key is called: up to 100 letters, digits and hyphens" };
        var capabilities = new CapabilitiesArgument("What it may do, with commas between");
        var all = new Option<bool>("--all-capabilities") { Description = "It may do everything" };
        var buckets = new BucketsOption("It may work in this bucket alone; may be repeated");
        var prefix = new Option<string?>("--name-prefix")
        {
            Description = "It may work with files alone whose names start so",
            HelpName = "PREFIX",
        };
        var duration = new Option<string?>("--duration")
        {
            Description = "How long it works: seconds, or 12h, 30d, 1000d at most; else for ever",
            HelpName = "TIME",
        };
        var command = new Verb(
            "create",
            "Create a key and print its id and, this once, the key itself",
            "b2 key create backup listBuckets,listFiles,readFiles,writeFiles --bucket my-photos",
            "b2 key create everything --all-capabilities --duration 7d"
        )
        {
            keyName,
            capabilities,
            all,
            buckets,
            prefix,
            duration,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(all) == result.GetValue(capabilities) is not null)
            {
                result.AddError("Give the capabilities, or --all-capabilities.");
            }
        });
        Invocation.SetAction(
            command,
            context,
            (run, line, cancellationToken) =>
                RunAsync(
                    run,
                    new()
                    {
                        KeyName = line.GetRequiredValue(keyName),
                        Capabilities = capabilities.Read(line),
                        BucketNames = [.. buckets.Read(line)],
                        NamePrefix = line.GetValue(prefix),
                        ValidFor = line.GetValue(duration) is { } time ? Duration.Parse(time, duration.Name) : null,
                    },
                    cancellationToken
                )
        );
        return command;
    }

    public static async Task RunAsync(Invocation run, Arguments arguments, CancellationToken cancellationToken)
    {
        await using var account = await OpenAccount.OpenAsync(run, cancellationToken);
        // What the present key may do is a capability, even one that is newer than this tool.
        var ours = (await account.Api.GetAuthorizationAsync(cancellationToken)).Allowed.Capabilities;
        Capability[] known = [.. Capability.All.Union(ours)];
        if (arguments.Capabilities?.Except(known).ToList() is [var unknown, ..])
        {
            throw new MisuseException(
                $"'{unknown}' is not a capability. These are: {string.Join(", ", known.Select(capability => capability.Value).Order(StringComparer.Ordinal))}."
            );
        }
        var ids = new List<string>();
        foreach (var name in arguments.BucketNames)
        {
            ids.Add((await account.Api.GetBucketByNameAsync(name, cancellationToken)).Id);
        }
        var key = await account.Api.CreateKeyAsync(
            arguments.KeyName,
            arguments.Capabilities
                ?? [.. Capability.All.Except(NotEverywhere).Union(ours).OrderBy(capability => capability.Value, StringComparer.Ordinal)],
            new()
            {
                BucketIds = ids.Count > 0 ? ids : null,
                NamePrefix = arguments.NamePrefix,
                ValidFor = arguments.ValidFor,
            },
            cancellationToken
        );
        run.PrintText($"{key.ApplicationKeyId} {key.Key.Reveal()}", json => KeyJson.Write(json, key));
    }
}
