using System.Net;
using B2Sdk.Wire;

namespace B2Sdk;

public sealed partial class B2Api
{
    /// <summary>Creates a bucket.</summary>
    /// <param name="bucketName">6 to 63 letters, digits and hyphens, not beginning with <c>b2-</c>; unique over all of B2, whatever the case.</param>
    /// <param name="bucketType"><see cref="BucketType.AllPrivate"/> or <see cref="BucketType.AllPublic"/>.</param>
    /// <param name="options">More settings; null for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">The name cannot be a bucket's, or a setting is not one. Nothing was sent.</exception>
    /// <exception cref="B2Exception">
    /// <see cref="B2ErrorCode.DuplicateBucketName"/> when anybody's bucket has the name, <see cref="B2ErrorCode.TooManyBuckets"/> when the account is full.
    /// </exception>
    public async Task<Bucket> CreateBucketAsync(
        string bucketName,
        BucketType bucketType,
        CreateBucketOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        BucketNameRules.Validate(bucketName, nameof(bucketName));
        options?.Validate(nameof(options));
        var accountId = (await GetAuthorizationAsync(cancellationToken).ConfigureAwait(false)).AccountId;
        var request = new CreateBucketRequest
        {
            AccountId = accountId,
            BucketName = bucketName,
            BucketType = bucketType,
            BucketInfo = options?.Info,
            CorsRules = options?.CorsRules,
            LifecycleRules = options?.LifecycleRules,
            DefaultServerSideEncryption = EncryptionRequest.From(options?.DefaultServerSideEncryption),
            FileLockEnabled = options?.FileLockEnabled == true ? true : null,
            ReplicationConfiguration = options?.ReplicationConfiguration,
        };
        try
        {
            return await KeepAsync(
                    await _session.CallAsync(BucketEndpoints.Create, request, cancellationToken).ConfigureAwait(false),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (B2Exception e) when (e.Code == B2ErrorCode.DuplicateBucketName && e.FollowsLostAnswer)
        {
            // The answer to an earlier attempt may have been lost: then the bucket is ours.
            var own = await FindBucketsAsync(new() { AccountId = accountId, BucketName = bucketName }, cancellationToken)
                .ConfigureAwait(false);
            if (own.FirstOrDefault(bucket => bucket.Type == bucketType && bucket.Name == bucketName) is { } created)
            {
                return created;
            }
            throw;
        }
    }

    /// <summary>Returns the bucket with that name, with its settings as they are now.</summary>
    /// <remarks>A key without <c>listBuckets</c> that is restricted to the bucket gets it with its name and id alone.</remarks>
    /// <param name="bucketName">The bucket's name, in any case.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="B2NotFoundException">This account has no such bucket.</exception>
    /// <exception cref="B2UnauthorizedException">The key is restricted to other buckets; nothing was sent then.</exception>
    public async Task<Bucket> GetBucketByNameAsync(string bucketName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(bucketName);
        var authorization = await GetAuthorizationAsync(cancellationToken).ConfigureAwait(false);
        return await GetBucketAsync(
                authorization,
                new() { AccountId = authorization.AccountId, BucketName = bucketName },
                allowed => string.Equals(allowed.Name, bucketName, StringComparison.OrdinalIgnoreCase),
                $"'{bucketName}'",
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>Returns the bucket with that id, with its settings as they are now.</summary>
    /// <remarks>A key without <c>listBuckets</c> that is restricted to the bucket gets it with its name and id alone.</remarks>
    /// <param name="bucketId">The bucket's id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="B2NotFoundException">This account has no such bucket.</exception>
    /// <exception cref="B2UnauthorizedException">The key is restricted to other buckets; nothing was sent then.</exception>
    public async Task<Bucket> GetBucketByIdAsync(string bucketId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(bucketId);
        var authorization = await GetAuthorizationAsync(cancellationToken).ConfigureAwait(false);
        return await GetBucketAsync(
                authorization,
                new() { AccountId = authorization.AccountId, BucketId = bucketId },
                allowed => allowed.Id == bucketId,
                $"with the id {bucketId}",
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>Returns all buckets that this key may see, ordered by name.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<Bucket>> ListBucketsAsync(CancellationToken cancellationToken = default)
    {
        var authorization = await GetAuthorizationAsync(cancellationToken).ConfigureAwait(false);
        if (authorization.Allowed.Buckets is not { } allowed)
        {
            var all = await FindBucketsAsync(new() { AccountId = authorization.AccountId, BucketTypes = ["all"] }, cancellationToken)
                .ConfigureAwait(false);
            await RememberOnlyAsync(
                    [.. all.Select(bucket => new BucketNameAndId { Name = bucket.Name, Id = bucket.Id })],
                    cancellationToken
                )
                .ConfigureAwait(false);
            return all;
        }

        // B2 lets a restricted key ask only for one bucket at a time, by name or id.
        var buckets = new List<Bucket>();
        foreach (var one in allowed.Where(bucket => bucket.Name is not null).OrderBy(bucket => bucket.Name, StringComparer.Ordinal))
        {
            if (!authorization.Allowed.Capabilities.Contains(Capability.ListBuckets))
            {
                buckets.Add(Bucket.NamedOnly(this, authorization.AccountId, one));
                continue;
            }
            buckets.AddRange(
                await FindBucketsAsync(new() { AccountId = authorization.AccountId, BucketId = one.Id }, cancellationToken)
                    .ConfigureAwait(false)
            );
        }
        return buckets;
    }

    /// <summary>Deletes a bucket. It must be empty of versions, hide markers and unfinished large files.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="B2NotFoundException">The bucket is not there.</exception>
    /// <exception cref="B2Exception"><see cref="B2ErrorCode.CannotDeleteNonEmptyBucket"/> when it is not empty.</exception>
    public async Task DeleteBucketAsync(Bucket bucket, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        var accountId = (await GetAuthorizationAsync(cancellationToken).ConfigureAwait(false)).AccountId;
        try
        {
            await _session
                .CallAsync(BucketEndpoints.Delete, new() { AccountId = accountId, BucketId = bucket.Id }, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (B2NotFoundException e) when (e.FollowsLostAnswer)
        {
            // An earlier attempt deleted it, and its answer was lost.
        }
        AccountInfo.UploadUrls.Forget(bucket.Id);
        await ForgetAsync(bucket.Id, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Bucket> GetBucketAsync(
        AccountAuthorization authorization,
        ListBucketsRequest request,
        Func<AllowedBucket, bool> isIt,
        string described,
        CancellationToken cancellationToken
    )
    {
        if (
            !authorization.Allowed.Capabilities.Contains(Capability.ListBuckets)
            && authorization.Allowed.Buckets?.FirstOrDefault(isIt) is { Name: not null } known
        )
        {
            return Bucket.NamedOnly(this, authorization.AccountId, known);
        }
        // Only B2 promises that what it lists is what was asked for.
        var found = await FindBucketsAsync(request, cancellationToken).ConfigureAwait(false);
        return found.Find(bucket => isIt(new() { Id = bucket.Id, Name = bucket.Name }))
            ?? throw new B2NotFoundException($"No bucket {described} in this account.")
            {
                Status = HttpStatusCode.OK,
                Code = B2ErrorCode.BadBucketId,
                Operation = BucketEndpoints.List.Operation,
                Subject = request.BucketName ?? request.BucketId,
                Attempts = 1,
            };
    }

    private async Task<List<Bucket>> FindBucketsAsync(ListBucketsRequest request, CancellationToken cancellationToken)
    {
        var answer = await _session.CallAsync(BucketEndpoints.List, request, cancellationToken).ConfigureAwait(false);
        var buckets = new List<Bucket>();
        foreach (var record in answer.Buckets)
        {
            buckets.Add(await KeepAsync(record, cancellationToken).ConfigureAwait(false));
        }
        return buckets;
    }

    internal async ValueTask<Bucket> KeepAsync(BucketRecord record, CancellationToken cancellationToken)
    {
        await RememberAsync(new() { Name = record.BucketName, Id = record.BucketId }, cancellationToken).ConfigureAwait(false);
        return new(this, record);
    }
}
