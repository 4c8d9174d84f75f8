using System.Text;
using CsCheck;

namespace B2Sdk.Tests.Models;

public sealed class NameRulesTests
{
    private static readonly Gen<string> Texts = Gen.OneOf(
            Gen.Int[0, 0x7F].Select(point => ((char)point).ToString()),
            Gen.Int[0, 0x10FFFF].Where(point => point is < 0xD800 or > 0xDFFF).Select(point => new Rune(point).ToString())
        )
        .Array[0, 30]
        .Select(string.Concat);

    [Fact, Trait("Fact", "C46")]
    public void A_file_name_is_refused_exactly_for_its_length_and_for_control_characters() =>
        Gen.Select(Texts, Gen.Int[1, 60])
            .Select(pair => string.Concat(Enumerable.Repeat(pair.Item1, pair.Item2)))
            .Sample(name =>
            {
                var isAllowed =
                    Encoding.UTF8.GetByteCount(name) is >= 1 and <= 1024 && !name.Any(character => character is < ' ' or '\u007f');

                Accepts(() => FileNameRules.Validate(name, "fileName")).ShouldBe(isAllowed);
            });

    [Theory]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("a\\b")]
    [InlineData("../x")]
    [InlineData(" ")]
    [InlineData("\u0080")]
    [InlineData("\u202e")]
    public void What_is_odd_but_allowed_is_left_to_b2(string name) =>
        Accepts(() => FileNameRules.Validate(name, "fileName")).ShouldBeTrue();

    [Fact]
    public void A_segment_may_be_longer_than_older_rules_had_it() =>
        Accepts(() => FileNameRules.Validate(new('a', 1_024), "fileName")).ShouldBeTrue();

    [Fact, Trait("Fact", "C45"), Trait("Need", "S19")]
    public void An_info_key_is_refused_exactly_when_it_is_no_header_name() =>
        Texts.Sample(key =>
        {
            var isAllowed =
                key.Length is >= 1 and <= 50
                && key.All(character => char.IsAsciiLetterOrDigit(character) || "-_.`~!#$%^&*'|+".Contains(character));

            Accepts(() => FileNameRules.ValidateInfo(new Dictionary<string, string> { [key] = "x" }, "options")).ShouldBe(isAllowed);
        });

    [Fact, Trait("Fact", "C45")]
    public void Keys_that_differ_in_case_only_are_the_same_key() =>
        Accepts(() => FileNameRules.ValidateInfo(new Dictionary<string, string> { ["a"] = "1", ["A"] = "2" }, "options")).ShouldBeFalse();

    [Fact]
    public void Info_values_may_be_anything_but_half_a_character()
    {
        Texts.Sample(value =>
            Accepts(() => FileNameRules.ValidateInfo(new Dictionary<string, string> { ["a"] = value }, "options")).ShouldBeTrue()
        );
        Accepts(() => FileNameRules.ValidateInfo(new Dictionary<string, string> { ["a"] = "\udc00" }, "options")).ShouldBeFalse();
    }

    [Fact]
    public void A_bucket_name_is_refused_exactly_by_the_rules_of_b2() =>
        Gen.OneOf(
                Gen.Char["abzAZ09-"].Array[0, 70].Select(characters => new string(characters)),
                Texts,
                Pick.From("b2-abcdef", "B2-abcdef", "ab2-abc", "abc\0defg", "abcde", "abcdef", "abc.def", "abc_def", "ébcdef")
            )
            .Sample(name =>
            {
                var isAllowed =
                    name.Length is >= 6 and <= 63
                    && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '-')
                    && !name.StartsWith("b2-", StringComparison.OrdinalIgnoreCase);

                Accepts(() => BucketNameRules.Validate(name, "bucketName")).ShouldBe(isAllowed);
            });

    [Theory]
    [InlineData("abcde")]
    [InlineData("b2-example")]
    [InlineData("my_bucket")]
    [InlineData("abc\0def")]
    public async Task A_bucket_name_that_cannot_be_is_refused_before_anything_is_sent(string name)
    {
        await using var rig = await Rig.StartAsync();

        var failure = await Should.ThrowAsync<ArgumentException>(
            rig.Api.CreateBucketAsync(name, BucketType.AllPrivate, cancellationToken: Rig.Stop)
        );

        failure.ParamName.ShouldBe("bucketName");
        rig.Far.Journal.ShouldBeEmpty();
    }

    private static bool Accepts(Action validate)
    {
        try
        {
            validate();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
