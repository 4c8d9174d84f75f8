using B2Sdk.Emulator.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace B2Sdk.Emulator.Control;

/// <summary>A seed that comes by HTTP: a description, and in other parts of a form the files that it names. Those wait on the disk until all have come.</summary>
internal sealed class SeedRequest : IDisposable
{
    private const string Description = "seed";
    private const string Form = "multipart/form-data";
    private readonly Dictionary<string, string> _parts = new(StringComparer.Ordinal);
    private string? _folder;

    private SeedRequest() { }

    /// <summary>Takes it in and adds it to what is there.</summary>
    public static async Task TakeAsync(Call call)
    {
        using var request = new SeedRequest();
        await using var description = await request.ReadAsync(call);
        await call.Services.Seeder!.AddAsync(description, request.Find, call.Aborted);
        await call.AnswerAsync(_ => { });
    }

    public void Dispose()
    {
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task<Stream> ReadAsync(Call call)
    {
        if (!MediaTypeHeaderValue.TryParse(call.Request.ContentType, out var type) || type.MediaType != Form)
        {
            return new MemoryStream((await call.ReadBodyAsync()).ToArray(), writable: false);
        }
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary))
        {
            throw Refusal.BadRequest($"{Form} has no boundary");
        }
        try
        {
            await ReadPartsAsync(call, new(boundary, call.Request.Body));
        }
        catch (Exception e) when (e is InvalidDataException or IOException && !call.Aborted.IsCancellationRequested)
        {
            throw Refusal.BadRequest($"The body is not {Form} as it should be: {e.Message}");
        }
        return _parts.TryGetValue(Description, out var path)
            ? File.OpenRead(path)
            : throw Refusal.BadRequest($"The part '{Description}' is missing, which has the description");
    }

    private async Task ReadPartsAsync(Call call, MultipartReader reader)
    {
        _folder = call.Store.CreateSeedFolder();
        while (await reader.ReadNextSectionAsync(call.Aborted) is { } part)
        {
            var name = part.GetContentDispositionHeader()?.Name.Value is { } given ? HeaderUtilities.RemoveQuotes(given).Value : null;
            if (string.IsNullOrEmpty(name))
            {
                throw Refusal.BadRequest("A part has no name");
            }
            var path = Path.Combine(_folder, _parts.Count.ToString());
            if (!_parts.TryAdd(name, path))
            {
                throw Refusal.BadRequest($"There are two parts of the name '{name}'");
            }
            await using var file = File.Create(path);
            await part.Body.CopyToAsync(file, call.Aborted);
        }
    }

    private Func<Stream> Find(string name) =>
        name != Description && _parts.TryGetValue(name, out var path)
            ? () => File.OpenRead(path)
            : throw new FormatException(
                $"contentFile is '{name}', and no part of the request has that name; files of the machine on which the emulator runs are not read"
            );
}
