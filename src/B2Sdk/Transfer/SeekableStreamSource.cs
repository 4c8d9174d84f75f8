namespace B2Sdk.Transfer;

/// <summary>What is left of a stream that can be rewound; the stream stays its owner's.</summary>
internal sealed class SeekableStreamSource : UploadSource
{
    private readonly Stream _stream;
    private readonly long _start;

    public SeekableStreamSource(Stream stream)
    {
        _stream = stream;
        _start = stream.Position;
        Length = Math.Max(0, stream.Length - _start);
    }

    public override long Length { get; }

    public override bool AllowsParallelReads => false;

    public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_stream.Position != _start + offset)
        {
            _stream.Position = _start + offset;
        }
        return _stream.ReadAsync(buffer, cancellationToken);
    }
}
