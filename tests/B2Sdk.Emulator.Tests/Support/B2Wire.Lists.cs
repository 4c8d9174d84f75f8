namespace B2Sdk.Emulator.Tests.Support;

internal sealed partial class B2Wire
{
    public async Task<List<JsonObject>> NamesAsync(string bucketId, JsonObject? more = null)
    {
        var body = more ?? [];
        body["bucketId"] = bucketId;
        return Rows(await OkAsync("b2_list_file_names", body));
    }

    public async Task<List<JsonObject>> VersionsAsync(string bucketId, JsonObject? more = null)
    {
        var body = more ?? [];
        body["bucketId"] = bucketId;
        return Rows(await OkAsync("b2_list_file_versions", body));
    }

    /// <summary>Every page until the cursor is null, each asked for with the cursor of the one before.</summary>
    public async Task<List<List<JsonObject>>> PagesAsync(string operation, JsonObject query)
    {
        var pages = new List<List<JsonObject>>();
        while (true)
        {
            var page = await OkAsync(operation, (JsonObject)query.DeepClone());
            pages.Add(Rows(page));
            if (page["nextFileName"] is null)
            {
                page["nextFileId"].ShouldBeNull();
                return pages;
            }

            pages.Count.ShouldBeLessThan(2_000, "Paging does not come to an end.");
            query["startFileName"] = page["nextFileName"]!.DeepClone();
            if (operation == "b2_list_file_versions")
            {
                query["startFileId"] = page["nextFileId"]?.DeepClone();
            }
        }
    }

    public static List<JsonObject> Rows(JsonObject page) => [.. page["files"]!.AsArray().Select(f => (JsonObject)f!)];

    public static string NameOf(JsonObject row) => Text(row["fileName"]);

    public static string IdOf(JsonObject row) => Text(row["fileId"]);

    public static string ActionOf(JsonObject row) => Text(row["action"]);
}
