namespace B2Sdk;

/// <summary>Why a request to a webhook was refused.</summary>
public enum EventRefusal
{
    /// <summary>It has no signature. B2 signs when the rule has a signing secret.</summary>
    NoSignature,

    /// <summary>None of its signatures was made with any of the secrets.</summary>
    WrongSignature,

    /// <summary>It is signed, but not in a form that is known here.</summary>
    Unreadable,

    /// <summary>It tells of an event that is too old, or yet to come: somebody repeats what he recorded, or a clock is wrong.</summary>
    OutsideReplayWindow,
}
