namespace B2Sdk.Emulator.Rules;

/// <summary>Whether a page of another origin may do something, by which rule, or why not.</summary>
/// <param name="Rule">The rule that allows it; null when none does.</param>
/// <param name="Origin">What answers say in Access-Control-Allow-Origin.</param>
/// <param name="Reason">What each rule has against it; empty when it is allowed.</param>
internal sealed record CorsDecision(CorsRule? Rule, string Origin, string Reason);
