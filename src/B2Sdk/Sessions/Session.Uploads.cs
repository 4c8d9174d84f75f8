using System.Net;
using B2Sdk.Diagnostics;
using B2Sdk.Wire;

namespace B2Sdk.Sessions;

internal sealed partial class Session
{
    /// <summary>Uploads a small file.</summary>
    /// <param name="bucketId">The bucket.</param>
    /// <param name="headers">What the file is.</param>
    /// <param name="makeBody">Makes the bytes anew for each attempt.</param>
    /// <param name="findStored">
    /// Asks once whether the bytes of an attempt whose answer was lost were stored after all; given that attempt's bytes, its start by B2's clock, and the authorization to ask with.
    /// </param>
    /// <param name="cancellationToken">Ends the upload.</param>
    public async Task<FileVersion> UploadFileAsync<TBody>(
        string bucketId,
        UploadHeaders headers,
        Func<TBody> makeBody,
        Func<TBody, DateTimeOffset, AccountAuthorization, Task<FileVersion?>> findStored,
        CancellationToken cancellationToken
    )
        where TBody : UploadBody
    {
        TBody? unanswered = null;
        var startedAt = ServerTime;
        try
        {
            return await RunAsync(
                    UploadOrFindAsync,
                    new() { Name = FileEndpoints.UploadFile, Requires = [Capability.WriteFiles] },
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (B2Exception) when (unanswered is not null)
        {
            // The last answer was lost, too: what it would have said can still be seen.
            if (await FindAfterAllAsync().ConfigureAwait(false) is { } stored)
            {
                return stored;
            }
            throw;
        }

        async Task<FileVersion> UploadOrFindAsync(AccountAuthorization? authorization, int number)
        {
            if (unanswered is not null && await findStored(unanswered, startedAt, authorization!).ConfigureAwait(false) is { } stored)
            {
                return stored;
            }
            unanswered = null;
            var body = makeBody();
            startedAt = ServerTime;
            try
            {
                return await LeaseAsync(
                        bucketId,
                        number,
                        () =>
                            GetUploadUrlAsync(
                                BucketEndpoints.GetUploadUrl,
                                new() { BucketId = bucketId },
                                authorization!,
                                cancellationToken
                            ),
                        target => _wire.UploadFileAsync(target, headers, body, cancellationToken)
                    )
                    .ConfigureAwait(false);
            }
            catch (B2Exception e) when (body.WasSent && (e.Status == HttpStatusCode.OK || (e.IsTransient && e.Status is null)))
            {
                unanswered = body;
                throw;
            }
        }

        async Task<FileVersion?> FindAfterAllAsync()
        {
            try
            {
                var authorization = await GetAuthorizationAsync(cancellationToken).ConfigureAwait(false);
                return await findStored(unanswered, startedAt, authorization).ConfigureAwait(false);
            }
            catch (B2Exception)
            {
                return null;
            }
        }
    }

    public Task<LargeFilePart> UploadPartAsync(
        string fileId,
        int partNumber,
        EncryptionSetting? encryption,
        Func<UploadBody> makeBody,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            (authorization, number) =>
                LeaseAsync(
                    fileId,
                    number,
                    () =>
                        GetUploadUrlAsync(
                            LargeFileEndpoints.GetUploadPartUrl,
                            new() { FileId = fileId },
                            authorization!,
                            cancellationToken
                        ),
                    target => _wire.UploadPartAsync(target, fileId, partNumber, encryption, makeBody(), cancellationToken)
                ),
            new() { Name = LargeFileEndpoints.UploadPart, Requires = [Capability.WriteFiles] },
            cancellationToken
        );

    public void ForgetUploadUrls(string fileId) => _accountInfo.UploadUrls.Forget(fileId);

    /// <summary>Uploads to a URL that nobody else uses meanwhile. It goes back to the others only after a whole success.</summary>
    private async Task<T> LeaseAsync<T>(string poolKey, int attempt, Func<Task<UploadUrl>> getAnother, Func<UploadUrl, Task<T>> upload)
    {
        // Only a first attempt takes an idle URL: when a pod goes away, all that point to it are stale together.
        UploadUrl? target = null;
        var isIdle = attempt == 1 && _accountInfo.UploadUrls.TryTake(poolKey, out target);
        Telemetry.UploadUrl(isIdle ? "reused" : "requested");
        target ??= await getAnother().ConfigureAwait(false);
        try
        {
            var result = await upload(target).ConfigureAwait(false);
            _accountInfo.UploadUrls.Give(poolKey, target);
            return result;
        }
        catch
        {
            Telemetry.UploadUrl("dropped");
            throw;
        }
    }

    private async Task<UploadUrl> GetUploadUrlAsync<TRequest>(
        Endpoint<TRequest, UploadUrlResponse> endpoint,
        TRequest request,
        AccountAuthorization authorization,
        CancellationToken cancellationToken
    )
    {
        var answer = await _wire
            .CallAsync(endpoint, authorization.ApiUrl, authorization.AuthorizationToken, request, cancellationToken)
            .ConfigureAwait(false);
        var realm = Realms.Resolve(authorization.Realm, _options.AllowInsecureRealm);
        Realms.CheckGivenUrl(realm, answer.UploadUrl, "uploadUrl", endpoint.Operation);
        return new(answer.UploadUrl, answer.AuthorizationToken);
    }
}
