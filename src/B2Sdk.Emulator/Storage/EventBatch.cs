using B2Sdk.Emulator.Rules;

namespace B2Sdk.Emulator.Storage;

/// <summary>Events that are sent together.</summary>
/// <param name="BucketName">The bucket's name.</param>
/// <param name="Webhook">Where they go.</param>
/// <param name="Events">Each as JSON.</param>
/// <param name="Last">The number of the last one.</param>
internal sealed record EventBatch(string BucketName, Webhook Webhook, IReadOnlyList<string> Events, long Last);
