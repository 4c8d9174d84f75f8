using B2Sdk.Wire;

namespace B2Sdk;

public sealed partial class Bucket
{
    /// <summary>Returns the bucket as it is now. This object stays as it is.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="B2NotFoundException">The bucket is not there any more.</exception>
    public Task<Bucket> GetFreshStateAsync(CancellationToken cancellationToken = default) => _api.GetBucketByIdAsync(Id, cancellationToken);

    /// <summary>Changes settings of the bucket. Only what is set in the update is sent, and everything else stays as it is.</summary>
    /// <param name="update">The settings to change. Give <see cref="BucketUpdate.IfRevisionIs"/> when the new value depends on the old one.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The bucket as it is now. This object stays as it is.</returns>
    /// <exception cref="ArgumentException">A setting is not one, or nothing is to be changed. Nothing was sent.</exception>
    /// <exception cref="B2ConflictException">The bucket has another revision than <see cref="BucketUpdate.IfRevisionIs"/>.</exception>
    /// <exception cref="B2NotFoundException">The bucket is not there any more.</exception>
    /// <exception cref="B2Exception">
    /// B2 refused, as it does switching file lock off (<see cref="B2ErrorCode.FileLockConflict"/>), or on for a bucket that replicates to others
    /// (<see cref="B2ErrorCode.SourceReplicationConflict"/>).
    /// </exception>
    public async Task<Bucket> UpdateAsync(BucketUpdate update, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(update);
        update.Validate(nameof(update));
        var request = new UpdateBucketRequest
        {
            AccountId = (await _api.GetAuthorizationAsync(cancellationToken).ConfigureAwait(false)).AccountId,
            BucketId = Id,
            BucketType = update.Type,
            BucketInfo = update.Info,
            CorsRules = update.CorsRules,
            LifecycleRules = update.LifecycleRules,
            DefaultServerSideEncryption = EncryptionRequest.From(update.DefaultServerSideEncryption),
            DefaultRetention = update.DefaultRetention,
            FileLockEnabled = update.FileLockEnabled,
            ReplicationConfiguration = update.ReplicationConfiguration,
            IfRevisionIs = update.IfRevisionIs,
        };
        try
        {
            var record = await _api.Session.CallAsync(BucketEndpoints.Update, request, cancellationToken).ConfigureAwait(false);
            return await _api.KeepAsync(record, cancellationToken).ConfigureAwait(false);
        }
        catch (B2ConflictException e) when (e.FollowsLostAnswer)
        {
            // An earlier attempt may have changed the bucket, and its answer was lost: then it is what it was to become.
            var answer = await _api
                .Session.CallAsync(BucketEndpoints.List, new() { AccountId = request.AccountId, BucketId = Id }, cancellationToken)
                .ConfigureAwait(false);
            if (answer.Buckets.FirstOrDefault(bucket => BucketComparison.Has(bucket, request)) is { } updated)
            {
                return await _api.KeepAsync(updated, cancellationToken).ConfigureAwait(false);
            }
            throw;
        }
    }

    /// <summary>Returns the rules by which B2 tells of events in this bucket, ordered by name.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="B2UnauthorizedException">The key may not read them.</exception>
    public async Task<IReadOnlyList<NotificationRule>> GetNotificationRulesAsync(CancellationToken cancellationToken = default) =>
        (
            await _api.Session.CallAsync(NotificationEndpoints.Get, new() { BucketId = Id }, cancellationToken).ConfigureAwait(false)
        ).EventNotificationRules;

    /// <summary>Replaces all rules by which B2 tells of events in this bucket.</summary>
    /// <remarks>To change one rule, get them all, change it, and set them all: what B2 says of a rule is left out by itself.</remarks>
    /// <param name="rules">All rules that the bucket is to have; empty for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The rules as B2 stored them.</returns>
    /// <exception cref="ArgumentException">A rule is not one. Nothing was sent.</exception>
    /// <exception cref="B2UnauthorizedException">The key may not change them.</exception>
    /// <exception cref="B2Exception">
    /// B2 refused: <see cref="B2ErrorCode.EventTypeOverlap"/>, <see cref="B2ErrorCode.EventTypeInvalid"/>, <see cref="B2ErrorCode.EventTypeCategories"/>.
    /// </exception>
    public async Task<IReadOnlyList<NotificationRule>> SetNotificationRulesAsync(
        IReadOnlyList<NotificationRule> rules,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(rules);
        BucketSettingsRules.Validate(rules, nameof(rules));
        var request = new SetNotificationRulesRequest
        {
            BucketId = Id,
            EventNotificationRules = [.. rules.Select(rule => rule.AsRequest())],
        };
        return (
            await _api.Session.CallAsync(NotificationEndpoints.Set, request, cancellationToken).ConfigureAwait(false)
        ).EventNotificationRules;
    }
}
