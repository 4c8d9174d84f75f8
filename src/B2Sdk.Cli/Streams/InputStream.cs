namespace B2Sdk.Cli.Streams;

/// <summary>Standard input, whose reads can be left: the console's own stream waits for its next byte whatever happens.</summary>
/// <param name="open">Opens it at the first read, as most commands read nothing, and some are run without any.</param>
internal sealed class InputStream(Func<Stream> open) : Stream
{
    private readonly Lazy<Stream> _inner = new(() => Open(open));

    public InputStream(Stream inner)
        : this(() => inner) { }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        // A read that is left ends with the process; its buffer is not used again.
        new(Task.Run(() => _inner.Value.Read(buffer.Span), cancellationToken).WaitAsync(cancellationToken));

    public override int Read(byte[] buffer, int offset, int count) => _inner.Value.Read(buffer, offset, count);

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static Stream Open(Func<Stream> open)
    {
        try
        {
            return open();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException("Standard input is closed.", e);
        }
    }
}
