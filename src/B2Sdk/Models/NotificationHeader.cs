namespace B2Sdk;

/// <summary>A header that B2 adds to the notifications of a rule.</summary>
/// <param name="Name">The header's name; those that B2 uses itself are refused.</param>
/// <param name="Value">Its value, which may be a password and so never prints.</param>
public sealed record NotificationHeader(string Name, Secret Value);
