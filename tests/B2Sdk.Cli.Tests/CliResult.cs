using System.Text;
using System.Text.Json;

namespace B2Sdk.Cli.Tests;

/// <summary>What a run of the command left: its exit code and its two streams.</summary>
public sealed record CliResult(int Code, byte[] OutBytes, string Error)
{
    public string Out => Encoding.UTF8.GetString(OutBytes);

    public JsonElement Json => JsonDocument.Parse(OutBytes).RootElement;
}
