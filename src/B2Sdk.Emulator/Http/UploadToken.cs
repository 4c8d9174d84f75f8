namespace B2Sdk.Emulator.Http;

/// <summary>Opens one upload URL, for one upload at a time.</summary>
internal sealed class UploadToken : Token
{
    private int _isInUse;

    /// <summary>The bucket to which files go, or the large file to which parts go.</summary>
    public required string Target { get; init; }

    public required bool IsForParts { get; init; }

    public bool TryEnter() => Interlocked.CompareExchange(ref _isInUse, 1, 0) == 0;

    public void Leave() => Volatile.Write(ref _isInUse, 0);
}
