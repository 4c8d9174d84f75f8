using CsCheck;

namespace B2Sdk.Tests;

internal static class Pick
{
    /// <summary>One of these, each as likely as the other.</summary>
    public static Gen<T> From<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}
