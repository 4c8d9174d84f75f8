using Webhooks;

// Configure one signing secret or, while you replace it, two: Webhooks__SigningSecrets__0=... dotnet run --project samples/Webhooks
await WebhookApp.Create(args).RunAsync();
