using B2Sdk.Emulator.Http;

namespace B2Sdk.Emulator.Control;

/// <summary>The page to look at. It brings everything along, and asks nobody but the control API.</summary>
internal static class PageFiles
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>True for what is part of the page.</summary>
    public static bool Has(string name) => TypeOf(name) is not null;

    public static async Task SendAsync(Call call, string name)
    {
        await using var file =
            typeof(PageFiles).Assembly.GetManifestResourceStream($"page/{(name.Length == 0 ? "page.html" : name)}")
            ?? throw new InvalidOperationException($"The page's file '{name}' is not built in.");
        var headers = call.Response.Headers;
        headers.ContentType = TypeOf(name);
        headers.ContentLength = file.Length;
        headers.CacheControl = "no-cache";
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        await file.CopyToAsync(call.Response.Body, call.Aborted);
    }

    private static string? TypeOf(string name) =>
        name switch
        {
            "" => "text/html;charset=utf-8",
            "page.css" => "text/css;charset=utf-8",
            "page.js" => "text/javascript;charset=utf-8",
            _ => null,
        };
}
