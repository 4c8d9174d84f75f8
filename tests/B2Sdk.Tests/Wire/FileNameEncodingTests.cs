using System.Text;
using B2Sdk.Wire;
using CsCheck;

namespace B2Sdk.Tests.Wire;

public sealed class FileNameEncodingTests
{
    private const string Plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";

    // Valid Unicode of every plane, with a bent for what is special in URLs.
    private static readonly Gen<string> Texts = Gen.OneOf(
            Pick.From(
                " ",
                "+",
                "%",
                "%2F",
                "%25",
                "/",
                "..",
                "?",
                "#",
                "&",
                "é",
                "自由",
                "\U00010400",
                "\U0001F600",
                "\u0301",
                "\ufffd",
                "\r\n"
            ),
            Gen.Int[0x20, 0x10FFFF].Where(point => point is < 0xD800 or > 0xDFFF).Select(point => new Rune(point).ToString())
        )
        .Array[0, 40]
        .Select(string.Concat);

    /// <summary>The table of spec §3.1: the character, its minimal and its full form.</summary>
    public static TheoryData<string, string, string> Table =>
        new()
        {
            { " ", "+", "%20" },
            { "!", "!", "%21" },
            { "\"", "%22", "%22" },
            { "#", "%23", "%23" },
            { "$", "$", "%24" },
            { "%", "%25", "%25" },
            { "&", "%26", "%26" },
            { "'", "'", "%27" },
            { "(", "(", "%28" },
            { ")", ")", "%29" },
            { "*", "*", "%2A" },
            { "+", "%2B", "%2B" },
            { ",", "%2C", "%2C" },
            { "-", "-", "%2D" },
            { ".", ".", "%2E" },
            { "/", "/", "%2F" },
            { ":", ":", "%3A" },
            { ";", ";", "%3B" },
            { "<", "%3C", "%3C" },
            { "=", "=", "%3D" },
            { ">", "%3E", "%3E" },
            { "?", "%3F", "%3F" },
            { "@", "@", "%40" },
            { "[", "%5B", "%5B" },
            { "\\", "%5C", "%5C" },
            { "]", "%5D", "%5D" },
            { "^", "%5E", "%5E" },
            { "_", "_", "%5F" },
            { "`", "%60", "%60" },
            { "{", "%7B", "%7B" },
            { "|", "%7C", "%7C" },
            { "}", "%7D", "%7D" },
            { "~", "~", "%7E" },
            { "\u007f", "%7F", "%7F" },
            { "自由", "%E8%87%AA%E7%94%B1", "%E8%87%AA%E7%94%B1" },
            { "\U00010400", "%F0%90%90%80", "%F0%90%90%80" },
        };

    [Theory, MemberData(nameof(Table)), Trait("Fact", "C43"), Trait("Fact", "C65")]
    public void Every_character_of_the_published_table_is_read_in_both_forms_and_written_in_one(string text, string minimal, string full)
    {
        FileNameEncoding.Decode(minimal).ShouldBe(text);
        FileNameEncoding.Decode(full).ShouldBe(text);
        FileNameEncoding.Decode(full.ToLowerInvariant()).ShouldBe(text);
        FileNameEncoding.Encode(text).ShouldBe(Plain.Contains(text, StringComparison.Ordinal) ? text : full);
    }

    [Fact, Trait("Fact", "C43"), Trait("Fact", "C65")]
    public void What_is_encoded_decodes_to_itself() =>
        Texts.Sample(text => FileNameEncoding.Decode(FileNameEncoding.Encode(text)).ShouldBe(text));

    [Fact, Trait("Fact", "C43")]
    public void Only_plain_characters_and_upper_case_escapes_are_written() =>
        Texts.Sample(text => FileNameEncoding.Encode(text).ShouldMatch("^([A-Za-z0-9._~/-]|%[0-9A-F]{2})*$"));

    [Fact]
    public void Encoding_is_what_the_platform_does_to_each_segment() =>
        Texts.Sample(text =>
            FileNameEncoding.Encode(text).ShouldBe(Uri.EscapeDataString(text).Replace("%2F", "/", StringComparison.Ordinal))
        );

    [Fact, Trait("Fact", "C65")]
    public void Decoding_never_throws() =>
        Gen.Char["%+0aAfFgGéz\ud83d\ude00"]
            .Array[0, 30]
            .Select(characters => new string(characters))
            .Sample(text => FileNameEncoding.Decode(text).ShouldNotBeNull());

    [Theory, Trait("Fact", "C65")]
    [InlineData("a+b", "a b")]
    [InlineData("a%2Bb", "a+b")]
    [InlineData("%", "%")]
    [InlineData("%4", "%4")]
    [InlineData("%4g", "%4g")]
    [InlineData("100%25", "100%")]
    [InlineData("%2525", "%25")]
    [InlineData("😀%20é", "😀 é")]
    public void What_is_no_escape_stays_as_it_is(string encoded, string decoded) => FileNameEncoding.Decode(encoded).ShouldBe(decoded);

    [Fact]
    public void Half_a_surrogate_pair_cannot_be_encoded() => Should.Throw<ArgumentException>(() => FileNameEncoding.Encode("a\ud800"));
}
