using System.ComponentModel;
using System.Runtime.InteropServices;

namespace B2Sdk.Cli.Streams;

/// <summary>A standard output of this process, unbuffered.</summary>
/// <remarks>
/// The console's own stream drops what nobody reads without a word, so that a listing into <c>head</c> would go on to its end; and a file stream keeps a position of its own, so that
/// two programs which write to one file would overwrite each other.
/// </remarks>
/// <param name="descriptor">Its number.</param>
/// <param name="mayBeLost">True for what is said about the work: when nobody hears it, the work still goes on.</param>
internal sealed partial class OutputStream(int descriptor, bool mayBeLost) : Stream
{
    private const int NoDescriptor = -1;
    private const int Interrupted = 4;
    private const int BadDescriptor = 9;
    private const int BrokenPipe = 32;
    private const short ReadyToWrite = 4;
    private static readonly int WouldBlock = OperatingSystem.IsLinux() ? 11 : 35;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The standard output of this process.</summary>
    public static Stream OpenResults(bool isGiven) =>
        OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : new OutputStream(isGiven ? 1 : NoDescriptor, mayBeLost: false);

    /// <summary>The standard error of this process.</summary>
    public static Stream OpenTalk(bool isGiven) =>
        OperatingSystem.IsWindows() ? Console.OpenStandardError() : new OutputStream(isGiven ? 2 : NoDescriptor, mayBeLost: true);

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var written = WriteTo(descriptor, in MemoryMarshal.GetReference(buffer), buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
                continue;
            }
            var error = Marshal.GetLastPInvokeError();
            if (error == WouldBlock)
            {
                var target = new PollTarget(descriptor, ReadyToWrite, 0);
                _ = Poll(ref target, 1, -1);
            }
            else if (error != Interrupted)
            {
                if (mayBeLost)
                {
                    return;
                }
                throw error == BrokenPipe
                    ? new ClosedPipeException()
                    : new IOException(
                        $"The output cannot be written: {(error == BadDescriptor ? "it is closed" : new Win32Exception(error).Message)}."
                    );
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteTo(int descriptor, ref readonly byte buffer, nint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollTarget targets, nuint count, int timeout);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct PollTarget(int Descriptor, short Events, short Happened);
}
