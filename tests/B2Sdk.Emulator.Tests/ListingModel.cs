namespace B2Sdk.Emulator.Tests;

/// <summary>What a bucket holds and how it must be listed, said as plainly as can be: the whole is filtered, sorted and folded at once.</summary>
internal sealed class ListingModel
{
    /// <summary>Every version in the order in which it came.</summary>
    private readonly List<(string Name, string Action, string Id)> _arrived = [];

    public void Add(string name, string action, string id) => _arrived.Add((name, action, id));

    public bool IsHidden(string name) => _arrived.LastOrDefault(v => v.Name == name && v.Action != "start").Action is null or "hide";

    public bool Exists(string name) => _arrived.Any(v => v.Name == name && v.Action != "start");

    public IEnumerable<(string Name, string Id)> Versions => InOrder().Select(v => (v.Name, v.Id));

    public List<string> NameRows(string prefix, string? delimiter, string start)
    {
        var visible = _arrived.Select(v => v.Name).Distinct().Where(n => !IsHidden(n));
        var newest = visible.Select(n => _arrived.Last(v => v.Name == n && v.Action == "upload"));
        return Fold(newest.OrderBy(v => v.Name, Utf8Comparer.Instance), prefix, delimiter, start);
    }

    public List<string> VersionRows(string prefix, string? delimiter, string start) => Fold(InOrder(), prefix, delimiter, start);

    public static string RowOf(string action, string name, string? id) => $"{action} {name} {id}";

    private IEnumerable<(string Name, string Action, string Id)> InOrder() =>
        // OrderBy is stable, so the newest stay in front within a name.
        Enumerable.Reverse(_arrived).OrderBy(v => v.Name, Utf8Comparer.Instance);

    private static List<string> Fold(
        IEnumerable<(string Name, string Action, string Id)> versions,
        string prefix,
        string? delimiter,
        string start
    )
    {
        var rows = new List<string>();
        foreach (var (name, action, id) in versions)
        {
            if (!name.StartsWith(prefix, StringComparison.Ordinal) || Utf8Comparer.Instance.Compare(name, start) < 0)
            {
                continue;
            }

            var end = string.IsNullOrEmpty(delimiter) ? -1 : name.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
            var row = end < 0 ? RowOf(action, name, id) : RowOf("folder", name[..(end + delimiter!.Length)], null);
            if (rows.Count == 0 || rows[^1] != row)
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    private sealed class Utf8Comparer : IComparer<string>
    {
        public static readonly Utf8Comparer Instance = new();

        public int Compare(string? x, string? y) =>
            Encoding.UTF8.GetBytes(x ?? "").AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y ?? ""));
    }
}
