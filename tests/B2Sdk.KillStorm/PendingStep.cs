namespace B2Sdk.KillStorm;

/// <summary>What a worker had asked for and was not answered: it may have happened whole, or not at all.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="Appears">The version that it would make; null for none. Its id is not known.</param>
/// <param name="Changes">The version that it would change or remove; null for none.</param>
/// <param name="After">What the changed version would be; null when it would be gone.</param>
internal sealed record PendingStep(string Kind, Version? Appears = null, Version? Changes = null, Version? After = null);
