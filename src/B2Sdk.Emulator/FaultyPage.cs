using System.Text.Json.Serialization;

namespace B2Sdk.Emulator;

/// <summary>How a page of a listing is not what its reader expects, though nothing is lost to a reader who goes on until there is no next page.</summary>
public enum FaultyPage
{
    /// <summary>It has no rows, and says that there are more. A fault that does this to every call would never let a listing end, and is refused.</summary>
    [JsonStringEnumMemberName("empty")]
    Empty,

    /// <summary>It has half of the rows, and says that there are more.</summary>
    [JsonStringEnumMemberName("half")]
    Half,

    /// <summary>It is followed by a page that begins with its own second row. A page of one row is left alone.</summary>
    [JsonStringEnumMemberName("duplicate")]
    Duplicate,
}
