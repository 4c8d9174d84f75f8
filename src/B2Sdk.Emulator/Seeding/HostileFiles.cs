using System.Text;

namespace B2Sdk.Emulator.Seeding;

/// <summary>Names and modification times that B2 keeps and that have hurt clients, among files that must come through all the same.</summary>
internal static class HostileFiles
{
    private static readonly string[] Sane = ["sane/one.txt", "sane/two.txt", "sane/ünïcode.txt", "zzz-last.txt"];

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
        "folder/",
        "\\backslash",
        "..\\outside",
        "C:\\windows\\file",
        "C:relative",
        // What Windows means something else by, or cannot have.
        "CON",
        "con.txt",
        "folder/NUL",
        "COM1.log",
        "LPT1",
        "file:stream",
        "trailing dot.",
        "trailing blank ",
        " leading blank",
        "a<b>c\"d|e?f*g",
        // What a terminal takes for orders, or shows as something else.
        "escape-\u009b31mred",
        "next\u0085line",
        "line\u2028separator",
        "invoice\u202Efdp.exe",
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
        "%2e%2e%2fencoded",
        "a+b",
        "a%20b",
        "100%",
        "q?a=b#c",
        // One on some file systems, and two on others.
        "case",
        "CASE",
        "caf\u00E9",
        "cafe\u0301",
        "both",
        "both/file",
        // Beyond the BMP, where the order of UTF-16 is not that of bytes.
        "\uFFFD",
        "\U0001F4A9",
        "\U0010FFFF",
        "emoji \U0001F469\u200D\U0001F469\u200D\U0001F467.txt",
    ];

    private static readonly string[] Times =
    [
        "yesterday",
        "-1",
        "-62135596800001",
        "253402300800000",
        "9223372036854775807",
        "9223372036854775808",
        "1e3",
        "NaN",
        "1700000000000.5",
        " 1700000000000 ",
        "0x10",
        "١٢٣",
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
            Make("digests/wrong", ("large_file_sha1", "not a digest")),
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
