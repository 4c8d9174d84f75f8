using System.Buffers;

namespace B2Sdk.Wire;

/// <summary>The bytes of an answer, in a buffer that goes back to the pool: pages of a long listing are large, and each would be garbage at once.</summary>
internal sealed class AnswerBody : IDisposable
{
    private const int SmallestBuffer = 4 * 1024;
    private const int LargestFirstBuffer = 16 * 1024 * 1024;
    private byte[] _buffer;
    private int _length;

    private AnswerBody(int size) => _buffer = ArrayPool<byte>.Shared.Rent(size);

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>Reads the body to its end, or to the limit.</summary>
    public static async Task<AnswerBody> ReadAsync(HttpResponseMessage response, int limit, Watchdog watchdog)
    {
        var stream = await response.Content.ReadAsStreamAsync(watchdog.Token).ConfigureAwait(false);
        // What an answer says of its length is believed only so far.
        var promised = response.Content.Headers.ContentLength ?? SmallestBuffer;
        var body = new AnswerBody((int)Math.Clamp(Math.Min(promised, limit), SmallestBuffer, LargestFirstBuffer));
        try
        {
            while (body._length < limit)
            {
                body.MakeRoom();
                var room = body._buffer.AsMemory(body._length, Math.Min(body._buffer.Length, limit) - body._length);
                var read = await stream.ReadAsync(room, watchdog.Token).ConfigureAwait(false);
                if (read == 0)
                {
                    break;
                }
                watchdog.Reset();
                body._length += read;
            }
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _length = 0;
    }

    private void MakeRoom()
    {
        if (_length < _buffer.Length)
        {
            return;
        }
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(2L * _buffer.Length, Array.MaxLength));
        Bytes.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
