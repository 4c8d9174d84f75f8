using Spectre.Console;
using Spectre.Console.Rendering;

namespace B2Sdk.Cli.Output;

/// <summary>A column that means nothing, and so is empty, while nobody knows how long the whole is.</summary>
internal sealed class KnownLengthColumn(ProgressColumn inner) : ProgressColumn
{
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        task.IsIndeterminate ? Text.Empty : inner.Render(options, task, deltaTime);

    public override int? GetColumnWidth(RenderOptions options) => inner.GetColumnWidth(options);
}
