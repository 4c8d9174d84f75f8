using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;

namespace B2Sdk.Emulator.Endpoints;

/// <summary>What a caller sees of files.</summary>
/// <param name="Version">The version of the API that is spoken.</param>
/// <param name="Retention">Whether retentions are shown.</param>
/// <param name="LegalHold">Whether legal holds are shown.</param>
internal sealed record FileView(int Version, bool Retention, bool LegalHold)
{
    public static FileView Of(Call call) =>
        new(call.Version, call.Key.Has(Capabilities.ReadFileRetentions), call.Key.Has(Capabilities.ReadFileLegalHolds));
}
