using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli.Commands.Buckets;

/// <summary>The settings of a bucket, as they are given when it is created and when it is updated.</summary>
internal sealed class BucketFlags
{
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
            if (result.GetResult(_algorithm) is not null && result.GetValue(_encryption) != "SSE-B2")
            {
                result.AddError($"{_algorithm.Name} needs {_encryption.Name} SSE-B2.");
            }
        });
    }

    /// <summary>What was given. Everything else is null.</summary>
    public BucketUpdate Read(ParseResult line) =>
        new()
        {
            Info = Read(line.GetValue(_info), BucketSettingsJson.Default.DictionaryStringString, _info.Name),
            CorsRules = Read(line.GetValue(_corsRules), BucketSettingsJson.Default.IReadOnlyListCorsRule, _corsRules.Name),
            LifecycleRules = ReadLifecycleRules(line),
            FileLockEnabled = line.GetValue(_fileLock) ? true : null,
            ReplicationConfiguration = Read(
                line.GetValue(_replication),
                BucketSettingsJson.Default.ReplicationConfiguration,
                _replication.Name
            ),
            DefaultServerSideEncryption = line.GetValue(_encryption) switch
            {
                "SSE-B2" => EncryptionSetting.SseB2,
                "none" => EncryptionSetting.None,
                _ => null,
            },
        };

    private IReadOnlyList<LifecycleRule>? ReadLifecycleRules(ParseResult line) =>
        line.GetValue(_lifecycleRule) is { Length: > 0 } rules
            ? [.. rules.Select(text => Read(text, BucketSettingsJson.Default.LifecycleRule, _lifecycleRule.Name)!)]
            : Read(line.GetValue(_lifecycleRules), BucketSettingsJson.Default.IReadOnlyListLifecycleRule, _lifecycleRules.Name);

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

    private static Option<string?> Json(string name, string description) => new(name) { Description = description, HelpName = "JSON" };
}
