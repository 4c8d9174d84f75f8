namespace B2Sdk;

/// <summary>One thing to do to one file.</summary>
/// <param name="File">The version.</param>
/// <param name="Action">What to do to it.</param>
/// <param name="Name">The file that it is a version of, when the order matters; null otherwise.</param>
internal sealed record BulkStep(FileVersion File, BulkAction Action, BulkName? Name = null);
