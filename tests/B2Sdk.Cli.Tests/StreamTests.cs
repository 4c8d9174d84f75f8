using System.Text;
using B2Sdk.Cli.Streams;

namespace B2Sdk.Cli.Tests;

public sealed class StreamTests(EmulatorFixture emulator) : CliTest(emulator)
{
    [Fact]
    public async Task A_reader_that_has_enough_ends_the_listing_with_success()
    {
        var bucket = await NewBucketAsync();
        await UploadAsync(bucket, "a");
        using var error = new MemoryStream();
        using var context = new CliContext(Stream.Null, new FailingOutput(new ClosedPipeException()), error) { Environment = Variable };

        var code = await CommandLine.RunAsync(["ls", $"b2://{bucket}"], context);

        code.ShouldBe(0);
        error.Length.ShouldBe(0);
    }

    [Fact]
    public async Task An_output_that_cannot_be_written_is_a_failure()
    {
        using var error = new MemoryStream();
        using var context = new CliContext(Stream.Null, new FailingOutput(new IOException("No space left.")), error)
        {
            Environment = Variable,
        };

        var code = await CommandLine.RunAsync(["version"], context);

        code.ShouldBe(ExitCodes.Failure);
        Encoding.UTF8.GetString(error.ToArray()).ShouldBe("ERROR: No space left.\n");
    }

    [Fact]
    public async Task An_input_that_breaks_off_stores_nothing()
    {
        var bucket = await NewBucketAsync();
        using var context = new CliContext(new InputStream(new FailingInput()), Stream.Null, Stream.Null) { Environment = Variable };

        var code = await CommandLine.RunAsync(["file", "upload", bucket, "-", "a"], context);

        code.ShouldBe(ExitCodes.Failure);
        (await SucceedAsync("ls", $"b2://{bucket}")).ShouldBe("");
    }

    private sealed class FailingOutput(IOException failure) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw failure;

        public override void Write(byte[] buffer, int offset, int count) => throw failure;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => throw failure;
    }

    private sealed class FailingInput : MemoryStream
    {
        public override int Read(Span<byte> buffer) => throw new IOException("The disk is gone.");
    }
}
