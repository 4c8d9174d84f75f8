using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using B2Sdk.Emulator.Endpoints;
using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Storage;

namespace B2Sdk.Emulator.Automation;

/// <summary>Other emulators, to which versions go whose destination is not here.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ReplicationPeers : IDisposable
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromMinutes(5);
    private readonly Store _store;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _http = new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
        }
    );
    private volatile Uri[] _urls;

    /// <param name="store">Where the content is.</param>
    /// <param name="time">The time by which answers are waited for.</param>
    /// <param name="urls">Where they are; user information in a URL is the control token of that emulator.</param>
    public ReplicationPeers(Store store, TimeProvider time, IEnumerable<Uri> urls)
    {
        _store = store;
        _time = time;
        _urls = [.. urls];
    }

    public void Add(Uri url) => _urls = [.. _urls, url];

    /// <summary>Offers a version to one after the other, until one has the destination.</summary>
    /// <exception cref="Refusal">The destination does not take it, or nobody has it.</exception>
    /// <exception cref="HttpRequestException">Somebody who may have it could not be reached.</exception>
    public async Task OfferAsync(ReplicationJob job, CancellationToken cancellationToken)
    {
        HttpRequestException? unreached = null;
        foreach (var url in _urls)
        {
            try
            {
                if (await TryOfferAsync(url, job, cancellationToken))
                {
                    return;
                }
            }
            catch (HttpRequestException e)
            {
                unreached = e;
            }
        }
        throw unreached ?? (Exception)Refusal.NoSuchBucket(job.DestinationBucketId);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Offers a version; false when the destination is not there.</summary>
    private async Task<bool> TryOfferAsync(Uri url, ReplicationJob job, CancellationToken cancellationToken)
    {
        using var tooLate = new CancellationTokenSource(AnswerWithin, _time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(tooLate.Token, cancellationToken);
        try
        {
            await using var content = new SegmentStream(_store, await _store.GetSegmentsAsync(job.Version), new(0, job.Version.Length));
            using var request = CreateRequest(url, job, content);
            using var answer = await _http.SendAsync(request, end.Token);
            return answer.StatusCode == HttpStatusCode.OK || await ReadRefusalAsync(answer, end.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException(
                $"The emulator at {url.Authority} did not answer within {AnswerWithin.TotalMinutes} minutes.",
                e
            );
        }
        catch (IOException e)
        {
            throw new HttpRequestException($"The emulator at {url.Authority} broke the connection.", e);
        }
    }

    /// <summary>Returns false when the answer is that the destination is not there, and throws when it is anything else.</summary>
    private static async Task<bool> ReadRefusalAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        var (code, message) = ("", "");
        try
        {
            using var refusal = JsonDocument.Parse(body);
            code = refusal.RootElement.GetProperty("code").GetString()!;
            message = refusal.RootElement.GetProperty("message").GetString()!;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            message = "it answered with something else than an emulator does.";
        }
        var status = (int)answer.StatusCode;
        if (status is 408 or 429 or >= 500)
        {
            throw new HttpRequestException($"The other emulator answered with the status {status}: {message}");
        }
        return code == Refusal.NoSuchBucket("").Code ? false : throw new Refusal(status, code, message);
    }

    private static HttpRequestMessage CreateRequest(Uri url, ReplicationJob job, Stream content)
    {
        var request = new HttpRequestMessage(
            HttpMethod.Post,
            new UriBuilder(url)
            {
                Path = "/_emulator/replicas",
                UserName = "",
                Password = "",
            }.Uri
        )
        {
            Content = new StreamContent(content) { Headers = { ContentLength = job.Version.Length } },
        };
        request.Headers.ExpectContinue = true;
        if (url.UserInfo.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Uri.UnescapeDataString(url.UserInfo));
        }
        var offer = JsonSerializer.SerializeToUtf8Bytes(job.ToOffer(), ReplicaJson.Default.ReplicaOffer);
        request.Headers.Add(Replicas.OfferHeader, Convert.ToBase64String(offer));
        return request;
    }
}
