using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using B2Sdk.Cli.Help;
using B2Sdk.Cli.Output;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli.Commands.Buckets;

/// <summary><c>b2 bucket create</c></summary>
internal static class Create
{
    internal sealed record Arguments(string BucketName, BucketType Type, CreateBucketOptions Options);

    public static Command CreateCommand(CliContext context)
    {
        var bucketName = new BucketArgument("6 to 63 letters, digits and hyphens, unique over all of B2");
        var bucketType = new Argument<string>("bucketType") { Description = "allPrivate, or allPublic for files that anybody may read" };
        bucketType.AcceptOnly("allPrivate", "allPublic");
        var info = new Option<string?>("--bucket-info")
        {
            Description = "What to keep with the bucket, as a JSON object of strings",
            HelpName = "JSON",
        };
        var corsRules = new Option<string?>("--cors-rules")
        {
            Description = "Which web pages may use it, as a JSON array",
            HelpName = "JSON",
        };
        var lifecycleRule = new Option<string[]>("--lifecycle-rule")
        {
            Description = "What happens to old files, as a JSON object; may be repeated",
            HelpName = "JSON",
        };
        var lifecycleRules = new Option<string?>("--lifecycle-rules")
        {
            Description = "The same as a JSON array",
            HelpName = "JSON",
            Hidden = true,
        };
        var command = new Verb(
            "create",
            "Create a bucket and print its id",
            "b2 bucket create my-photos allPrivate",
            """b2 bucket create my-logs allPrivate --lifecycle-rule '{"fileNamePrefix": "", "daysFromHidingToDeleting": 1}'"""
        )
        {
            bucketName,
            bucketType,
            info,
            corsRules,
            lifecycleRule,
            lifecycleRules,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(lifecycleRule) is not null && result.GetResult(lifecycleRules) is not null)
            {
                result.AddError("Give --lifecycle-rule or --lifecycle-rules, not both.");
            }
        });
        Invocation.SetAction(
            command,
            context,
            (run, line, cancellationToken) =>
                RunAsync(
                    run,
                    new(
                        bucketName.Read(line),
                        new(line.GetRequiredValue(bucketType)),
                        new()
                        {
                            Info = Read(line.GetValue(info), BucketSettingsJson.Default.DictionaryStringString, info.Name),
                            CorsRules = Read(line.GetValue(corsRules), BucketSettingsJson.Default.IReadOnlyListCorsRule, corsRules.Name),
                            LifecycleRules = ReadLifecycleRules(line.GetValue(lifecycleRule), line.GetValue(lifecycleRules)),
                        }
                    ),
                    cancellationToken
                )
        );
        return command;
    }

    public static async Task RunAsync(Invocation run, Arguments arguments, CancellationToken cancellationToken)
    {
        await using var account = await OpenAccount.OpenAsync(run, cancellationToken);
        var bucket = await account.Api.CreateBucketAsync(arguments.BucketName, arguments.Type, arguments.Options, cancellationToken);
        if (run.IsJson)
        {
            run.PrintJson(json => BucketJson.Write(json, bucket));
        }
        else
        {
            run.Print(bucket.Id);
        }
    }

    private static IReadOnlyList<LifecycleRule>? ReadLifecycleRules(string[]? one, string? all) =>
        one is { Length: > 0 }
            ? [.. one.Select(text => Read(text, BucketSettingsJson.Default.LifecycleRule, "--lifecycle-rule")!)]
            : Read(all, BucketSettingsJson.Default.IReadOnlyListLifecycleRule, "--lifecycle-rules");

    private static T? Read<T>(string? text, JsonTypeInfo<T> type, string option)
        where T : class
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize(text, type) ?? throw new MisuseException($"{option} is null.");
        }
        catch (JsonException e)
        {
            throw new MisuseException($"{option} is not the JSON that it should be: {e.Message}");
        }
    }
}
