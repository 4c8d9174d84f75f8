using B2Sdk.Sessions;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace B2Sdk.Tests.Sessions;

public sealed class RetryBudgetTests
{
    private static readonly Gen<RetryOptions> AllOptions = Gen.Select(
            Gen.Int[1, 30],
            Gen.Int[0, 2_000],
            Gen.Int[1, 5_000],
            Gen.Int[1, 100_000]
        )
        .Select(
            (attempts, elapsed, baseDelay, maxDelay) =>
                new RetryOptions
                {
                    MaxAttempts = attempts,
                    MaxElapsed = TimeSpan.FromSeconds(elapsed),
                    BaseDelay = TimeSpan.FromMilliseconds(baseDelay),
                    MaxDelay = TimeSpan.FromMilliseconds(maxDelay),
                }
        );

    [Fact, Trait("Fact", "C20"), Trait("Fact", "C24")]
    public void Waits_keep_their_bounds_and_the_budget_is_never_overdrawn() =>
        Gen.Select(AllOptions, Gen.Double[0, 1].Array[40], Gen.Int[0, 20_000].Array[40])
            .Sample(
                (options, luck, took) =>
                {
                    var time = new FakeTimeProvider();
                    var turn = 0;
                    var budget = new RetryBudget(options, new(), time, () => luck[turn % luck.Length]);
                    var firstFailure = time.GetTimestamp();
                    for (; turn < 40; turn++)
                    {
                        budget.BeginAttempt();
                        if (turn == 0)
                        {
                            firstFailure = time.GetTimestamp();
                        }
                        if (!budget.TrySpend(null, atOnce: false, out var delay))
                        {
                            break;
                        }
                        delay.ShouldBeInRange(TimeSpan.Zero, options.MaxDelay);
                        delay.ShouldBeLessThanOrEqualTo(options.BaseDelay * Math.Pow(2, turn));
                        time.Advance(delay);
                        time.GetElapsedTime(firstFailure).ShouldBeLessThanOrEqualTo(options.MaxElapsed);
                        time.Advance(TimeSpan.FromMilliseconds(took[turn]));
                    }
                    budget.Attempts.ShouldBeLessThanOrEqualTo(options.MaxAttempts);
                }
            );

    [Fact, Trait("Fact", "C20")]
    public void Without_luck_the_waits_double_up_to_the_limit()
    {
        var time = new FakeTimeProvider();
        var budget = new RetryBudget(new() { MaxElapsed = TimeSpan.FromHours(1) }, new(), time, () => 1);
        var waits = new List<double>();
        for (var i = 0; i < 9; i++)
        {
            budget.BeginAttempt();
            budget.TrySpend(null, atOnce: false, out var delay).ShouldBeTrue();
            waits.Add(delay.TotalSeconds);
        }

        waits.ShouldBe([1, 2, 4, 8, 16, 32, 64, 64, 64]);
    }

    [Fact, Trait("Fact", "C19")]
    public void What_b2_asks_for_is_waited_at_least() =>
        Gen.Select(AllOptions, Gen.Int[0, 3_000], Gen.Bool, Gen.Double[0, 1])
            .Sample(
                (options, seconds, atOnce, luck) =>
                {
                    var budget = new RetryBudget(options, new(), new FakeTimeProvider(), () => luck);
                    var asked = TimeSpan.FromSeconds(seconds);
                    budget.BeginAttempt();

                    if (budget.TrySpend(asked, atOnce, out var delay))
                    {
                        delay.ShouldBeGreaterThanOrEqualTo(asked);
                        delay.ShouldBeLessThanOrEqualTo(options.MaxElapsed);
                    }
                    else if (options.MaxAttempts > 1)
                    {
                        // Only a wait that does not fit into what is left is declined.
                        (
                            asked > options.MaxElapsed || options.MaxElapsed < options.MaxDelay || options.MaxElapsed == TimeSpan.Zero
                        ).ShouldBeTrue();
                    }
                }
            );

    [Fact]
    public void With_all_the_luck_there_is_a_wait_all_the_same()
    {
        var budget = new RetryBudget(new(), new(), new FakeTimeProvider(), static () => 1e-6);
        budget.BeginAttempt();

        budget.TrySpend(null, atOnce: false, out var delay).ShouldBeTrue();

        delay.ShouldBe(TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void Going_elsewhere_at_once_waits_for_nothing()
    {
        var budget = new RetryBudget(new(), new(), new FakeTimeProvider(), () => 1);
        budget.BeginAttempt();

        budget.TrySpend(null, atOnce: true, out var delay).ShouldBeTrue();

        delay.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void What_was_achieved_fills_the_budget_up()
    {
        var time = new FakeTimeProvider();
        var budget = new RetryBudget(new() { MaxAttempts = 3 }, new(), time, () => 1);
        for (var round = 0; round < 10; round++)
        {
            budget.BeginAttempt();
            budget.TrySpend(null, atOnce: false, out var delay).ShouldBeTrue();
            delay.ShouldBe(TimeSpan.FromSeconds(1));
            budget.Refill();
            time.Advance(TimeSpan.FromMinutes(20));
        }
    }

    [Fact]
    public void When_all_together_fail_too_often_each_waits_the_longest_wait()
    {
        var allowance = new RetryAllowance();
        var slow = 0;
        for (var i = 0; i < 200; i++)
        {
            var budget = new RetryBudget(new(), allowance, new FakeTimeProvider(), () => 0);
            budget.BeginAttempt();
            budget.TrySpend(null, atOnce: false, out var delay).ShouldBeTrue();
            slow += delay >= TimeSpan.FromSeconds(32) ? 1 : 0;
        }

        slow.ShouldBe(100);
    }

    [Fact]
    public void Successes_earn_the_allowance_back()
    {
        var allowance = new RetryAllowance();
        while (allowance.TryTake()) { }

        allowance.Earn();
        allowance.TryTake().ShouldBeFalse();
        allowance.Earn();
        allowance.TryTake().ShouldBeTrue();
    }

    [Fact, Trait("Need", "5")]
    public async Task A_minute_of_failures_costs_no_more_than_three_requests_for_each_operation()
    {
        const int Operations = 300;
        await using var rig = await Rig.StartAsync();
        var up = rig.Clock.GetUtcNow() + TimeSpan.FromSeconds(60);
        var duringTrouble = 0;
        rig.Far.Always(
            "b2_list_buckets",
            (far, exchange, stop) =>
            {
                if (far.Clock.GetUtcNow() >= up)
                {
                    return far.AnswerWellAsync(exchange, stop);
                }
                Interlocked.Increment(ref duringTrouble);
                return Answer.Error(503, "service_unavailable")(far, exchange, stop);
            }
        );
        rig.Clock.JumpsOverWaits = false;

        var all = Task.WhenAll(Enumerable.Range(0, Operations).Select(_ => rig.Api.ListBucketsAsync(Rig.Stop)));
        while (!all.IsCompleted)
        {
            rig.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        await all;
        duringTrouble.ShouldBeLessThanOrEqualTo(3 * Operations);
    }
}
