using B2Sdk.Transfer;
using CsCheck;

namespace B2Sdk.Tests.Transfer;

public sealed class PartSizesTests
{
    private static readonly Gen<long> Lengths = Gen.OneOf(
        Gen.Long[0, 20_000_000],
        Gen.Long[0, PartSizes.MaxFileSize],
        Pick.From(
            0L,
            1L,
            4_999_999L,
            5_000_000L,
            5_000_001L,
            100_000_000L,
            100_000_001L,
            5_000_000_000L,
            5_000_000_001L,
            999_999_999_999L,
            1_000_000_000_000L,
            1_000_000_000_001L,
            10_000_000_000_000L
        )
    );

    private static readonly Gen<long> Minima = Gen.OneOf(Pick.From(1L, 1_000L, 5_000_000L), Gen.Long[1, 100_000_000]);

    [Fact, Trait("Fact", "C53")]
    public void Parts_are_no_smaller_than_allowed_and_no_more_than_ten_thousand_and_cover_the_file() =>
        Gen.Select(Lengths, Gen.Long[1, PartSizes.MaxPartSize], Minima)
            .Sample(
                (length, wanted, minimum) =>
                {
                    var size = PartSizes.Choose(length, wanted, minimum);

                    size.ShouldBeInRange(minimum, PartSizes.MaxPartSize);
                    size.ShouldBeGreaterThanOrEqualTo(Math.Min(wanted, PartSizes.MaxPartSize));
                    var count = PartSizes.Count(length, size);
                    count.ShouldBeLessThanOrEqualTo(PartSizes.MaxParts);
                    (count * size).ShouldBeGreaterThanOrEqualTo(length);
                    if (length > 0)
                    {
                        ((count - 1) * size).ShouldBeLessThan(length);
                    }
                }
            );

    [Fact, Trait("Fact", "C53")]
    public void A_size_that_fits_is_left_as_it_was_wanted() =>
        Gen.Select(Lengths, Gen.Long[5_000_000, PartSizes.MaxPartSize])
            .Sample(
                (length, wanted) =>
                {
                    if (PartSizes.Count(length, wanted) <= PartSizes.MaxParts)
                    {
                        PartSizes.Choose(length, wanted, 5_000_000).ShouldBe(wanted);
                    }
                }
            );

    [Fact, Trait("Fact", "C52"), Trait("Fact", "C54")]
    public void A_file_is_large_exactly_when_it_makes_two_parts() =>
        Gen.Select(Lengths, Minima)
            .Sample(
                (length, minimum) =>
                {
                    var job = new UploadJob("b", "a", new(), null, isReadableOnce: false, Account(minimum));
                    var size = job.PartSizeFor(length);

                    (PartSizes.Count(length, size) >= 2).ShouldBe(length > size);
                    if (length > 5_000_000_000)
                    {
                        length.ShouldBeGreaterThan(size, "More than 5 GB cannot go in one piece.");
                    }
                }
            );

    [Fact]
    public void Of_an_unknown_length_the_wanted_size_is_taken() => PartSizes.Choose(null, 7_000_000, 5_000_000).ShouldBe(7_000_000);

    private static AccountAuthorization Account(long minimum) =>
        new()
        {
            AccountId = "a",
            ApplicationKeyId = "k",
            ApplicationKey = "s",
            AuthorizationToken = "t",
            Realm = "production",
            ApiUrl = new("https://api.example"),
            DownloadUrl = new("https://f.example"),
            RecommendedPartSize = Math.Max(minimum, 100_000_000),
            AbsoluteMinimumPartSize = minimum,
            Allowed = new() { Capabilities = [] },
        };
}
