namespace B2Sdk.Emulator;

/// <summary>How much each account of an emulator may have. What would be more is refused with 403, as when a cap that is set at B2 is reached.</summary>
public sealed record EmulatorCaps
{
    /// <summary>How many bytes it may store, all versions and unfinished parts together; null for any number. Default: null.</summary>
    public long? Storage { get; init; }

    /// <summary>How many bytes may be downloaded in a day; null for any number. Default: null.</summary>
    public long? Download { get; init; }

    /// <summary>How many transactions of class B it may make in a day: downloads and <c>b2_get_file_info</c>; null for any number. Default: null.</summary>
    public long? ClassB { get; init; }

    /// <summary>How many transactions of class C it may make in a day: listings, copies, authorizations and the rest that is paid for; null for any number. Default: null.</summary>
    /// <remarks>A listing counts for one with each thousand rows that it begins.</remarks>
    public long? ClassC { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">A cap is less than nothing.</exception>
    internal EmulatorCaps Check(string parameter)
    {
        foreach (var (what, cap) in new[] { ("storage", Storage), ("download", Download), ("class B", ClassB), ("class C", ClassC) })
        {
            if (cap < 0)
            {
                throw new ArgumentOutOfRangeException(parameter, $"The {what} cap is {cap}; it is at least 0.");
            }
        }
        return this;
    }
}
