using System.Text;
using System.Text.Json;

namespace B2Sdk.Emulator.Seeding;

/// <summary>A description in JSON of buckets with their files, of keys, and of further accounts with both.</summary>
internal sealed class SeedDocument(EmulatorServices services, LocalCaller caller, string path)
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
    private const long LargestFile = 10_000_000_000_000;
    private readonly Dictionary<string, string> _bucketIds = new(StringComparer.Ordinal);

    public async Task ApplyAsync(EmulatorAccount account)
    {
        await using var file = File.OpenRead(path);
        using var document = await JsonDocument.ParseAsync(file, Lenient);
        var root = new SeedObject(document.RootElement, "the seed");
        root.Allow("accounts", "buckets", "keys");
        await ApplyAsync(root, account);
        foreach (var element in root.Objects("accounts"))
        {
            element.Allow("applicationKeyId", "applicationKey", "buckets", "keys");
            var other = await services.Control.AddAccountAsync(
                element.RequiredText("applicationKeyId"),
                element.RequiredText("applicationKey")
            );
            await caller.AuthorizeAsync(other);
            await ApplyAsync(element, other);
        }
    }

    private async Task ApplyAsync(SeedObject description, EmulatorAccount account)
    {
        foreach (var bucket in description.Objects("buckets"))
        {
            await AddBucketAsync(bucket, account);
        }
        foreach (var key in description.Objects("keys"))
        {
            await AddKeyAsync(key, account);
        }
    }

    /// <summary>Has all the members of b2_create_bucket, and files.</summary>
    private async Task AddBucketAsync(SeedObject description, EmulatorAccount account)
    {
        description.Allow(
            "bucketName",
            "bucketType",
            "bucketInfo",
            "corsRules",
            "lifecycleRules",
            "defaultServerSideEncryption",
            "fileLockEnabled",
            "replicationConfiguration",
            "files"
        );
        var answer = await description.TryAsync(() =>
            caller.CallAsync(
                "b2_create_bucket",
                json =>
                {
                    json.WriteString("accountId", account.AccountId);
                    description.CopyTo(json, except: "files");
                    if (!description.Has("bucketType"))
                    {
                        json.WriteString("bucketType", "allPrivate");
                    }
                }
            )
        );
        var bucketId = answer.GetProperty("bucketId").GetString()!;
        _bucketIds[description.RequiredText("bucketName")] = bucketId;
        var seeder = new BucketSeeder(services, caller, account.AccountId, bucketId);
        foreach (var file in description.Objects("files"))
        {
            await file.TryAsync(async () =>
            {
                await seeder.AddAsync(ReadFile(file));
                return true;
            });
        }
    }

    /// <summary>Has all the members of b2_create_key, buckets by their names, and the id and the secret that B2 would choose.</summary>
    private async Task AddKeyAsync(SeedObject description, EmulatorAccount account)
    {
        description.Allow(
            "applicationKeyId",
            "applicationKey",
            "keyName",
            "capabilities",
            "validDurationInSeconds",
            "bucketNames",
            "namePrefix"
        );
        var keyId = description.RequiredText("applicationKeyId");
        var secret = description.RequiredText("applicationKey");
        var buckets = description.Texts("bucketNames").Select(FindBucket).ToList();
        var answer = await description.TryAsync(() =>
            caller.CallAsync(
                "b2_create_key",
                json =>
                {
                    json.WriteString("accountId", account.AccountId);
                    description.CopyTo(json, "applicationKeyId", "applicationKey", "bucketNames");
                    if (buckets.Count > 0)
                    {
                        json.WriteStartArray("bucketIds");
                        buckets.ForEach(json.WriteStringValue);
                        json.WriteEndArray();
                    }
                }
            )
        );
        await services.Control.RenameKeyAsync(answer.GetProperty("applicationKeyId").GetString()!, keyId, secret);
    }

    private string FindBucket(string name) =>
        _bucketIds.TryGetValue(name, out var id)
            ? id
            : throw new FormatException($"A key is for the bucket '{name}', which the seed does not have.");

    private SeededFile ReadFile(SeedObject file)
    {
        file.Allow(
            "fileName",
            "contentType",
            "fileInfo",
            "content",
            "contentBase64",
            "contentFile",
            "size",
            "fill",
            "uploadTimestamp",
            "repeat",
            "hide"
        );
        var repeat = file.Number("repeat", 1, 100_000_000) ?? 1;
        var name = file.RequiredText("fileName");
        if (repeat > 1 && !name.Contains("{n}", StringComparison.Ordinal))
        {
            throw new FormatException("A file that is repeated has {n} in its name.");
        }
        return new()
        {
            Name = name,
            ContentType = file.Text("contentType") ?? "b2/x-auto",
            Info = file.TextMembers("fileInfo"),
            Open = ReadContent(file),
            Size = file.Size("size", LargestFile) ?? 0,
            Fill = (byte?)file.Number("fill", byte.MinValue, byte.MaxValue),
            Timestamp = file.Number("uploadTimestamp", 0, long.MaxValue),
            Repeat = (int)repeat,
            IsHidden = file.Flag("hide"),
        };
    }

    /// <summary>Content is given in one of four ways.</summary>
    private Func<Stream>? ReadContent(SeedObject file)
    {
        string[] ways = ["content", "contentBase64", "contentFile", "size"];
        if (ways.Count(file.Has) != 1)
        {
            throw new FormatException($"A file has one of {string.Join(", ", ways)}.");
        }
        if (file.Text("content") is { } text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            return () => new MemoryStream(bytes, writable: false);
        }
        if (file.Text("contentBase64") is { } encoded)
        {
            var bytes = Convert.FromBase64String(encoded);
            return () => new MemoryStream(bytes, writable: false);
        }
        if (file.Text("contentFile") is { } name)
        {
            // Beside the description, so that both can be moved together.
            var full = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, name);
            return () => File.OpenRead(full);
        }
        return null;
    }
}
