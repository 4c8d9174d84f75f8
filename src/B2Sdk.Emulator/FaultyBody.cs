using System.Text.Json.Serialization;

namespace B2Sdk.Emulator;

/// <summary>Whose bytes a fault is about.</summary>
public enum FaultyBody
{
    /// <summary>Those of the answer.</summary>
    [JsonStringEnumMemberName("response")]
    Response,

    /// <summary>Those of an upload, on their way in.</summary>
    [JsonStringEnumMemberName("request")]
    Request,
}
