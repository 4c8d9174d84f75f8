using System.Text.Json.Nodes;

namespace B2Sdk.Emulator.Control;

/// <summary>Makes odd pages of good ones. Whoever follows the cursors to their end still sees every row. Pure.</summary>
internal static class Pages
{
    private static readonly Dictionary<string, (string Rows, (string Cursor, string Member)[] Cursors)> Listings = new(
        StringComparer.Ordinal
    )
    {
        ["b2_list_file_names"] = ("files", [("nextFileName", "fileName")]),
        ["b2_list_file_versions"] = ("files", [("nextFileName", "fileName"), ("nextFileId", "fileId")]),
        ["b2_list_keys"] = ("keys", [("nextApplicationKeyId", "applicationKeyId")]),
        ["b2_list_parts"] = ("parts", [("nextPartNumber", "partNumber")]),
        ["b2_list_unfinished_large_files"] = ("files", [("nextFileId", "fileId")]),
    };

    public static bool IsListing(string operation) => Listings.ContainsKey(operation);

    /// <summary>Changes the answer of a listing.</summary>
    public static void Distort(JsonObject answer, string operation, FaultyPage fault)
    {
        var (rowsName, cursors) = Listings[operation];
        if (answer[rowsName] is not JsonArray rows)
        {
            return;
        }
        var (kept, next) = fault switch
        {
            FaultyPage.Empty => (0, 0),
            FaultyPage.Half => ((rows.Count + 1) / 2, (rows.Count + 1) / 2),
            _ => (rows.Count, 1),
        };
        // Where no row would come next, the page is the last one anyway.
        if (next >= rows.Count)
        {
            return;
        }
        foreach (var (cursor, member) in cursors)
        {
            answer[cursor] = rows[next]![member]?.DeepClone();
        }
        while (rows.Count > kept)
        {
            rows.RemoveAt(rows.Count - 1);
        }
    }
}
