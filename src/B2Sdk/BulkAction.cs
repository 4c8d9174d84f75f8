namespace B2Sdk;

/// <summary>What is done to one file in bulk.</summary>
public enum BulkAction
{
    /// <summary>The version is deleted for good.</summary>
    Delete,

    /// <summary>The unfinished large file is given up.</summary>
    Cancel,

    /// <summary>The file is hidden, and its versions stay.</summary>
    Hide,

    /// <summary>The version is copied over the newest one, so that it is the newest again.</summary>
    Copy,
}
