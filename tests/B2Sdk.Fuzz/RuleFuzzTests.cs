using System.Text.Json;
using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;
using CsCheck;

namespace B2Sdk.Fuzz;

/// <summary>The pure rules on anything at all: each answers, or refuses in B2's way; none fails.</summary>
public sealed class RuleFuzzTests
{
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String,
        Gen.Int[0, Nasty.Texts.Length - 1].Select(i => Nasty.Texts[i]),
        Gen.Int[0, Nasty.Ranges.Length - 1].Select(i => Nasty.Ranges[i])
    );

    /// <summary>Damaged members and settings, as text.</summary>
    private static readonly Gen<string> Json = Gen.Select(
        Gen.Int,
        (seed) =>
        {
            var random = new Random(seed);
            return new JsonDamage(random, around: null).Write(random.Pick(Templates.Calls).Body);
        }
    );

    [Fact]
    public void Percent_encoding_decodes_what_it_encoded_and_refuses_the_rest() =>
        Texts.Sample(text =>
        {
            Try(() => PercentEncoding.Decode(text, "text"));
            Try(() => new RequestTarget(text).ReadQuery());
            if (IsUnicode(text))
            {
                PercentEncoding.Decode(PercentEncoding.Encode(text), "text").ShouldBe(text);
            }
        });

    [Fact]
    public void A_range_lies_in_the_file_or_is_refused() =>
        Gen.Select(Texts, Gen.OneOf(Gen.Long[0, 10], Gen.Long[0, long.MaxValue]))
            .Sample(
                (range, size) =>
                {
                    ByteStretch? stretch = null;
                    if (Try(() => stretch = ByteStretch.ReadHeader(range, size)) && stretch is { } found)
                    {
                        found.Start.ShouldBeGreaterThanOrEqualTo(0);
                        found.Length.ShouldBeGreaterThan(0);
                        (found.Start + found.Length).ShouldBeLessThanOrEqualTo(size);
                    }
                }
            );

    [Fact]
    public void Ids_names_types_and_info_are_taken_or_refused() =>
        Gen.Select(Texts, Texts, Texts)
            .Sample(
                (one, two, three) =>
                {
                    _ = FileIds.Read(one);
                    Try(() => FileNames.Validate(one));
                    Try(() => ContentTypes.Validate(one, two));
                    Try(() => BucketSettings.ValidateName(one, isLenient: two.Length > 1));
                    Try(() => BucketSettings.ValidateType(one));
                    Try(() => FileInfoRules.Validate(IsUnicode(one) ? one : "a", [new(two, three), new($"b2-{two}", three)]));
                    foreach (var key in FileInfoRules.Headers.Keys)
                    {
                        Try(() => FileInfoRules.Validate("a", [new(key, two)]));
                    }
                }
            );

    [Fact]
    public void Bytes_are_json_of_which_every_text_can_be_read_or_are_refused() =>
        Gen.Select(Json, Gen.Int)
            .Sample(
                (json, seed) =>
                {
                    var bytes = new Random(seed).Damage(Encoding.UTF8.GetBytes(json));
                    try
                    {
                        ReadAll(StrictJson.Parse(bytes));
                    }
                    catch (JsonException)
                    {
                        // Refused by whoever asked.
                    }
                    Try(() => Arguments.FromJson(bytes));
                }
            );

    [Fact]
    public void Settings_of_any_form_are_kept_or_refused() =>
        Json.Sample(json =>
        {
            if (!TryParse(json, out var root))
            {
                return;
            }
            foreach (var element in Everything(root))
            {
                Try(() => BucketSettings.ReadInfo(element));
                Try(() => BucketSettings.ReadLifecycleRules(element));
                Try(() => BucketSettings.ReadCorsRules(element));
                Try(() => NotificationSettings.Read(element));
                Try(() => ReplicationConfiguration.Parse(ReplicationSettings.Read(element, bucketId: null)));
                Try(() => EncryptionRules.Read(element, "encryption"));
                Try(() => EncryptionRules.ReadDefault(element));
                Try(() => RetentionRules.Read(element));
                Try(() => DefaultRetention.Read(element));
                Try(() => FileInfoRules.FromJson(element));
            }
        });

    /// <summary>False when it was refused, which must be in a way that B2 has.</summary>
    private static bool Try(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Refusal refusal)
        {
            refusal.Status.ShouldBeInRange(400, 499);
            refusal.Code.ShouldMatch("^[a-z0-9_]+$");
            return false;
        }
    }

    private static bool IsUnicode(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

    private static bool TryParse(string json, out JsonElement root)
    {
        root = default;
        try
        {
            root = StrictJson.Parse(Encoding.UTF8.GetBytes(json));
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void ReadAll(JsonElement root)
    {
        foreach (var element in Everything(root))
        {
            if (element.ValueKind == JsonValueKind.String)
            {
                _ = element.GetString();
            }
            else if (element.ValueKind == JsonValueKind.Object)
            {
                _ = element.TryGetProperty("mode", out _);
            }
        }
    }

    private static IEnumerable<JsonElement> Everything(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => [element, .. element.EnumerateObject().SelectMany(member => Everything(member.Value))],
            JsonValueKind.Array => [element, .. element.EnumerateArray().SelectMany(Everything)],
            _ => [element],
        };
}
