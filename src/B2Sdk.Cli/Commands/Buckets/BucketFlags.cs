using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli.Commands.Buckets;

/// <summary>The settings of a bucket, as they are given when it is created and when it is updated.</summary>
internal sealed class BucketFlags
{
    private const string LifecycleRuleExample = """{"fileNamePrefix": "", "daysFromHidingToDeleting": 1}""";

    private readonly Option<string?> _info = Json("--bucket-info", "What to keep with the bucket, as a JSON object of strings");
    private readonly Option<string?> _corsRules = Json("--cors-rules", "Which web pages may use it, as a JSON array");

    private readonly Option<string[]> _lifecycleRule = new("--lifecycle-rule")
    {
        Description = "What happens to old files, as a JSON object; may be repeated",
        HelpName = "JSON",
    };

    private readonly Option<string?> _lifecycleRules = Json("--lifecycle-rules", "The same as a JSON array");

    private readonly Option<bool> _fileLock = new("--file-lock-enabled") { Description = "Files can be locked, which can never be undone" };
    private readonly Option<string?> _replication = Json("--replication", "Its part in replication, as a JSON object");

    private readonly Option<string?> _encryption = new Option<string?>("--default-server-side-encryption")
    {
        Description = "How files are encrypted that come without any of their own: SSE-B2 or none",
        HelpName = "MODE",
    }.AcceptOnly("SSE-B2", "none");

    private readonly Option<string?> _algorithm = new Option<string?>("--default-server-side-encryption-algorithm")
    {
        Description = "With which algorithm; there is AES256 alone",
        HelpName = "NAME",
    }.AcceptOnly("AES256");

    public BucketFlags() => _lifecycleRules.Hidden = true;

    public void AddTo(Command command)
    {
        command.Add(_info);
        command.Add(_corsRules);
        command.Add(_lifecycleRule);
        command.Add(_lifecycleRules);
        command.Add(_fileLock);
        command.Add(_replication);
        command.Add(_encryption);
        command.Add(_algorithm);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_lifecycleRule) is not null && result.GetResult(_lifecycleRules) is not null)
            {
                result.AddError("Give --lifecycle-rule or --lifecycle-rules, not both.");
            }
        });
    }

    /// <summary>What was given. Everything else is null.</summary>
    public BucketUpdate Read(Invocation run, ParseResult line)
    {
        if (line.GetValue(_algorithm) is not null && line.GetValue(_encryption) != "SSE-B2")
        {
            run.Warn($"{_algorithm.Name} does nothing without {_encryption.Name} SSE-B2.");
        }
        return new()
        {
            Info = Read(line.GetValue(_info), BucketSettingsJson.Info, _info.Name, """{"owner": "me"}"""),
            CorsRules = Read(
                line.GetValue(_corsRules),
                BucketSettingsJson.CorsRules,
                _corsRules.Name,
                """[{"corsRuleName": "downloads", "allowedOrigins": ["https://example.com"], "allowedOperations": ["b2_download_file_by_name"], "maxAgeSeconds": 3600}]"""
            ),
            LifecycleRules = ReadLifecycleRules(line),
            FileLockEnabled = line.GetValue(_fileLock) ? true : null,
            ReplicationConfiguration = Read(
                line.GetValue(_replication),
                BucketSettingsJson.Replication,
                _replication.Name,
                """{"asReplicationDestination": {"sourceToDestinationKeyMapping": {"SOURCE_KEY_ID": "DESTINATION_KEY_ID"}}}"""
            ),
            DefaultServerSideEncryption = line.GetValue(_encryption) switch
            {
                "SSE-B2" => EncryptionSetting.SseB2,
                "none" => EncryptionSetting.None,
                _ => null,
            },
        };
    }

    private IReadOnlyList<LifecycleRule>? ReadLifecycleRules(ParseResult line) =>
        line.GetValue(_lifecycleRule) is { Length: > 0 } rules
            ? [.. rules.Select(text => Read(text, BucketSettingsJson.LifecycleRule, _lifecycleRule.Name, LifecycleRuleExample)!)]
            : Read(line.GetValue(_lifecycleRules), BucketSettingsJson.LifecycleRules, _lifecycleRules.Name, $"[{LifecycleRuleExample}]");

    private static T? Read<T>(string? text, JsonTypeInfo<T> type, string option, string example)
        where T : class
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize(text, type) ?? throw new MisuseException($"{option} is null.");
        }
        catch (JsonException e)
        {
            // What the parser says of itself is about types that nobody knows at a command line.
            var place = e.Path?.TrimStart('$').TrimStart('.') is { Length: > 0 } path ? $" at {path}" : "";
            throw new MisuseException(
                IsJson(text!)
                    ? $"{option}: '{text}' is not what it should be{place}. It looks like {example}."
                    : $"{option}: '{text}' is not JSON. It looks like {example}."
            );
        }
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var _ = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Option<string?> Json(string name, string description) => new(name) { Description = description, HelpName = "JSON" };
}
