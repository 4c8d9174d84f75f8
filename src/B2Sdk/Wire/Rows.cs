using System.Text.Json;

namespace B2Sdk.Wire;

/// <summary>Rows of an answer.</summary>
internal static class Rows
{
    /// <summary>Returns the rows, none of which may be missing: the serializer minds a null member, and not a null element.</summary>
    public static IReadOnlyList<T> Whole<T>(IReadOnlyList<T> rows)
        where T : class
    {
        foreach (var row in rows)
        {
            if (row is null)
            {
                throw new JsonException("A row is null.");
            }
        }
        return rows;
    }
}
