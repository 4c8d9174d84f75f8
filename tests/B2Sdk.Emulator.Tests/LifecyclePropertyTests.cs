using B2Sdk.Emulator.Rules;
using CsCheck;
using What = B2Sdk.Emulator.Rules.LifecycleVersion.What;

namespace B2Sdk.Emulator.Tests;

/// <summary>One judgement about a stretch of time agrees with somebody who looks every day.</summary>
public sealed class LifecyclePropertyTests
{
    private const long Day = 86_400_000;

    /// <summary>Versions older than the rule, the newest first, and then the days that pass.</summary>
    private static readonly Gen<(LifecycleRule Rule, LifecycleVersion[] Versions, int Since, int First, int Second)> Cases = Gen.Select(
        Gen.Select(MaybeDays(), MaybeDays(), MaybeDays(), (hide, delete, cancel) => NewRule(hide, delete, cancel)),
        Gen.Select(Gen.Long[0, 12], Gen.Enum<What>(), Gen.Bool, (day, kind, isProtected) => NewVersion(day, kind, isProtected))
            .Array[0, 6]
            .Select(versions => versions.OrderByDescending(version => version.Timestamp).ToArray()),
        Gen.Int[12, 20],
        Gen.Int[0, 8],
        Gen.Int[0, 8]
    );

    [Fact]
    public void It_agrees_with_one_who_looks_every_day() =>
        Cases.Sample(
            test =>
            {
                var (rule, versions, since, first, second) = test;

                var judged = Apply(rule, versions, since * Day, (since + first + second) * Day);

                judged.ShouldBe(LookEveryDay(rule, versions, since, since + first + second));
            },
            iter: 20_000
        );

    [Fact]
    public void It_makes_no_difference_how_often_it_is_asked() =>
        Cases.Sample(
            test =>
            {
                var (rule, versions, since, first, second) = test;
                var (middle, end) = ((since + first) * Day, (since + first + second) * Day);

                var atOnce = Apply(rule, versions, since * Day, end);

                Apply(rule, Apply(rule, versions, since * Day, middle), middle, end).ShouldBe(atOnce);
            },
            iter: 20_000
        );

    [Fact]
    public void Nothing_protected_goes_and_nothing_hidden_comes_back() =>
        Cases.Sample(
            test =>
            {
                var (rule, versions, since, first, second) = test;

                var left = Apply(rule, versions, since * Day, (since + first + second) * Day);

                var finished = versions.Where(version => version.Kind != What.Unfinished).ToList();
                left.Count(version => version.IsProtected).ShouldBe(versions.Count(version => version.IsProtected));
                if (finished is [{ Kind: What.HideMarker }, ..])
                {
                    left.Where(version => version.Kind != What.Unfinished).Take(1).ShouldAllBe(version => version.Kind == What.HideMarker);
                }
            },
            iter: 20_000
        );

    [Fact]
    public void An_unfinished_file_is_only_canceled()
    {
        var rule = NewRule(1, 1, null);

        var left = Apply(rule, [NewVersion(5, What.Unfinished, false)], 12 * Day, 100 * Day);

        left.Count.ShouldBe(1);
    }

    private static LifecycleRule NewRule(int? hide, int? delete, int? cancel) =>
        new()
        {
            DaysToHiding = hide,
            DaysToDeleting = delete,
            DaysToCanceling = cancel,
        };

    // Only what has content is ever locked.
    private static LifecycleVersion NewVersion(long day, What kind, bool isProtected) =>
        new(day * Day, kind, isProtected && kind == What.Upload);

    private static Gen<int?> MaybeDays() => Gen.Int[0, 6].Select(days => days == 0 ? null : (int?)days);

    private static List<LifecycleVersion> Apply(LifecycleRule rule, IReadOnlyList<LifecycleVersion> versions, long since, long now)
    {
        var verdict = Lifecycle.Judge(rule, versions, since, now);
        var left = versions.Where((_, index) => !verdict.Gone.Contains(index)).ToList();
        if (verdict.HideAt is { } time && !verdict.DeletesNewMarker)
        {
            left.Insert(0, new(time, What.HideMarker, IsProtected: false));
        }
        return left;
    }

    /// <summary>What B2 says it does, done as naively as can be.</summary>
    private static List<LifecycleVersion> LookEveryDay(LifecycleRule rule, LifecycleVersion[] versions, int since, int until)
    {
        var kept = versions.ToList();
        for (var day = since; day <= until; day++)
        {
            var now = day * Day;
            kept.RemoveAll(version => version.Kind == What.Unfinished && version.Timestamp + rule.DaysToCanceling * Day <= now);
            if (
                kept.Where(version => version.Kind != What.Unfinished).Take(1).ToList() is [{ Kind: What.Upload } newest]
                && newest.Timestamp + rule.DaysToHiding * Day <= now
            )
            {
                kept.Insert(0, new(now, What.HideMarker, IsProtected: false));
            }
            var finished = kept.Where(version => version.Kind != What.Unfinished).ToList();
            for (var i = finished.Count - 1; i > 0; i--)
            {
                if (finished[i - 1].Timestamp + rule.DaysToDeleting * Day <= now && !finished[i].IsProtected)
                {
                    kept.RemoveAt(kept.LastIndexOf(finished[i]));
                    finished.RemoveAt(i);
                }
            }
            if (finished is [{ Kind: What.HideMarker } marker] && marker.Timestamp + rule.DaysToDeleting * Day <= now)
            {
                kept.Remove(marker);
            }
        }
        return kept;
    }
}
