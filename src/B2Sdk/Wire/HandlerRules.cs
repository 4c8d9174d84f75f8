namespace B2Sdk.Wire;

/// <summary>What a handler of the caller's must not do, as far as it can be seen.</summary>
internal static class HandlerRules
{
    /// <summary>Refuses a handler that would carry keys wherever an answer points.</summary>
    public static void Check(HttpMessageHandler handler)
    {
        for (HttpMessageHandler? current = handler; current is not null; current = (current as DelegatingHandler)?.InnerHandler)
        {
            if (current is SocketsHttpHandler { AllowAutoRedirect: true } or HttpClientHandler { AllowAutoRedirect: true })
            {
                throw new ArgumentException(
                    $"The HTTP handler follows redirects, and would carry keys and tokens wherever an answer points. Set {current.GetType().Name}.{nameof(SocketsHttpHandler.AllowAutoRedirect)} to false.",
                    nameof(handler)
                );
            }
        }
    }
}
