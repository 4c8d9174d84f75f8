namespace B2Sdk.Transfer;

/// <summary>One part of a large file, and what to do with its memory when B2 has it.</summary>
internal sealed record Part(int Number, UploadSource Source, long Offset, long Length, Action? Release = null) : IDisposable
{
    public void Dispose() => Release?.Invoke();
}
