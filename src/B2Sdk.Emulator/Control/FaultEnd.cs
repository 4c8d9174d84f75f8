using Microsoft.AspNetCore.Http;

namespace B2Sdk.Emulator.Control;

/// <summary>Ends a call to which a fault has done what was asked of it.</summary>
/// <param name="endConnection">What becomes of the connection; null for nothing. It is done last: whoever sees it finds that the call has let go of all that it held.</param>
internal sealed class FaultEnd(Action<HttpContext>? endConnection) : Exception
{
    public void EndConnection(HttpContext context) => endConnection?.Invoke(context);
}
