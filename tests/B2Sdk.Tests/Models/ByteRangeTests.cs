using CsCheck;

namespace B2Sdk.Tests.Models;

public sealed class ByteRangeTests
{
    private static readonly Gen<long> Longs = Gen.OneOf(Gen.Long[0, 100], Gen.Long[0, long.MaxValue], Pick.From(0L, long.MaxValue));

    [Fact]
    public void It_is_written_as_http_has_it() =>
        Gen.Select(Longs, Longs)
            .Sample(pair =>
            {
                new ByteRange(pair.Item1, pair.Item2).ToString().ShouldBe($"bytes={pair.Item1}-{pair.Item2}");
                new ByteRange(pair.Item1).ToString().ShouldBe($"bytes={pair.Item1}-");
            });

    [Fact]
    public void It_starts_at_zero_or_later_and_does_not_end_before_it_starts() =>
        Gen.Select(Gen.Long[-3, 3], Gen.Long[-3, 3])
            .Sample(pair =>
            {
                var isOne = pair.Item1 >= 0 && pair.Item2 >= pair.Item1;
                var failure = Record.Exception(() => new ByteRange(pair.Item1, pair.Item2).Validate("options"));

                (failure is null).ShouldBe(isOne);
                (failure is null or ArgumentOutOfRangeException { ParamName: "options" }).ShouldBeTrue();
            });

    [Fact]
    public void Its_end_in_a_file_never_lies_beyond_the_file() =>
        Gen.Select(Longs, Longs)
            .Sample(pair =>
            {
                var (last, size) = pair;

                new ByteRange(0, last).EndIn(size).ShouldBe(last < size ? last + 1 : size);
                new ByteRange(0).EndIn(size).ShouldBe(size);
                new ByteRange(0, last).IsAllOf(size).ShouldBe(last >= size - 1);
                new ByteRange(1, Math.Max(last, 1)).IsAllOf(size).ShouldBeFalse();
            });

    [Theory]
    [InlineData(-1, null)]
    [InlineData(5, 4)]
    public async Task A_range_that_is_none_is_refused_before_anything_is_sent(int start, int? end)
    {
        await using var rig = await Rig.StartAsync();

        await Should.ThrowAsync<ArgumentOutOfRangeException>(
            rig.Bucket.DownloadToStreamAsync("a", new MemoryStream(), new() { Range = new(start, end) }, Rig.Stop)
        );

        rig.Far.Journal.ShouldBeEmpty();
    }
}
