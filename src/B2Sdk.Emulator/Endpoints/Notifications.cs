using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;

namespace B2Sdk.Emulator.Endpoints;

/// <summary>b2_get_bucket_notification_rules and b2_set_bucket_notification_rules.</summary>
internal static class Notifications
{
    public static async Task GetRulesAsync(Call call)
    {
        var bucketId = call.Arguments.RequiredString("bucketId");
        call.Require(Capabilities.ReadBucketNotifications, bucketId);
        await AnswerAsync(call, bucketId, await call.Store.GetNotificationRulesAsync(call.AccountId, bucketId));
    }

    public static async Task SetRulesAsync(Call call)
    {
        var bucketId = call.Arguments.RequiredString("bucketId");
        var rules = NotificationSettings.Read(
            call.Arguments.OptionalElement("eventNotificationRules")
                ?? throw Refusal.BadRequest("required field eventNotificationRules is missing")
        );
        call.Require(Capabilities.WriteBucketNotifications, bucketId);
        await AnswerAsync(call, bucketId, await call.Store.SetNotificationRulesAsync(call.AccountId, bucketId, rules));
    }

    private static Task AnswerAsync(Call call, string bucketId, List<NotificationRule> rules) =>
        call.AnswerAsync(writer =>
        {
            writer.WriteString("bucketId", bucketId);
            writer.WriteStartArray("eventNotificationRules");
            foreach (var rule in rules)
            {
                writer.WriteStartObject();
                NotificationSettings.WriteMembers(writer, rule);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        });
}
