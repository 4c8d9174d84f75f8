using System.Text;
using System.Text.Json;
using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;
using B2Sdk.Emulator.Storage;

namespace B2Sdk.Emulator.Endpoints;

/// <summary>What one emulator asks of another: to take a replica. It is no call of B2's, where the service does this inside of itself.</summary>
internal static class Replicas
{
    /// <summary>The version that is offered, as JSON in base64. The body is its content.</summary>
    public const string OfferHeader = "X-Emulator-Replica";

    // The end of the year 9999.
    private const long LatestTimestamp = 253_402_300_799_000;
    private const int Sha1Digits = 40;
    private const int Md5Digits = 32;

    public static async Task TakeAsync(Call call)
    {
        var offer = ReadOffer(UploadHeaders.Find(call.Request, OfferHeader));
        if (call.Request.ContentLength != offer.Length)
        {
            throw Refusal.BadRequest($"The body has {call.Request.ContentLength} bytes and the version {offer.Length}");
        }
        // The sender waits for leave to send the content, so that what is not wanted does not travel.
        if (await call.Store.NeedsReplicaAsync(offer))
        {
            await ReceiveAsync(call, offer);
        }
        await call.AnswerAsync(writer => writer.WriteString("sourceFileId", offer.SourceFileId));
    }

    private static async Task ReceiveAsync(Call call, ReplicaOffer offer)
    {
        using var blob = await call.Store.ReceiveAsync(call.Request.Body, offer.Length, call.Aborted);
        if (offer is { IsHideMarker: false, IsLarge: false, Sha1: { } sha1 } && !sha1.EndsWith(blob.Sha1, StringComparison.Ordinal))
        {
            // A sparse emulator has not kept what its files held.
            throw Refusal.BadRequest("Sha1 did not match data received");
        }
        await call.Store.AddReplicaAsync(offer, blob);
    }

    private static ReplicaOffer ReadOffer(string? header)
    {
        try
        {
            var offer =
                JsonSerializer.Deserialize(Convert.FromBase64String(header ?? ""), ReplicaJson.Default.ReplicaOffer)
                ?? throw new JsonException();
            return Check(offer);
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            throw Refusal.BadRequest($"The header {OfferHeader} is missing, or no offer");
        }
    }

    /// <summary>Lets in only what an upload could have said.</summary>
    private static ReplicaOffer Check(ReplicaOffer offer)
    {
        var name = Encoding.UTF8.GetString(offer.NameBytes);
        var info = FileInfoRules.Validate(name, FileInfoRules.Parse(offer.Info));
        if (offer.Retention is { } retention && !Enum.IsDefined(retention.Mode))
        {
            throw Refusal.BadRequest($"The retention mode {(int)retention.Mode} is none");
        }
        if (offer.Sha1 is { } sha1 && sha1 != "none" && !IsDigest(sha1.Replace("unverified:", "", StringComparison.Ordinal), Sha1Digits))
        {
            throw Refusal.BadRequest($"The SHA-1 '{sha1}' is none");
        }
        if (offer.Md5 is { } md5 && !IsDigest(md5, Md5Digits))
        {
            throw Refusal.BadRequest($"The MD5 '{md5}' is none");
        }
        return offer.Timestamp is >= 0 and <= LatestTimestamp
            ? offer with
            {
                NameBytes = FileNames.Validate(name),
                ContentType = offer.IsHideMarker ? ContentTypes.HideMarker : ContentTypes.Validate(offer.ContentType, name),
                Info = FileInfoRules.ToJson(info),
            }
            : throw Refusal.BadRequest($"The timestamp {offer.Timestamp} is none");
    }

    private static bool IsDigest(string text, int digits) => text.Length == digits && text.All(char.IsAsciiHexDigitLower);
}
