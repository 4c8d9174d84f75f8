using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;
using B2Sdk.Emulator.Storage;

namespace B2Sdk.Emulator.Seeding;

/// <summary>Puts files into a bucket.</summary>
internal sealed class BucketSeeder(EmulatorServices services, LocalCaller caller, string accountId, string bucketId)
{
    private const int Batch = 10_000;
    private const int BufferSize = 256 * 1024;

    // What is larger has no digests, as large files have none; to hash terabytes takes hours.
    private const long LargestHashed = 100_000_000;
    private (string Path, string Token)? _place;
    private long _noise = byte.MaxValue;

    public async Task AddAsync(SeededFile file, CancellationToken cancellationToken)
    {
        var first = file with { Name = file.NameAt(0) };
        var fileId = file.Open is null ? await MakeUpAsync(first) : await UploadAsync(first, file.Open);
        if (file.Repeat > 1)
        {
            var version = (await services.Store.FindVersionAsync(fileId))!;
            foreach (var numbers in Enumerable.Range(1, file.Repeat - 1).Chunk(Batch))
            {
                cancellationToken.ThrowIfCancellationRequested();
                await services.Store.AddAgainAsync(version, [.. numbers.Select(number => Encoding.UTF8.GetBytes(file.NameAt(number)))]);
            }
        }
        if (file.IsHidden)
        {
            await caller.CallAsync(
                "b2_hide_file",
                json =>
                {
                    json.WriteString("bucketId", bucketId);
                    json.WriteText("fileName", first.Name);
                }
            );
        }
    }

    private async Task<string> UploadAsync(SeededFile file, Func<Stream> open)
    {
        string sha1;
        long length;
        await using (var content = open())
        {
            length = content.Length;
            sha1 = Convert.ToHexStringLower(await SHA1.HashDataAsync(content));
        }
        var (path, token) = _place ??= await GetPlaceAsync();
        var headers = new List<(string, string)>
        {
            ("Authorization", token),
            ("X-Bz-File-Name", PercentEncoding.Encode(file.Name)),
            ("Content-Type", file.ContentType),
            ("X-Bz-Content-Sha1", sha1),
        };
        headers.AddRange(file.Info.Select(entry => (FileInfoRules.HeaderPrefix + entry.Key, PercentEncoding.Encode(entry.Value))));
        if (file.Timestamp is { } timestamp)
        {
            headers.Add(("X-Bz-Custom-Upload-Timestamp", timestamp.ToString(CultureInfo.InvariantCulture)));
        }
        await using var body = open();
        var answer = await caller.SendAsync(path, headers, body, length);
        return answer.GetProperty("fileId").GetString()!;
    }

    private async Task<(string Path, string Token)> GetPlaceAsync()
    {
        var answer = await caller.CallAsync("b2_get_upload_url", json => json.WriteString("bucketId", bucketId));
        return (new Uri(answer.GetProperty("uploadUrl").GetString()!).AbsolutePath, answer.GetProperty("authorizationToken").GetString()!);
    }

    private async Task<string> MakeUpAsync(SeededFile file)
    {
        var draft = new FileDraft
        {
            NameBytes = FileNames.Validate(file.Name, services.Leniency.FileNames),
            ContentType = ContentTypes.Validate(file.ContentType, file.Name),
            Info = FileInfoRules.ToJson(FileInfoRules.Validate(file.Name, file.Info)),
        };
        var fill = file.Fill ?? ++_noise;
        (string, string)? digests = file.Size <= LargestHashed ? Hash(fill, file.Size) : null;
        var version = await services.Store.AddMadeUpAsync(accountId, bucketId, draft, fill, file.Size, digests, file.Timestamp);
        return version.FileId;
    }

    private static (string Sha1, string Md5) Hash(long fill, long length)
    {
        using var sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var buffer = new byte[BufferSize];
        for (long position = 0; position < length; position += BufferSize)
        {
            var bytes = buffer.AsSpan(0, (int)Math.Min(BufferSize, length - position));
            MadeUpBytes.Write(fill, position, bytes);
            sha1.AppendData(bytes);
            md5.AppendData(bytes);
        }
        return (Convert.ToHexStringLower(sha1.GetHashAndReset()), Convert.ToHexStringLower(md5.GetHashAndReset()));
    }
}
