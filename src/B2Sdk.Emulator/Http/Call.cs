using System.Buffers;
using System.Net;
using System.Text.Json;
using B2Sdk.Emulator.Control;
using B2Sdk.Emulator.Rules;
using B2Sdk.Emulator.Storage;
using Microsoft.AspNetCore.Http;

namespace B2Sdk.Emulator.Http;

/// <summary>A request on its way through the emulator, and what is known of it.</summary>
internal sealed class Call(HttpContext context, RequestTarget target, int version, EmulatorServices services, CallRecord record)
{
    private const int LargestBody = 4 * 1024 * 1024;
    private const int BucketIdLength = 24;
    private ApplicationKey? _key;

    public HttpContext Context => context;

    public HttpRequest Request => context.Request;

    public HttpResponse Response => context.Response;

    public CancellationToken Aborted => context.RequestAborted;

    public RequestTarget Target => target;

    /// <summary>The version of the API in the path: 1 to 4.</summary>
    public int Version => version;

    public EmulatorServices Services => services;

    /// <summary>What is written down of the call.</summary>
    public CallRecord Record => record;

    public Store Store => services.Store;

    public Tokens Tokens => services.Tokens;

    public TestModes TestModes => services.TestModes;

    public Leniency Lenient => services.Leniency;

    public B2EmulatorOptions Options => services.Options;

    public Arguments Arguments { get; set; } = Arguments.FromJson(default);

    /// <summary>The key whose token came with the call.</summary>
    public ApplicationKey Key
    {
        get => _key ?? throw new InvalidOperationException("The call is not authenticated.");
        set
        {
            _key = value;
            if (record.Facts is { } facts)
            {
                record.Facts = facts with { AccountId = value.AccountId, KeyId = value.Id };
            }
        }
    }

    public string AccountId => Key.AccountId;

    /// <summary>The emulator as its client sees it, which is what its URLs must begin with.</summary>
    /// <remarks>A proxy that ends TLS says so in X-Forwarded-Proto. A client of old that does not say whom it called is told where it arrived.</remarks>
    public string BaseUrl =>
        Options.PublicUrl?.AbsoluteUri.TrimEnd('/')
        ?? $"{(Request.Headers["X-Forwarded-Proto"] == "https" ? "https" : Request.Scheme)}://{(Request.Host.HasValue ? Request.Host.Value : Arrival)}";

    private IPEndPoint Arrival => new(context.Connection.LocalIpAddress!, context.Connection.LocalPort);

    public string? AuthorizationHeader => Request.Headers.Authorization is [{ } only] ? only : null;

    /// <summary>Checks the account that the call names.</summary>
    public void RequireAccount()
    {
        var accountId = Arguments.RequiredString("accountId");
        if (accountId == AccountId)
        {
            return;
        }
        throw accountId.Length == AccountId.Length && accountId.All(char.IsAsciiHexDigit)
            ? Refusal.Unauthorized()
            : Refusal.BadRequest("accountId invalid");
    }

    /// <summary>Reads the bucket's id in calls that tell an id that cannot be one from a bucket that is not there.</summary>
    public string RequireBucketId()
    {
        var bucketId = Arguments.RequiredString("bucketId");
        return bucketId.Length == BucketIdLength && bucketId.All(char.IsAsciiHexDigit) ? bucketId : throw Refusal.InvalidBucketId(bucketId);
    }

    public void Require(string capability)
    {
        if (!Key.Has(capability))
        {
            throw Refusal.Unauthorized();
        }
    }

    /// <summary>Checks what the key may do in a bucket, before anybody learns whether there is such a bucket.</summary>
    public void Require(string capability, string bucketId)
    {
        Require(capability);
        if (!Key.AllowsBucket(bucketId))
        {
            throw Refusal.Unauthorized();
        }
    }

    /// <summary>Checks what the key may do in the bucket that a file id tells, before anybody learns whether there is such a file.</summary>
    public void RequireById(string capability, string fileId)
    {
        Require(capability);
        if (!Key.AllowsFile(fileId))
        {
            throw Refusal.Unauthorized();
        }
    }

    /// <summary>Checks what the key may do with a file.</summary>
    public void Require(string capability, FileVersion version) => Require(capability, version.Bucket.Id, version.Name);

    /// <summary>Checks what the key may do with a name in a bucket.</summary>
    public void Require(string capability, string bucketId, string fileName)
    {
        Require(capability, bucketId);
        if (!Key.AllowsName(fileName))
        {
            throw Refusal.Unauthorized();
        }
    }

    /// <summary>Counts the call as one of the transactions that the account may make today.</summary>
    public void TakeTransaction()
    {
        if (!record.IsFromWithin)
        {
            services.Caps.TakeTransaction(AccountId, record.Facts!.Operation);
        }
    }

    /// <summary>Counts a download from somebody's bucket.</summary>
    public void TakeDownload(Bucket bucket, long bytes)
    {
        if (!record.IsFromWithin)
        {
            services.Caps.TakeDownload(bucket.AccountId, bytes);
        }
    }

    /// <summary>Reads a body that holds arguments, which are few.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadBodyAsync()
    {
        if (Request.ContentLength > LargestBody)
        {
            throw TooLarge();
        }
        var body = new ArrayBufferWriter<byte>((int)(Request.ContentLength ?? 0) + 1024);
        int read;
        while ((read = await ReadSomeAsync(body.GetMemory(1024))) > 0)
        {
            body.Advance(read);
            if (body.WrittenCount > LargestBody)
            {
                throw TooLarge();
            }
        }
        return body.WrittenMemory;
    }

    // Lengths of chunks that overflow come as failures to read.
    private async Task<int> ReadSomeAsync(Memory<byte> buffer)
    {
        try
        {
            return await Request.Body.ReadAsync(buffer, Aborted);
        }
        catch (IOException e) when (e.InnerException is OverflowException)
        {
            throw Refusal.BadRequest("The body is not HTTP as it should be");
        }
    }

    /// <summary>Answers with a JSON object.</summary>
    public Task AnswerAsync(Action<Utf8JsonWriter> writeMembers) =>
        AnswerAsync(writer =>
        {
            writeMembers(writer);
            return Task.CompletedTask;
        });

    /// <summary>Answers with a JSON object, of which nothing goes out before all of it is written.</summary>
    public async Task AnswerAsync(Func<Utf8JsonWriter, Task> writeMembersAsync)
    {
        using var body = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(body, JsonText.Options))
        {
            writer.WriteStartObject();
            await writeMembersAsync(writer);
            writer.WriteEndObject();
        }
        if (record.Fault is not null)
        {
            await AnswerAsync(body.ToArray());
            return;
        }
        BeginAnswer(body.Length);
        foreach (var piece in body.Pieces)
        {
            await Response.Body.WriteAsync(piece, Aborted);
        }
    }

    /// <summary>Answers with a JSON object that is written already.</summary>
    public async Task AnswerAsync(ReadOnlyMemory<byte> json)
    {
        json = record.Fault?.Rewrite(json) ?? json;
        BeginAnswer(json.Length);
        await Response.Body.WriteAsync(json, Aborted);
    }

    private void BeginAnswer(int length)
    {
        Response.StatusCode = StatusCodes.Status200OK;
        Response.ContentType = "application/json;charset=UTF-8";
        Response.Headers.CacheControl = "max-age=0, no-cache, no-store";
        Response.ContentLength = length;
    }

    private static Refusal TooLarge() => Refusal.BadRequest($"The body has more than {LargestBody} bytes");
}
