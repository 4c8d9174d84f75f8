using Microsoft.Extensions.Time.Testing;

namespace B2Sdk.Emulator.Tests;

/// <summary>Replication that takes its time, as B2's does.</summary>
public sealed class ReplicationDelayTests : IAsyncLifetime
{
    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(10);
    private B2Emulator _emulator = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _emulator = await B2Emulator.StartAsync(
            new() { ReplicationDelay = Delay, TimeProvider = new FakeTimeProvider(new(2026, 2, 2, 2, 40, 0, TimeSpan.Zero)) },
            Cancelled
        );

    public ValueTask DisposeAsync() => _emulator.DisposeAsync();

    [Fact]
    public async Task A_version_is_pending_until_its_time_has_come()
    {
        var pair = await NewPairAsync();
        var file = await pair.From.UploadAsync(pair.Source, "a");

        await _emulator.SettleAsync(Cancelled);
        var atFirst = await pair.StatusAsync(file);
        await _emulator.Clock.AdvanceAsync(Delay - TimeSpan.FromSeconds(1), Cancelled);
        var almost = await pair.StatusAsync(file);
        await _emulator.Clock.AdvanceAsync(TimeSpan.FromSeconds(1), Cancelled);

        (atFirst, almost, await pair.StatusAsync(file)).ShouldBe(("PENDING", "PENDING", "COMPLETED"));
        (await pair.ReplicasAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_will_fail_is_pending_at_first_too()
    {
        var pair = await NewPairAsync(mayWrite: ["listFiles"]);
        var file = await pair.From.UploadAsync(pair.Source, "a");

        var atFirst = await pair.StatusAsync(file);
        await _emulator.Clock.AdvanceAsync(Delay, Cancelled);

        (atFirst, await pair.StatusAsync(file)).ShouldBe(("PENDING", "FAILED"));
    }

    [Fact]
    public async Task Files_that_were_there_before_their_rule_wait_from_then_on()
    {
        var pair = await NewPairAsync(rule: new() { ["isEnabled"] = false });
        var file = await pair.From.UploadAsync(pair.Source, "a");
        await _emulator.Clock.AdvanceAsync(Delay * 2, Cancelled);
        await pair.SetRuleAsync(new() { ["includeExistingFiles"] = true });

        await _emulator.Clock.AdvanceAsync(Delay / 2, Cancelled);
        var halfway = await pair.StatusAsync(file);
        // Another change does not have them wait longer.
        await pair.SetRuleAsync(new() { ["includeExistingFiles"] = true, ["priority"] = 2 });
        await _emulator.Clock.AdvanceAsync(Delay / 2, Cancelled);

        (halfway, await pair.StatusAsync(file)).ShouldBe(("PENDING", "COMPLETED"));
    }

    [Fact]
    public async Task A_delay_that_cannot_be_is_named()
    {
        var refusal = await Should.ThrowAsync<ArgumentOutOfRangeException>(() =>
            B2Emulator.StartAsync(new() { ReplicationDelay = TimeSpan.FromSeconds(-1) }, Cancelled)
        );

        refusal.Message.ShouldContain("-00:00:01");
    }

    private async Task<Replication> NewPairAsync(string[]? mayWrite = null, JsonObject? rule = null)
    {
        var b2 = await B2Wire.AuthorizeAsync(_emulator.Url, _emulator.Account);
        return await Replication.SetUpAsync(b2, b2, mayWrite: mayWrite, rule: rule);
    }
}
