namespace B2Sdk.Emulator.Tests.Support;

/// <summary>An upload URL and the token that goes with it.</summary>
internal sealed record UploadTarget(Uri Url, string Token);
