using System.Collections.Concurrent;

namespace B2Sdk;

/// <summary>Idle upload URLs, by bucket id or by large-file id. The last one that worked is taken first.</summary>
internal sealed class UploadUrlPool
{
    private readonly ConcurrentDictionary<string, ConcurrentStack<UploadUrl>> _idle = new(StringComparer.Ordinal);

    public bool TryTake(string key, out UploadUrl? url)
    {
        url = null;
        return _idle.TryGetValue(key, out var stack) && stack.TryPop(out url);
    }

    public void Give(string key, UploadUrl url) => _idle.GetOrAdd(key, static _ => new()).Push(url);

    public void Forget(string key) => _idle.TryRemove(key, out _);
}
