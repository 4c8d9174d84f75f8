using B2Sdk.Emulator.Control;
using CsCheck;

namespace B2Sdk.Emulator.Tests.Control;

/// <summary>The pure part of faults: whom they befall, and which make sense.</summary>
public sealed class FaultRulesTests
{
    private static readonly CallFacts Upload = new()
    {
        Operation = "b2_upload_file",
        AccountId = "account",
        BucketId = "id",
        BucketName = "Name",
        FileName = "a/b",
    };

    private static readonly Gen<Fault> Turns =
        from skip in Gen.Long[0, 20]
        from every in Gen.Long[1, 5]
        from probability in Gen.Double[0.05, 1]
        from seed in Gen.Int
        select new Fault
        {
            Skip = skip,
            Every = every,
            Probability = probability,
            Seed = seed,
        };

    [Theory]
    [InlineData("b2_upload_file", true)]
    [InlineData("b2_upload", false)]
    [InlineData("b2_upload_file_", false)]
    public void Operations_are_matched_exactly(string operation, bool covers) =>
        FaultRules.Covers(new() { Operation = operation }, Upload).ShouldBe(covers);

    [Fact]
    public void B2_get_upload_part_url_is_not_taken_for_b2_upload_part() =>
        FaultRules.Covers(new() { Operation = "b2_upload_part" }, Upload with { Operation = "b2_get_upload_part_url" }).ShouldBeFalse();

    [Fact]
    public void Every_condition_must_hold()
    {
        var all = new Fault
        {
            Operation = "b2_upload_file",
            AccountId = "account",
            Bucket = "name",
            FileName = "a/b",
        };

        FaultRules.Covers(all, Upload).ShouldBeTrue();
        FaultRules.Covers(all with { Bucket = "id" }, Upload).ShouldBeTrue();
        FaultRules.Covers(all with { Bucket = "other" }, Upload).ShouldBeFalse();
        FaultRules.Covers(all with { AccountId = "other" }, Upload).ShouldBeFalse();
        FaultRules.Covers(all with { FileName = "a" }, Upload).ShouldBeFalse();
        FaultRules.Covers(all, Upload with { FileName = null }).ShouldBeFalse();
        FaultRules.Covers(new(), Upload).ShouldBeTrue();
    }

    [Fact]
    public void Whose_turn_it_is_agrees_with_counting() =>
        Turns.Sample(fault =>
        {
            for (long number = 0; number < 60; number++)
            {
                var isCandidate = number >= fault.Skip && (number - fault.Skip) % fault.Every == 0;
                var isTurn = FaultRules.IsTurn(fault, number);
                isTurn.ShouldBe(isCandidate && FaultRules.Dice(fault.Seed, number) < fault.Probability);
                FaultRules.IsTurn(fault with { Probability = 1 }, number).ShouldBe(isCandidate);
            }
        });

    [Fact]
    public void The_dice_fall_evenly_and_in_every_seed_otherwise()
    {
        var falls = Enumerable.Range(0, 10_000).Select(number => FaultRules.Dice(42, number)).ToList();

        falls.ShouldAllBe(fall => fall >= 0 && fall < 1);
        falls.Count(fall => fall < 0.3).ShouldBeInRange(2_800, 3_200);
        falls.ShouldNotBe(Enumerable.Range(0, 10_000).Select(number => FaultRules.Dice(43, number)));
        falls.Zip(falls.Skip(1)).Count(pair => pair.First < 0.5 && pair.Second < 0.5).ShouldBeInRange(2_300, 2_700);
    }

    public static TheoryData<Fault, string> Senseless =>
        new()
        {
            { new(), "does nothing" },
            {
                new() { Operation = "b2_upload", Status = 500 },
                "'b2_upload' is none of B2's"
            },
            {
                new() { Skip = -1, Status = 500 },
                "skip is -1"
            },
            {
                new() { Every = 0, Status = 500 },
                "every is 0"
            },
            {
                new() { Count = 0, Status = 500 },
                "count is 0"
            },
            {
                new() { Probability = 0, Status = 500 },
                "probability is 0"
            },
            {
                new() { Probability = double.NaN, Status = 500 },
                "probability is NaN"
            },
            {
                new() { Status = 200 },
                "status is 200"
            },
            {
                new() { Delay = TimeSpan.FromHours(2) },
                "delay is 02:00:00"
            },
            {
                new() { DateSkew = TimeSpan.MinValue },
                "dateSkew is"
            },
            {
                new() { Code = "bad_request", LoseReply = true },
                "told with a status"
            },
            {
                new() { Status = 503, RetryAfter = "1\r\nX: y" },
                "retryAfter is"
            },
            {
                new() { CutAfter = -1 },
                "cutAfter is -1"
            },
            {
                new() { Status = 500, LoseReply = true },
                "status and loseReply cannot befall the same call"
            },
            {
                new() { Body = FaultyBody.Request, Delay = TimeSpan.FromSeconds(1) },
                "body says whose bytes"
            },
            {
                new()
                {
                    Operation = "b2_list_keys",
                    Body = FaultyBody.Request,
                    CutAfter = 1,
                },
                "Only uploads have a body"
            },
            {
                new() { Operation = "b2_list_buckets", Page = FaultyPage.Half },
                "Only listings have pages"
            },
            {
                new() { Page = FaultyPage.Empty },
                "no listing ends"
            },
        };

    [Theory, MemberData(nameof(Senseless))]
    public void A_fault_that_makes_no_sense_is_refused_and_says_why(Fault fault, string why)
    {
        FaultRules.FindProblems(fault).ShouldContain(problem => problem.Contains(why, StringComparison.Ordinal));
        Should.Throw<ArgumentException>(() => new EmulatorFaults().Add(fault));
    }

    [Fact]
    public void Of_several_faults_the_first_whose_turn_it_is_strikes_and_a_spent_one_never()
    {
        var faults = new EmulatorFaults();
        var first = faults.Add(
            new()
            {
                Status = 500,
                Skip = 1,
                Count = 1,
            }
        );
        var second = faults.Add(new() { Status = 501 });

        var struck = Enumerable.Range(0, 4).Select(_ => faults.Strike(Upload)?.Id).ToList();

        struck.ShouldBe([second.Id, first.Id, second.Id, second.Id]);
        (first.Matched, first.Fired, first.IsSpent).ShouldBe((2, 1, true));
        (second.Matched, second.Fired, second.IsSpent).ShouldBe((3, 3, false));
    }

    [Fact]
    public async Task However_many_ask_at_once_a_fault_strikes_as_often_as_it_says()
    {
        var faults = new EmulatorFaults();
        var fault = faults.Add(
            new()
            {
                Status = 500,
                Every = 2,
                Count = 7,
            }
        );

        var struck = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 50).Count(_ => faults.Strike(Upload) is not null)))
        );

        struck.Sum().ShouldBe(7);
        fault.Fired.ShouldBe(7);
    }
}
