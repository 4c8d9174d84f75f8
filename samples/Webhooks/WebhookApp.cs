using B2Sdk;

namespace Webhooks;

/// <summary>A web application to which B2 posts event notifications.</summary>
public static class WebhookApp
{
    private const int LargestBody = 1024 * 1024;

    public static WebApplication Create(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = LargestBody);

        string[] secrets = builder.Configuration.GetSection("Webhooks:SigningSecrets").Get<string[]>() ?? [];
        builder.Services.AddSingleton(new EventNotificationVerifier(secrets.Select(Secret.FromString)));
        builder.Services.AddSingleton<Inbox>();

        WebApplication app = builder.Build();
        app.MapPost("/b2-events", ReceiveAsync);
        return app;
    }

    private static async Task<IResult> ReceiveAsync(
        HttpRequest request,
        EventNotificationVerifier verifier,
        Inbox inbox,
        CancellationToken cancellationToken
    )
    {
        // The signature is of the octets as they came, so they are kept as they came.
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);

        EventVerification verification = verifier.Verify(
            body.GetBuffer().AsSpan(0, (int)body.Length),
            request.Headers[EventNotificationVerifier.SignatureHeader]
        );
        if (!verification.IsAccepted)
        {
            inbox.Refuse(verification.Refusal.Value);
            return Results.Unauthorized();
        }

        foreach (EventNotification notification in verification.Events)
        {
            inbox.Receive(notification);
        }
        return Results.Ok();
    }
}
