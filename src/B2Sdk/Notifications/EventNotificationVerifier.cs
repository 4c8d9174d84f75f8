using System.Security.Cryptography;
using System.Text;
using B2Sdk.Wire;

namespace B2Sdk;

/// <summary>Tells what a webhook received from B2 from what anybody else sent it.</summary>
/// <remarks>
/// <para>Thread-safe. Give it the body as it came, octet by octet: parsed and written again it has another signature.</para>
/// <para>Whoever gets hold of a genuine request can send it again. The replay window limits for how long, and <see cref="EventNotification.EventId"/> tells repetitions, of which B2 makes
/// some of its own: handle each id once.</para>
/// </remarks>
public sealed class EventNotificationVerifier
{
    /// <summary>The header with the signature.</summary>
    public const string SignatureHeader = EventNotifications.SignatureHeader;

    private const string Scheme = "v1=";
    private readonly byte[][] _secrets;
    private readonly TimeSpan? _replayWindow;
    private readonly TimeProvider _time;

    /// <summary>Makes a verifier for the signing secrets of the rules that post here.</summary>
    /// <param name="signingSecrets">One, or several: while a secret is replaced both the old and the new one are right.</param>
    /// <param name="options">Settings that most callers leave alone.</param>
    /// <exception cref="ArgumentException">There is no secret, or an empty one, which everybody could sign with; or the replay window is not more than zero.</exception>
    public EventNotificationVerifier(IEnumerable<Secret> signingSecrets, EventNotificationVerifierOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(signingSecrets);
        options ??= new();
        _secrets = [.. signingSecrets.Select(secret => Encoding.UTF8.GetBytes(secret.Reveal()))];
        if (_secrets.Length == 0 || _secrets.Any(secret => secret.Length == 0))
        {
            throw new ArgumentException("Give at least one signing secret, and no empty one.", nameof(signingSecrets));
        }
        if (options.ReplayWindow <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options),
                $"The replay window is {options.ReplayWindow}; it is more than zero, or null for none."
            );
        }
        _replayWindow = options.ReplayWindow;
        _time = options.TimeProvider;
    }

    /// <summary>Checks a request and reads its events. Nothing is thrown for whatever comes in.</summary>
    /// <param name="body">The body, as it came.</param>
    /// <param name="signature">The value of the header <see cref="SignatureHeader"/>; null when there was none. Several values are joined by commas.</param>
    public EventVerification Verify(ReadOnlySpan<byte> body, string? signature)
    {
        if (string.IsNullOrWhiteSpace(signature))
        {
            return new() { Refusal = EventRefusal.NoSignature };
        }
        if (!IsSigned(body, signature))
        {
            return new() { Refusal = EventRefusal.WrongSignature };
        }
        // Only now is it worth reading: what nobody signed is not parsed.
        if (EventNotifications.Read(body) is not { } events)
        {
            return new() { Refusal = EventRefusal.Unreadable };
        }
        return events.Any(IsOutsideWindow) ? new() { Refusal = EventRefusal.OutsideReplayWindow } : new() { Events = events };
    }

    private bool IsSigned(ReadOnlySpan<byte> body, string signature)
    {
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var isSigned = false;
        foreach (var secret in _secrets)
        {
            HMACSHA256.HashData(secret, body, expected);
            foreach (var entry in signature.Split(',', StringSplitOptions.TrimEntries))
            {
                // Every secret is compared with every entry, so that the time tells nothing.
                isSigned |=
                    entry.StartsWith(Scheme, StringComparison.Ordinal)
                    && TryReadHex(entry.AsSpan(Scheme.Length), given)
                    && CryptographicOperations.FixedTimeEquals(expected, given);
            }
        }
        return isSigned;
    }

    private static bool TryReadHex(ReadOnlySpan<char> digits, Span<byte> bytes) =>
        digits.Length == bytes.Length * 2 && Convert.FromHexString(digits, bytes, out _, out _) == System.Buffers.OperationStatus.Done;

    private bool IsOutsideWindow(EventNotification notification) =>
        _replayWindow is { } window && (_time.GetUtcNow() - notification.EventTimestamp).Duration() > window;
}
