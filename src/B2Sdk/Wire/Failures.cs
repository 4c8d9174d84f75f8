using System.Net;
using System.Text.Json;

namespace B2Sdk.Wire;

/// <summary>Makes the exception for everything that can go wrong on the wire. They return it, so that the throw stays visible at the call.</summary>
internal static class Failures
{
    public static B2Exception FromAnswer(
        HttpResponseMessage response,
        byte[] body,
        string operation,
        string? subject,
        Func<string?, string?> scrub,
        DateTimeOffset now
    )
    {
        var error = ReadBody(body);
        var code = error?.Code ?? (error is not null || body.Length == 0 ? "" : B2ErrorCode.NonJsonResponse.Value);
        var text = scrub(error?.Message);
        var facts = new FailureFacts
        {
            Status = response.StatusCode,
            Code = new(code),
            ServerMessage = text,
            Operation = operation,
            Subject = subject,
            IsTransient = (int)response.StatusCode is 408 or 429 or >= 500 || IsRefusedExpectation(response),
            RetryAfter = ReadRetryAfter(response, now),
        };
        var message = Describe(operation, subject, text, $"{(int)response.StatusCode} {code}".TrimEnd());
        return Of(ErrorAdvice.For(facts) is { } advice ? $"{message}. {advice}" : message, facts);
    }

    /// <summary>The exception that a caller can tell apart where something else must be done.</summary>
    private static B2Exception Of(string message, FailureFacts facts) =>
        ((int?)facts.Status, facts.Code.ToString()) switch
        {
            (404, _) or (400, "bad_bucket_id" or "file_not_present" or "no_such_file") => new B2NotFoundException(message, null, facts),
            (401 or 403, "access_denied") => new B2AccessDeniedException(message, null, facts),
            (401, _) => new B2UnauthorizedException(message, null, facts),
            (400 or 403, "cap_exceeded" or "storage_cap_exceeded" or "transaction_cap_exceeded" or "download_cap_exceeded") =>
                new B2CapExceededException(message, null, facts),
            (409, _) => new B2ConflictException(message, null, facts),
            _ => new B2Exception(message, null, facts),
        };

    public static B2Exception UnreadableAnswer(HttpStatusCode status, string operation, string? subject, string what, Exception? cause) =>
        new(Describe(operation, subject, $"the answer {what}", $"{(int)status} {B2ErrorCode.NonJsonResponse}"), cause)
        {
            Status = status,
            Code = B2ErrorCode.NonJsonResponse,
            Operation = operation,
            Subject = subject,
            IsTransient = true,
        };

    /// <summary>A whole answer that says other things than B2's do: asked again, the same service would say the same again.</summary>
    public static B2Exception UnknownShape(HttpStatusCode status, string operation, string? subject, JsonException? cause)
    {
        var place = cause?.Path is { Length: > 1 } path ? $" at {path}" : "";
        return new(
            Describe(operation, subject, $"the answer is not what B2 documents{place}", $"{(int)status} {B2ErrorCode.NonJsonResponse}"),
            cause
        )
        {
            Status = status,
            Code = B2ErrorCode.NonJsonResponse,
            Operation = operation,
            Subject = subject,
        };
    }

    /// <summary>A listing that leads back to a page where it was before.</summary>
    public static B2Exception Circle(string operation, string? subject, string place) =>
        new(
            Describe(
                operation,
                subject,
                $"the service leads back to the page that begins at {place}, so that the list would never end",
                null
            )
        )
        {
            Operation = operation,
            Subject = subject,
        };

    /// <summary>What there is may or may not be what an attempt left behind.</summary>
    public static B2Exception Undecided(string operation, string? subject) =>
        new(Describe(operation, subject, "what there is may be somebody else's", null)) { Operation = operation, Subject = subject };

    /// <summary>A download whose headers do not say how long it is cannot be told from one that broke off.</summary>
    public static B2Exception UnknownLength(HttpStatusCode status, string operation, string? subject) =>
        new(
            Describe(
                operation,
                subject,
                "the answer does not say how long the file is, as when something between here and B2 decodes or re-frames it. Nothing was kept",
                $"{(int)status}"
            )
        )
        {
            Status = status,
            Operation = operation,
            Subject = subject,
        };

    public static B2Exception NoConnection(Exception cause, Uri url, string operation, string? subject)
    {
        var isTrusted = cause is not HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError };
        var reason = isTrusted ? cause.GetBaseException().Message : $"no trusted connection: {cause.GetBaseException().Message}";
        return new(
            Describe(operation, subject, $"{url.GetLeftPart(UriPartial.Authority)} cannot be reached or hung up: {reason}", null),
            cause
        )
        {
            Code = B2ErrorCode.ConnectionFailed,
            Operation = operation,
            Subject = subject,
            IsTransient = isTrusted,
        };
    }

    public static B2TimeoutException NoProgress(TimeSpan limit, Uri url, string operation, string? subject) =>
        new(
            Describe(
                operation,
                subject,
                $"nothing moved to or from {url.GetLeftPart(UriPartial.Authority)} for {limit.TotalSeconds:0.###} seconds",
                null
            )
        )
        {
            Operation = operation,
            Subject = subject,
            IsTransient = true,
        };

    /// <summary>The handler that the caller gave went elsewhere on its own.</summary>
    public static B2Exception Redirected(Uri url, string operation, string? subject) =>
        new(
            Describe(
                operation,
                subject,
                $"the HTTP handler followed a redirect of {url.GetLeftPart(UriPartial.Authority)}, which B2 never sends; nothing of the answer is believed. Make it follow none",
                null
            )
        )
        {
            Operation = operation,
            Subject = subject,
        };

    /// <summary>True when the request surely did not arrive, so that sending it again cannot do it twice.</summary>
    public static bool NeverArrived(B2Exception failure) =>
        failure.InnerException
            is HttpRequestException
            {
                HttpRequestError: HttpRequestError.ConnectionError
                    or HttpRequestError.NameResolutionError
                    or HttpRequestError.ProxyTunnelError
                    or HttpRequestError.SecureConnectionError
            };

    private static string Describe(string operation, string? subject, string? what, string? statusAndCode)
    {
        var head = subject is null ? operation : $"{operation} of '{subject}'";
        var reason = string.IsNullOrEmpty(what) ? "refused without a reason" : what;
        return statusAndCode is null ? $"{head}: {reason}" : $"{head}: {reason} ({statusAndCode})";
    }

    // Asked without the question, the same server takes the upload.
    private static bool IsRefusedExpectation(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.ExpectationFailed && response.RequestMessage?.Headers.ExpectContinue == true;

    private static ErrorBody? ReadBody(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, AccountJson.Default.ErrorBody);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static TimeSpan? ReadRetryAfter(HttpResponseMessage response, DateTimeOffset now)
    {
        var retryAfter = response.Headers.RetryAfter;
        var wait = retryAfter?.Delta ?? (retryAfter?.Date - (response.Headers.Date ?? now));
        return wait > TimeSpan.Zero ? wait : null;
    }
}
