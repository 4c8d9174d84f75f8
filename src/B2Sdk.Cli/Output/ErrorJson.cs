namespace B2Sdk.Cli.Output;

/// <summary>A failure for programs, on one line. What is not known is null.</summary>
internal static class ErrorJson
{
    public static string Render(Exception exception, string message)
    {
        var refused = exception as B2Exception ?? exception.InnerException as B2Exception;
        return JsonText.Render(
            json =>
            {
                json.WriteStartObject();
                json.WriteStartObject("error");
                json.WriteString("code", refused?.Code.Value is { Length: > 0 } code ? code : null);
                json.WriteString("item", refused?.Subject);
                json.WriteString("message", message);
                json.WriteWords(
                    "missingCapabilities",
                    (refused as B2UnauthorizedException)?.MissingCapabilities.Select(capability => capability.Value) ?? []
                );
                json.WriteString("operation", refused?.Operation is { Length: > 0 } operation ? operation : null);
                json.WriteBoolean("retryable", refused?.IsTransient ?? false);
                json.WriteNumberOrNull("status", (long?)refused?.Status);
                json.WriteEndObject();
                json.WriteEndObject();
            },
            isOnOneLine: true
        );
    }
}
