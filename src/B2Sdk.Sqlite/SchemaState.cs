namespace B2Sdk.Sqlite;

/// <summary>How the tables of a file are.</summary>
internal enum SchemaState
{
    /// <summary>There are none yet.</summary>
    Empty,

    /// <summary>They are as we know them.</summary>
    Current,

    /// <summary>They can be brought up to date.</summary>
    Older,

    /// <summary>A newer tool changed them.</summary>
    Newer,

    /// <summary>They are not an account's.</summary>
    Foreign,
}
