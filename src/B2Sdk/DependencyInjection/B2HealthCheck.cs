using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace B2Sdk;

/// <summary>Says whether B2 can be reached and takes the key.</summary>
/// <remarks>
/// Each check is one authorization, which is one transaction of class C; it is sent once and not tried again. Add it with
/// <c>services.AddHealthChecks().AddCheck&lt;B2HealthCheck&gt;("b2")</c>.
/// </remarks>
/// <param name="api">The client to check.</param>
public sealed class B2HealthCheck(B2Api api) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            await api.CheckAsync(cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is B2Exception or MissingAccountDataException or IOException)
        {
            return new(context.Registration.FailureStatus, e.Message, e);
        }
    }
}
