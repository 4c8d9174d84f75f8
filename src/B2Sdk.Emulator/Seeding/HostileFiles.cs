using System.Text;

namespace B2Sdk.Emulator.Seeding;

/// <summary>Names, modification times and other info that B2 keeps and that have hurt clients, among files that must come through all the same.</summary>
internal static class HostileFiles
{
    private static readonly string[] Sane = ["sane/one.txt", "sane/two.txt", "sane/ünïcode.txt", "zzz-last.txt"];

    // Windows has them in every folder, in any case and with any extension.
    private static readonly string[] Devices =
    [
        "CON",
        "PRN",
        "AUX",
        "NUL",
        .. Enumerable.Range(1, 9).SelectMany(number => (string[])[$"COM{number}", $"LPT{number}"]),
        "COM\u00B9",
        "LPT\u00B2",
        "CONIN$",
        "CONOUT$",
    ];

    private static readonly string[] Names =
    [
        // Out of the folder that they are restored to.
        "../outside",
        "a/../../outside",
        "/absolute",
        "//server/share/file",
        "a//b",
        "a/./b",
        "..",
        ".",
        "a/..",
        "a/.",
        ".../three-dots",
        "folder/",
        "/",
        "\\backslash",
        "\\\\server\\share\\file",
        "..\\outside",
        "a\\..\\..\\outside",
        "~/home",
        "~",
        "C:\\windows\\file",
        "C:relative",
        // What Windows means something else by, or cannot have.
        .. Devices,
        .. Devices.Select(device => $"{device.ToLowerInvariant()}.txt"),
        "folder/NUL",
        "nul/file",
        "file:stream",
        "file::$DATA",
        "trailing dot.",
        "trailing blank ",
        "folder./file",
        "folder /file",
        " leading blank",
        " ",
        "SHORTN~1.TXT",
        "a<b>c\"d|e?f*g",
        // What a terminal takes for orders, or shows as something else.
        "escape-\u009b31mred",
        "next\u0085line",
        "line\u2028separator",
        "invoice\u202Efdp.exe",
        "override\u202Dleft",
        "mark\u200Eleft",
        "mark\u200Fright",
        "end\u2069isolate",
        "left\u2066isolate",
        "zero\u200Bwidth",
        "\uFEFFmark",
        // What a command line takes for an option, a pattern or a link.
        "-rf",
        "--delete",
        "*",
        "[a-z]",
        "$(id)",
        "`id`",
        "${HOME}",
        "%PATH%",
        "a;b",
        "a&b",
        "a|b",
        "'",
        "\"",
        "=1+1",
        "@file",
        "%2e%2e%2fencoded",
        "a+b",
        "a%20b",
        "100%",
        "q?a=b#c",
        "%00",
        "http://a/b",
        "b2://a/b",
        // What takes a backtracking pattern such as (a+)+$ for ever.
        new string('a', 60) + "!",
        // What clients call their own files.
        "temporary/.bzEmpty",
        "temporary/file.b2.sync.tmp",
        "temporary/file.b2part",
        // One on some file systems, and two on others.
        "case",
        "CASE",
        "caf\u00E9",
        "cafe\u0301",
        "stra\u00DFe",
        "STRASSE",
        "\u212Aelvin",
        "kelvin",
        "both",
        "both/file",
        "both/file/deeper",
        // What comes between a folder and what is in it, by bytes.
        "order/a",
        "order/a/",
        "order/a/b",
        "order/a.b",
        "order/a0",
        "order/a b",
        "order/a-b",
        // Beyond the BMP, where the order of UTF-16 is not that of bytes.
        "\uFFFD",
        "\U0001F4A9",
        "\U0010FFFF",
        "emoji \U0001F469\u200D\U0001F469\u200D\U0001F467.txt",
    ];

    private static readonly string[] Times =
    [
        "",
        "   ",
        "0",
        "-0",
        "yesterday",
        "-1",
        "-62135596800001",
        "253402300800000",
        "9223372036854775807",
        "9223372036854775808",
        "1e3",
        "NaN",
        "Infinity",
        "+1700000000000",
        "1,700,000,000,000",
        "2026-02-02T02:40:00Z",
        "999999999999999999999999999999",
        "1700000000000.5",
        " 1700000000000 ",
        "0x10",
        "١٢٣",
    ];

    // They are the uploader's word; what B2 itself knows is right.
    private static readonly string[] Digests =
    [
        "not a digest",
        "none",
        "",
        new string('0', 40),
        $"unverified:{new string('a', 40)}",
        new string('A', 41),
    ];

    /// <summary>The bucket of all of them.</summary>
    public static SeededBucket Bucket =>
        new()
        {
            Place = "the hostile names",
            Name = "hostile-names",
            Files = [.. All],
        };

    private static IEnumerable<SeededFile> All =>
        [
            .. Sane.Concat(Names).Concat(Long()).Select(name => Make(name)),
            .. Times.Select((time, number) => Make($"times/{number:d2}", ("src_last_modified_millis", time))),
            .. Digests.Select((digest, number) => Make($"digests/{number:d2}", ("large_file_sha1", digest))),
            Make("info/disposition", ("b2-content-disposition", "attachment; filename=\"../../outside\"")),
            Make("info/encoding", ("b2-content-encoding", "gzip")),
            Make("info/script", ("title", "<script>alert(1)</script>\r\nX-Injected: yes")),
            Make("hidden") with
            {
                IsHidden = true,
            },
            Make("hidden/below"),
        ];

    private static IEnumerable<string> Long() =>
        [
            // 255 bytes are the most that a name in a folder may have on most systems, 1,024 the most that B2 takes.
            new string('l', 255),
            new string('m', 256),
            string.Concat(Enumerable.Repeat("ä", 512)),
            string.Concat(Enumerable.Repeat("d/", 511)) + "ff",
        ];

    private static SeededFile Make(string name, params (string Key, string Value)[] info) =>
        new()
        {
            Place = $"the hostile name '{name}'",
            Name = name,
            ContentType = "text/plain",
            Info = info.ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal),
            Open = () => new MemoryStream(Encoding.UTF8.GetBytes(name)),
        };
}
