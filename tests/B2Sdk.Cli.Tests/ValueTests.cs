using CsCheck;

namespace B2Sdk.Cli.Tests;

/// <summary>Values on the command line, which are pure.</summary>
public sealed class ValueTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("5000000", 5_000_000)]
    [InlineData("5B", 5)]
    [InlineData("5k", 5_000)]
    [InlineData("5MB", 5_000_000)]
    [InlineData("5Mi", 5_242_880)]
    [InlineData(" 1GiB ", 1_073_741_824)]
    [InlineData("8T", 8_000_000_000_000)]
    public void Sizes_are_read_in_decimal_and_binary_units(string text, long bytes)
    {
        ByteSize.Parse(text, "--size").ShouldBe(bytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("M")]
    [InlineData("5i")]
    [InlineData("-5")]
    [InlineData("1.5M")]
    [InlineData("5X")]
    [InlineData("99999999T")]
    public void What_is_no_size_is_refused_with_the_option_and_the_text(string text)
    {
        var failure = Should.Throw<MisuseException>(() => ByteSize.Parse(text, "--size"));

        failure.Message.ShouldStartWith($"--size: '{text}' is ");
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("86400", 86_400)]
    [InlineData("45s", 45)]
    [InlineData("30m", 1_800)]
    [InlineData("12h", 43_200)]
    [InlineData("7d", 604_800)]
    [InlineData("2w", 1_209_600)]
    public void Lengths_of_time_are_seconds_or_have_a_unit(string text, int seconds)
    {
        Duration.Parse(text, "--time").ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Theory]
    [InlineData("")]
    [InlineData("d")]
    [InlineData("1y")]
    [InlineData("1.5h")]
    [InlineData("-5")]
    [InlineData("99999999999")]
    public void What_is_no_length_of_time_is_refused(string text)
    {
        Should.Throw<MisuseException>(() => Duration.Parse(text, "--time")).Message.ShouldStartWith($"--time: '{text}' is ");
    }

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1000, "1.0 kB")]
    [InlineData(999_949, "999.9 kB")]
    [InlineData(999_950, "1.0 MB")]
    [InlineData(long.MaxValue, "9223372.0 TB")]
    public void Sizes_are_shown_in_decimal_units(long bytes, string text)
    {
        ByteSize.Show(bytes).ShouldBe(text);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1700000000", 1_700_000_000_000)]
    [InlineData("1700000000.5", 1_700_000_000_500)]
    [InlineData("1700000000123", 1_700_000_000_123)]
    [InlineData("253402300799999", 253_402_300_799_999)]
    [InlineData("2027-01-31", 1_801_353_600_000)]
    [InlineData("2027-01-31T12:00Z", 1_801_396_800_000)]
    [InlineData("2027-01-31T12:00:00+02:00", 1_801_389_600_000)]
    [InlineData("2027-01-31T12:00:00.5Z", 1_801_396_800_500)]
    public void Times_are_seconds_or_milliseconds_by_their_magnitude(string text, long milliseconds)
    {
        Moment.Parse(text, "--time").ToUnixTimeMilliseconds().ShouldBe(milliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("noon")]
    [InlineData("2027-02-31")]
    [InlineData("31.1.2027")]
    [InlineData("253402300800000")]
    [InlineData("99999999999999999999999999999999")]
    public void What_is_no_time_is_refused(string text)
    {
        Should.Throw<MisuseException>(() => Moment.Parse(text, "--time")).Message.ShouldStartWith($"--time: '{text}' is ");
    }

    [Fact]
    public void A_uri_is_taken_literally()
    {
        Gen.String[Gen.Char[" ab/?#%+:@&\u00fc"], 0, 12]
            .Sample(path =>
            {
                var uri = B2Uri.Parse($"b2://Some-Bucket/{path}");
                return (uri.BucketName, uri.Path, uri.FileId) == ("Some-Bucket", path, null);
            });
    }
}
