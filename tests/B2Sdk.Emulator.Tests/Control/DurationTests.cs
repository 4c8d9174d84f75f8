using B2Sdk.Emulator.Control;
using CsCheck;

namespace B2Sdk.Emulator.Tests.Control;

public sealed class DurationTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("90", 90_000)]
    [InlineData("1.5", 1_500)]
    [InlineData("250ms", 250)]
    [InlineData("2s", 2_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("30d", 2_592_000_000)]
    [InlineData("0.5d", 43_200_000)]
    [InlineData("-1m", -60_000)]
    public void Lengths_of_time_are_read_as_people_write_them(string text, double milliseconds) =>
        Durations.Read(text)!.Value.TotalMilliseconds.ShouldBe(milliseconds);

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("soon")]
    [InlineData("1x")]
    [InlineData("h")]
    [InlineData("1h30")]
    [InlineData("1 h")]
    [InlineData("--1s")]
    [InlineData("1e3")]
    [InlineData("99999999999999999999999999999")]
    [InlineData("999999999999999999d")]
    [InlineData("2000000000d")]
    public void What_is_no_length_of_time_is_none(string text) => Durations.Read(text).ShouldBeNull();

    [Fact]
    public void Every_length_of_time_is_read_as_it_was_written() =>
        Gen.Long[-TimeSpan.TicksPerDay * 100_000, TimeSpan.TicksPerDay * 100_000]
            .Select(ticks => new TimeSpan(ticks))
            .Sample(time => Durations.Read(Durations.Write(time)) == time);
}
