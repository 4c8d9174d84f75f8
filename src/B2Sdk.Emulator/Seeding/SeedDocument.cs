using System.Text;
using System.Text.Json;

namespace B2Sdk.Emulator.Seeding;

/// <summary>A description in JSON of buckets with their files, of keys, and of further accounts with both.</summary>
/// <param name="findContent">Finds what a <c>contentFile</c> stands for, or throws a <see cref="FormatException"/>.</param>
internal sealed class SeedDocument(Func<string, Func<Stream>> findContent)
{
    private const long LargestFile = 10_000_000_000_000;
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    public async Task<IReadOnlyList<SeededAccount>> ReadAsync(Stream json, CancellationToken cancellationToken)
    {
        using var document = await JsonDocument.ParseAsync(json, Lenient, cancellationToken);
        // What is read here is used when the document is gone.
        var root = new SeedObject(document.RootElement.Clone(), "the seed");
        root.Allow("accounts", "buckets", "hostile", "keys");
        var main = ReadAccount(root, masterKey: null);
        if (root.Flag("hostile"))
        {
            main = main with { Buckets = [.. main.Buckets, HostileFiles.Bucket] };
        }
        return
        [
            main,
            .. root.Objects("accounts", naming: "applicationKeyId")
                .Select(account =>
                {
                    account.Allow("applicationKeyId", "applicationKey", "buckets", "keys");
                    return ReadAccount(account, (account.RequiredText("applicationKeyId"), account.RequiredText("applicationKey")));
                }),
        ];
    }

    private SeededAccount ReadAccount(SeedObject account, (string KeyId, string Secret)? masterKey) =>
        new()
        {
            Place = account.Place,
            MasterKey = masterKey,
            Buckets = account.Objects("buckets", naming: "bucketName").Select(ReadBucket).ToList(),
            Keys = account.Objects("keys", naming: "applicationKeyId").Select(ReadKey).ToList(),
        };

    /// <summary>Has all the members of b2_create_bucket, and files.</summary>
    private SeededBucket ReadBucket(SeedObject bucket)
    {
        bucket.Allow(
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
        return new()
        {
            Place = bucket.Place,
            Name = bucket.RequiredText("bucketName"),
            Settings = bucket.HasOtherThan("bucketName", "files") ? bucket : null,
            Files = bucket.Objects("files", naming: "fileName").Select(ReadFile).ToList(),
        };
    }

    /// <summary>Has all the members of b2_create_key, buckets by their names, and the id and the secret that B2 would choose.</summary>
    private static SeededKey ReadKey(SeedObject key)
    {
        key.Allow("applicationKeyId", "applicationKey", "keyName", "capabilities", "validDurationInSeconds", "bucketNames", "namePrefix");
        return new()
        {
            Place = key.Place,
            Id = key.RequiredText("applicationKeyId"),
            Secret = key.RequiredText("applicationKey"),
            Settings = key,
            BucketNames = key.Texts("bucketNames").ToList(),
        };
    }

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
        if (repeat > 1 && !name.Contains(SeededFile.Counter, StringComparison.Ordinal))
        {
            throw file.Wrong($"a file that is repeated has {SeededFile.Counter} in its name");
        }
        return new()
        {
            Place = file.Place,
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
            throw file.Wrong($"a file has one of {string.Join(", ", ways)}");
        }
        if (file.Text("content") is { } text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            return () => new MemoryStream(bytes, writable: false);
        }
        if (file.Bytes("contentBase64") is { } decoded)
        {
            return () => new MemoryStream(decoded, writable: false);
        }
        if (file.Text("contentFile") is not { } name)
        {
            return null;
        }
        try
        {
            return findContent(name);
        }
        catch (FormatException e)
        {
            throw file.Wrong(e.Message);
        }
    }
}
