using System.Text.Json.Nodes;
using B2Sdk.Tests.Processes;

namespace B2Sdk.KillStorm;

/// <summary>One client, which owns the names below its folder and remembers all that it was acknowledged.</summary>
internal sealed class Worker(WireClient wire, string bucketId, string folder, Random random)
{
    // Beyond this a content has a file of its own in the data folder.
    private const int LargestInDatabase = 64 * 1024;
    private const int ManyVersions = 24;
    private (Uri Url, string Token)? _place;
    private int _names;

    public string Folder => folder;

    public Dictionary<string, Version> Versions { get; } = new(StringComparer.Ordinal);

    /// <summary>Those whose bytes were not read back yet.</summary>
    public HashSet<string> Unread { get; } = new(StringComparer.Ordinal);

    public PendingStep? Pending { get; set; }

    public int Acknowledged { get; private set; }

    /// <summary>Does one thing after another until the connection breaks.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await StepAsync();
                Pending = null;
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // It was killed. What is pending is looked at when it is back.
        }
    }

    public void Keep(Version version)
    {
        Versions[version.FileId] = version;
        Unread.Add(version.FileId);
    }

    public void Forget(string fileId)
    {
        Versions.Remove(fileId);
        Unread.Remove(fileId);
    }

    private Task StepAsync()
    {
        var unfinished = Pick("start");
        var file = Pick("upload");
        return Versions.Count > ManyVersions
            ? DeleteAsync(Versions.Values.ElementAt(random.Next(Versions.Count)))
            : random.Next(12) switch
            {
                0 => StartAsync(),
                1 or 2 when unfinished is not null => UploadPartAsync(unfinished),
                3 when unfinished?.Parts.Count >= 2 => FinishAsync(unfinished),
                4 when unfinished is not null && file is { Parts.Count: 1 } => CopyPartAsync(unfinished, file),
                5 when file is { Parts.Count: 1 } => CopyAsync(file),
                6 when file is not null && Newest(file.Name) == "upload" => HideAsync(file.Name),
                7 when file is not null => DeleteAsync(file),
                8 when unfinished is not null && random.Next(3) == 0 => DeleteAsync(unfinished),
                _ => UploadAsync(file),
            };
    }

    private async Task UploadAsync(Version? other)
    {
        // Now and then a new version of a name that exists.
        var name = other is not null && random.Next(3) == 0 ? other.Name : NewName();
        var bytes = NewBytes();
        var content = new Content(bytes.Length, WireClient.Sha1(bytes));
        _place ??= await wire.GetUploadUrlAsync("b2_get_upload_url", "bucketId", bucketId);
        Pending = new("upload", Appears: new("", name, "upload") { Parts = { [1] = content } });
        var answer = await wire.UploadAsync(_place.Value, WireClient.Content(bytes), content.Sha1, ("X-Bz-File-Name", name));
        Acknowledge(answer);
    }

    private async Task StartAsync()
    {
        var name = NewName();
        Pending = new("start", Appears: new("", name, "start"));
        Acknowledge(
            await wire.CallAsync(
                "b2_start_large_file",
                new()
                {
                    ["bucketId"] = bucketId,
                    ["fileName"] = name,
                    ["contentType"] = "text/plain",
                }
            )
        );
    }

    private async Task UploadPartAsync(Version file)
    {
        var place = await wire.GetUploadUrlAsync("b2_get_upload_part_url", "fileId", file.FileId);
        var bytes = NewBytes(least: 1000);
        var content = new Content(bytes.Length, WireClient.Sha1(bytes));
        var number = NextPart(file);
        Pending = new("part", Changes: file, After: With(file, number, content));
        await wire.UploadAsync(place, WireClient.Content(bytes), content.Sha1, ("X-Bz-Part-Number", $"{number}"));
        AcknowledgeChange();
    }

    private async Task CopyPartAsync(Version file, Version source)
    {
        if (source.Length < 1000)
        {
            return;
        }
        var number = NextPart(file);
        Pending = new("copied part", Changes: file, After: With(file, number, source.Parts[1]));
        await wire.CallAsync(
            "b2_copy_part",
            new()
            {
                ["sourceFileId"] = source.FileId,
                ["largeFileId"] = file.FileId,
                ["partNumber"] = number,
            }
        );
        AcknowledgeChange();
    }

    private async Task FinishAsync(Version file)
    {
        Pending = new("finish", Changes: file, After: file with { Action = "upload" });
        await wire.CallAsync(
            "b2_finish_large_file",
            new()
            {
                ["fileId"] = file.FileId,
                ["partSha1Array"] = new JsonArray([.. file.Parts.Values.Select(part => JsonValue.Create(part.Sha1))]),
            }
        );
        AcknowledgeChange();
    }

    private async Task CopyAsync(Version source)
    {
        var name = NewName();
        Pending = new("copy", Appears: new("", name, "upload") { Parts = source.Parts });
        Acknowledge(await wire.CallAsync("b2_copy_file", new() { ["sourceFileId"] = source.FileId, ["fileName"] = name }));
    }

    private async Task HideAsync(string name)
    {
        Pending = new("hide", Appears: new("", name, "hide"));
        Acknowledge(await wire.CallAsync("b2_hide_file", new() { ["bucketId"] = bucketId, ["fileName"] = name }));
    }

    private async Task DeleteAsync(Version version)
    {
        Pending = new("delete", Changes: version);
        await (
            version.Action == "start" && random.Next(2) == 0
                ? wire.CallAsync("b2_cancel_large_file", new() { ["fileId"] = version.FileId })
                : wire.CallAsync("b2_delete_file_version", new() { ["fileName"] = version.Name, ["fileId"] = version.FileId })
        );
        AcknowledgeChange();
    }

    private void Acknowledge(JsonObject answer)
    {
        Keep(Pending!.Appears! with { FileId = WireClient.Text(answer, "fileId") });
        Acknowledged++;
    }

    private void AcknowledgeChange()
    {
        Forget(Pending!.Changes!.FileId);
        if (Pending.After is { } after)
        {
            Keep(after);
        }
        Acknowledged++;
    }

    private Version? Pick(string action)
    {
        var some = Versions.Values.Where(version => version.Action == action).ToList();
        return some.Count == 0 ? null : some[random.Next(some.Count)];
    }

    // The larger number in an id is the later arrival; all ids here have one length.
    private string Newest(string name) =>
        Versions.Values.Where(version => version.Name == name && version.Action != "start").MaxBy(Arrival)!.Action;

    private static string Arrival(Version version) => version.FileId[(version.FileId.IndexOf("_f", StringComparison.Ordinal) + 3)..][..15];

    private static Version With(Version file, int number, Content content) => file with { Parts = new(file.Parts) { [number] = content } };

    // Now and then in place of a part that is there.
    private int NextPart(Version file) =>
        file.Parts.Count > 0 && random.Next(4) == 0 ? random.Next(file.Parts.Count) + 1 : file.Parts.Count + 1;

    private string NewName() => $"{folder}{_names++:d5}";

    private byte[] NewBytes(int least = 0)
    {
        var bytes = new byte[random.Next(3) == 0 ? random.Next(LargestInDatabase + 1, 4 * LargestInDatabase) : random.Next(least, 5_000)];
        random.NextBytes(bytes);
        return bytes;
    }
}
