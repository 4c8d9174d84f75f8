using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Webhooks;

namespace B2Sdk.IntegrationTests.Guides;

/// <summary>The code of docs/notifications.md, and the sample that it is about.</summary>
[Trait("Need", "S16")]
public sealed class NotificationsGuide
{
    private const string NewSecret = "ZYXWVUTSRQPONMLKJIHGFEDCBA987654";
    private const string OldSecret = "0123456789abcdef0123456789ABCDEF";

    [Fact]
    public void Verify_a_request()
    {
        byte[] body = Encoding.UTF8.GetBytes(Tell("1"));
        string signature = Sign(body, NewSecret);

        var verifier = new EventNotificationVerifier([NewSecret, OldSecret]);
        EventVerification verification = verifier.Verify(body, signature);
        if (verification.IsAccepted)
        {
            foreach (EventNotification notification in verification.Events)
            {
                Console.WriteLine($"{notification.EventType}: {notification.FileName}");
            }
        }

        verification.IsAccepted.ShouldBeTrue();
    }

    [Fact]
    public async Task The_sample_takes_what_B2_signed_and_handles_each_event_once()
    {
        await using var app = await StartAsync();

        (await PostAsync(app, Tell("1"), NewSecret)).ShouldBe(HttpStatusCode.OK);
        (await PostAsync(app, Tell("2"), OldSecret)).ShouldBe(HttpStatusCode.OK);
        (await PostAsync(app, Tell("1"), NewSecret)).ShouldBe(HttpStatusCode.OK);

        Handled(app).Order().ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task The_sample_refuses_what_B2_did_not_sign()
    {
        await using var app = await StartAsync();

        (await PostAsync(app, Tell("1"), "a secret that somebody made up")).ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync(app, Tell("1"), secret: null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync(app, new string(' ', 2_000_000), NewSecret)).ShouldBe(HttpStatusCode.RequestEntityTooLarge);

        Handled(app).ShouldBeEmpty();
    }

    private static IEnumerable<string> Handled(WebApplication app) =>
        app.Services.GetRequiredService<Inbox>().Handled.Select(notification => notification.EventId);

    private static async Task<WebApplication> StartAsync()
    {
        var app = WebhookApp.Create([
            "--urls=http://127.0.0.1:0",
            "--Logging:LogLevel:Default=None",
            $"--Webhooks:SigningSecrets:0={NewSecret}",
            $"--Webhooks:SigningSecrets:1={OldSecret}",
        ]);
        await app.StartAsync();
        return app;
    }

    private static async Task<HttpStatusCode> PostAsync(WebApplication app, string body, string? secret)
    {
        using var http = new HttpClient();
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        if (secret is not null)
        {
            content.Headers.Add(EventNotificationVerifier.SignatureHeader, Sign(Encoding.UTF8.GetBytes(body), secret));
        }
        using var response = await http.PostAsync(new Uri($"{app.Urls.Single()}/b2-events"), content);
        return response.StatusCode;
    }

    private static string Tell(string id) =>
        $$"""
            {"events":[{"accountId":"a","bucketId":"b","bucketName":"n","eventId":"{{id}}","eventTimestamp":{{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}},
            "eventType":"b2:ObjectCreated:Upload","eventVersion":1,"matchedRuleName":"r","objectName":"f","objectSize":1,"objectVersionId":"4_z"}]}
            """;

    private static string Sign(byte[] body, string secret) =>
        $"v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body))}";
}
