using System.Text.RegularExpressions;
using B2Sdk.Emulator.Rules;
using CsCheck;

namespace B2Sdk.Emulator.Tests;

/// <summary>Patterns and rules agree with a reading of them as regular expressions.</summary>
public sealed class CorsPropertyTests
{
    private static readonly string[] Operations = ["b2_upload_file", "b2_upload_part", "b2_download_file_by_id"];

    private static readonly Gen<string> Text = Gen.Char["abAB."].Array[0, 5].Select(characters => new string(characters));

    private static readonly Gen<string> Pattern = Gen.Select(
        Text,
        Text,
        Gen.Bool,
        (one, other, hasStar) => one + (hasStar ? "*" : "") + other
    );

    private static readonly Gen<string> Port = OneOf("", ":80", ":443", ":8443");

    private static readonly Gen<string> Scheme = OneOf("http", "https", "app");

    private static readonly Gen<string> Origin = Gen.Select(
        Scheme,
        OneOf("a", "b.a", "c.b.a", "[::1]"),
        Port,
        (scheme, host, port) => $"{scheme}://{host}{port}"
    );

    private static readonly Gen<string> OriginPattern = Gen.Frequency(
        (1, OneOf("*", "https")),
        (4, Gen.Select(Scheme, OneOf("a", "*", "*.a", "b*", "[::1]"), Port, (scheme, host, port) => $"{scheme}://{host}{port}"))
    );

    private static readonly Gen<string> Operation = Gen.Int[0, 2].Select(i => Operations[i]);

    private static readonly Gen<CorsRule> Rule = Gen.Select(
        OriginPattern.Array[1, 3],
        Operation.Array[1, 2],
        Pattern.Array[0, 3],
        (origins, operations, headers) =>
            new CorsRule
            {
                Name = "rule-one",
                AllowedOrigins = origins,
                AllowedOperations = operations,
                AllowedHeaders = headers,
            }
    );

    [Fact]
    public void A_star_stands_for_anything_and_everything_else_for_itself() =>
        Gen.Select(Pattern, Text, Gen.Bool)
            .Sample(
                (pattern, text, ignoresCase) =>
                    CorsPatterns
                        .Matches(pattern, text, ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)
                        .ShouldBe(IsMatch(pattern, text, ignoresCase)),
                iter: 20_000
            );

    [Fact]
    public void The_first_rule_that_allows_everything_decides() =>
        Gen.Select(Rule.Array[0, 4], Operation, Origin, Text.Array[0, 2])
            .Sample(
                (rules, operation, origin, headers) =>
                {
                    var decision = Cors.Decide(rules, operation, origin, headers);

                    var expected = Array.Find(
                        rules,
                        rule =>
                            rule.AllowedOperations.Contains(operation)
                            && rule.AllowedOrigins.Any(pattern => IsOriginMatch(pattern, origin))
                            && headers.All(header => rule.AllowedHeaders.Any(pattern => IsMatch(pattern, header, ignoresCase: true)))
                    );
                    decision.Rule.ShouldBeSameAs(expected);
                    (decision.Reason.Length == 0).ShouldBe(expected is not null);
                },
                iter: 20_000
            );

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static bool IsOriginMatch(string pattern, string origin) =>
        pattern switch
        {
            "*" => true,
            "https" => origin.StartsWith("https:", StringComparison.Ordinal),
            _ => IsMatch(WithPort(pattern), WithPort(origin), ignoresCase: false),
        };

    private static string WithPort(string origin) =>
        Regex.IsMatch(origin, ":[0-9]+\\z", RegexOptions.None, TimeSpan.FromSeconds(1)) ? origin
        : origin.StartsWith("https:", StringComparison.Ordinal) ? origin + ":443"
        : origin.StartsWith("http:", StringComparison.Ordinal) ? origin + ":80"
        : origin + ":";

    private static bool IsMatch(string pattern, string text, bool ignoresCase) =>
        Regex.IsMatch(
            text,
            "^" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal) + "\\z",
            ignoresCase ? RegexOptions.IgnoreCase : RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );
}
