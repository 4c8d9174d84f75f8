using Spectre.Console;
using Spectre.Console.Rendering;

namespace B2Sdk.Cli.Output;

/// <summary>How many bytes have been moved.</summary>
internal sealed class BytesColumn : ProgressColumn
{
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(ByteSize.Show((long)task.Value)).RightJustified();

    public override int? GetColumnWidth(RenderOptions options) => 9;
}
