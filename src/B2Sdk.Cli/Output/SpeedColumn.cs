using Spectre.Console;
using Spectre.Console.Rendering;

namespace B2Sdk.Cli.Output;

/// <summary>How many bytes move in a second, in the units of <see cref="BytesColumn"/>; empty while nobody knows.</summary>
internal sealed class SpeedColumn : ProgressColumn
{
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(task.Speed is { } speed && !task.IsFinished ? $"{ByteSize.Show((long)speed)}/s" : "").RightJustified();
}
