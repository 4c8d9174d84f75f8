using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;
using CsCheck;

namespace B2Sdk.Emulator.Tests;

/// <summary>Whatever is asked of a retention, and in whatever order, what it has promised is kept.</summary>
public sealed class RetentionPropertyTests
{
    private static readonly Gen<Retention?> Wishes = Gen.Select(
        Gen.Enum<RetentionMode>(),
        Gen.Long[0, 30],
        Gen.Bool.Select(Gen.Bool, (a, b) => a && b),
        (mode, until, isNone) => isNone ? null : new Retention(mode, until)
    );

    private static readonly Gen<(Retention? Wanted, bool MayBypass, long Passed)[]> Histories = Gen.Select(
        Wishes,
        Gen.Bool,
        Gen.Long[0, 3]
    ).Array[0, 12];

    [Fact]
    public void Without_a_bypass_nothing_in_force_gets_shorter_or_weaker() =>
        Histories.Sample(
            history =>
            {
                Retention? current = null;
                long now = 0;
                foreach (var (wanted, _, passed) in history)
                {
                    now += passed;
                    var before = current;
                    current = Change(current, wanted, mayBypass: false, now);
                    if (before is not null && before.IsInForceAt(now))
                    {
                        current.ShouldNotBeNull();
                        current.Until.ShouldBeGreaterThanOrEqualTo(before.Until);
                        ((int)current.Mode).ShouldBeGreaterThanOrEqualTo((int)before.Mode);
                    }
                }
            },
            iter: 10_000
        );

    [Fact]
    public void Compliance_in_force_stays_until_its_end_whoever_asks() =>
        Histories.Sample(
            history =>
            {
                Retention? current = null;
                long now = 0;
                long promised = 0;
                foreach (var (wanted, mayBypass, passed) in history)
                {
                    now += passed;
                    current = Change(current, wanted, mayBypass, now);
                    if (current is { Mode: RetentionMode.Compliance })
                    {
                        promised = Math.Max(promised, current.Until);
                    }
                    if (promised > now)
                    {
                        RetentionRules.IsProtected(current, legalHold: null, mayBypass: true, now).ShouldBeTrue();
                    }
                }
            },
            iter: 10_000
        );

    [Fact]
    public void A_hold_protects_whatever_the_retention_says() =>
        Gen.Select(Wishes, Gen.Bool, Gen.Long[0, 40])
            .Sample((retention, mayBypass, now) => RetentionRules.IsProtected(retention, legalHold: true, mayBypass, now).ShouldBeTrue());

    [Fact]
    public void What_is_over_protects_nothing() =>
        Gen.Select(Wishes, Gen.Long[30, 60])
            .Sample((retention, now) => RetentionRules.IsProtected(retention, legalHold: false, mayBypass: false, now).ShouldBeFalse());

    /// <summary>What the retention is after somebody asked for a change, allowed or not.</summary>
    private static Retention? Change(Retention? current, Retention? wanted, bool mayBypass, long now)
    {
        try
        {
            RetentionRules.CheckChange(current, wanted, mayBypass, now);
            return wanted;
        }
        catch (Refusal)
        {
            return current;
        }
    }
}
