using B2Sdk.Sessions;
using B2Sdk.Wire;

namespace B2Sdk;

/// <summary>Calls the JSON operations of B2 one by one, with the records that travel.</summary>
/// <remarks>
/// Tokens, tries and errors are as everywhere else: an expired token is renewed, what can be tried again is. What the verbs of <see cref="B2Api"/> and <see cref="Bucket"/> add is left out:
/// no validation, no paging, no making sense of an answer that was lost. The tables are <see cref="BucketEndpoints"/>, <see cref="FileEndpoints"/>, <see cref="LargeFileEndpoints"/>,
/// <see cref="KeyEndpoints"/> and <see cref="NotificationEndpoints"/>. Bytes travel with the verbs only. Thread-safe.
/// </remarks>
/// <example>
/// <code>
/// ListBucketsResponse answer = await b2.Raw.CallAsync(BucketEndpoints.List, new() { AccountId = accountId });
/// </code>
/// </example>
public sealed class RawApi
{
    private readonly Session _session;

    internal RawApi(Session session) => _session = session;

    /// <summary>Calls an operation.</summary>
    /// <typeparam name="TRequest">What is sent.</typeparam>
    /// <typeparam name="TResponse">What comes back.</typeparam>
    /// <param name="endpoint">The operation.</param>
    /// <param name="request">What to send.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="B2UnauthorizedException">The key may not do this, or not here.</exception>
    /// <exception cref="B2Exception">B2 refused, or could not be reached for as long as the retry options allow.</exception>
    public Task<TResponse> CallAsync<TRequest, TResponse>(
        Endpoint<TRequest, TResponse> endpoint,
        TRequest request,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(request);
        return _session.CallAsync(endpoint, request, cancellationToken);
    }
}
