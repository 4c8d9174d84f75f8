using System.Text.Json.Serialization;

namespace B2Sdk.Wire;

/// <summary>The operations on event notification rules.</summary>
public static class NotificationEndpoints
{
    /// <summary>Returns the rules of a bucket.</summary>
    public static readonly Endpoint<GetNotificationRulesRequest, NotificationRulesResponse> Get = new(
        "b2_get_bucket_notification_rules",
        NotificationJson.Default.GetNotificationRulesRequest,
        NotificationJson.Default.NotificationRulesResponse
    )
    {
        Subject = request => request.BucketId,
        Requires = static _ => [Capability.ReadBucketNotifications],
        Reach = request => new(request.BucketId),
    };

    /// <summary>Replaces all rules of a bucket.</summary>
    public static readonly Endpoint<SetNotificationRulesRequest, NotificationRulesResponse> Set = new(
        "b2_set_bucket_notification_rules",
        NotificationJson.Default.SetNotificationRulesRequest,
        NotificationJson.Default.NotificationRulesResponse
    )
    {
        Subject = request => request.BucketId,
        Requires = static _ => [Capability.WriteBucketNotifications],
        Reach = request => new(request.BucketId),
    };
}

/// <summary>What <c>b2_get_bucket_notification_rules</c> is sent.</summary>
public sealed record GetNotificationRulesRequest
{
    /// <summary>The bucket.</summary>
    public required string BucketId { get; init; }
}

/// <summary>What <c>b2_set_bucket_notification_rules</c> is sent.</summary>
public sealed record SetNotificationRulesRequest
{
    /// <summary>The bucket.</summary>
    public required string BucketId { get; init; }

    /// <summary>All rules that the bucket is to have.</summary>
    public required IReadOnlyList<NotificationRule> EventNotificationRules { get; init; }
}

/// <summary>The rules of a bucket.</summary>
public sealed record NotificationRulesResponse
{
    /// <summary>The bucket.</summary>
    public required string BucketId { get; init; }

    /// <summary>The rules, ordered by name.</summary>
    public required IReadOnlyList<NotificationRule> EventNotificationRules
    {
        get;
        init => field = Rows.Whole(value);
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [typeof(NotificationEventTypeConverter), typeof(SecretConverter), typeof(GivenUrlConverter)]
)]
[JsonSerializable(typeof(GetNotificationRulesRequest))]
[JsonSerializable(typeof(SetNotificationRulesRequest))]
[JsonSerializable(typeof(NotificationRulesResponse))]
internal sealed partial class NotificationJson : JsonSerializerContext;
