namespace B2Sdk;

/// <summary>An application key, and the service at which it is good.</summary>
/// <param name="Realm"><c>production</c>, another alias, or a URL, as for <see cref="B2Api.AuthorizeAccountAsync(string, string, Secret, CancellationToken)"/>.</param>
/// <param name="ApplicationKeyId">The key's id.</param>
/// <param name="ApplicationKey">The key itself.</param>
public sealed record B2Credentials(string Realm, string ApplicationKeyId, Secret ApplicationKey);
