namespace B2Sdk.Fuzz;

/// <summary>What has broken other servers before.</summary>
internal static class Nasty
{
    public const string Injected = "X-Injected";

    public static readonly string[] Texts =
    [
        "",
        " ",
        "\0",
        "a\0b",
        "\u007f",
        "\r\n" + Injected + ": 1",
        "\u2028",
        "\ufffd",
        "\ufeff",
        "e\u0301",
        "😀",
        "\U0010FFFF",
        "..",
        "../../etc/passwd",
        "a//b",
        "/",
        "\\",
        "%",
        "%00",
        "%zz",
        "%2e%2e%2f",
        "+",
        "'; DROP TABLE files; --",
        "\"",
        "{}",
        "[\"all\"]",
        "null",
        "true",
        "0",
        "-1",
        "1e9",
        "99999999999999999999",
        "b2-",
        "b2/x-auto",
        "all",
        "do_not_verify",
        "hex_digits_at_end",
        "bytes=0-",
        new('a', 300),
        new('é', 1100),
        new('/', 5000),
    ];

    /// <summary>JSON values, as text, since not all of them can be made by a writer of JSON.</summary>
    public static readonly string[] Json =
    [
        "null",
        "true",
        "false",
        "0",
        "-0",
        "-1",
        "1.5",
        "1e2",
        "1e999",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775809",
        "2147483648",
        "[]",
        "[null]",
        "[[]]",
        "{}",
        "{\"\":null}",
        "{\"mode\":{}}",
        "{\"mode\":\"none\"}",
        "\"\\ud800\"",
        "\"\\u0000\"",
        "{\"\\udfff\":1}",
        string.Concat(Enumerable.Repeat("[", 70)) + string.Concat(Enumerable.Repeat("]", 70)),
        string.Concat(Enumerable.Repeat("{\"a\":", 30)) + "1" + new string('}', 30),
    ];

    public static readonly string[] Ranges =
    [
        "bytes=0-",
        "bytes=1-2",
        "bytes=-1",
        "bytes=-0",
        "bytes=5-2",
        "bytes=0-9223372036854775807",
        "bytes=9223372036854775807-",
        "bytes=99999999999999999999-",
        "bytes=0-1,3-4",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "lines=1-2",
        "",
    ];
}
