using System.Globalization;
using Microsoft.Extensions.Time.Testing;

namespace B2Sdk.Emulator.Tests.Control;

/// <summary>The clock is stopped and moved. Each test has an emulator of its own.</summary>
public sealed class ClockControlTests
{
    private static readonly DateTimeOffset Start = new(2026, 2, 2, 2, 40, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _source = new(Start);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_clock_runs_on_the_providers_time()
    {
        await using var emulator = await StartAsync();

        _source.Advance(TimeSpan.FromMinutes(1));

        emulator.Clock.GetUtcNow().ShouldBe(Start.AddMinutes(1));
        emulator.Clock.IsFrozen.ShouldBeFalse();
    }

    [Fact]
    public async Task A_frozen_clock_stands_and_goes_on_from_there()
    {
        await using var emulator = await StartAsync();

        emulator.Clock.Freeze();
        _source.Advance(TimeSpan.FromHours(5));
        emulator.Clock.GetUtcNow().ShouldBe(Start);
        emulator.Clock.Resume();
        _source.Advance(TimeSpan.FromSeconds(1));

        emulator.Clock.GetUtcNow().ShouldBe(Start.AddSeconds(1));
    }

    [Fact]
    public async Task A_frozen_clock_can_be_moved_and_stays_frozen()
    {
        await using var emulator = await StartAsync();

        emulator.Clock.Freeze();
        await emulator.Clock.AdvanceAsync(TimeSpan.FromDays(1), Cancelled);
        _source.Advance(TimeSpan.FromHours(5));

        emulator.Clock.GetUtcNow().ShouldBe(Start.AddDays(1));
        emulator.Clock.IsFrozen.ShouldBeTrue();
    }

    [Fact]
    public async Task The_clock_can_be_set_back()
    {
        await using var emulator = await StartAsync();
        var then = new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.FromHours(1));

        await emulator.Clock.SetAsync(then, Cancelled);
        _source.Advance(TimeSpan.FromSeconds(1));

        emulator.Clock.GetUtcNow().ShouldBe(then.AddSeconds(1));
        emulator.Clock.GetUtcNow().Offset.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task What_becomes_due_is_settled_before_the_move_returns_and_one_move_at_a_time()
    {
        var clock = new EmulatorClock(_source);
        var settled = new List<DateTimeOffset>();
        var isSettling = 0;
        clock.AfterEachMove(
            async (now, cancellationToken) =>
            {
                Interlocked.Increment(ref isSettling).ShouldBe(1);
                await Task.Yield();
                settled.Add(now);
                Interlocked.Decrement(ref isSettling);
            }
        );

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => clock.AdvanceAsync(TimeSpan.FromDays(1), Cancelled))));

        settled.ShouldBe(Enumerable.Range(1, 20).Select(day => Start.AddDays(day)));
    }

    [Fact]
    public async Task Out_of_range_moves_are_refused_and_move_nothing()
    {
        var clock = new EmulatorClock(_source);

        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => clock.AdvanceAsync(TimeSpan.FromSeconds(-1), Cancelled));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => clock.AdvanceAsync(TimeSpan.MaxValue, Cancelled));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => clock.SetAsync(DateTimeOffset.MinValue, Cancelled));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => clock.SetAsync(DateTimeOffset.MaxValue, Cancelled));

        clock.GetUtcNow().ShouldBe(Start);
    }

    [Fact, Trait("Fact", "S37")]
    public async Task Tokens_follow_the_clock()
    {
        await using var emulator = await StartAsync();
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        JsonObject Body() => new() { ["accountId"] = b2.AccountId };

        await emulator.Clock.AdvanceAsync(TimeSpan.FromHours(23), Cancelled);
        await b2.OkAsync("b2_list_buckets", Body());
        await emulator.Clock.AdvanceAsync(TimeSpan.FromHours(2), Cancelled);

        await b2.RefusedAsync("b2_list_buckets", Body(), 401, "expired_auth_token");
    }

    [Fact, Trait("Fact", "S96")]
    public async Task Uploads_and_answers_are_dated_by_the_clock()
    {
        await using var emulator = await StartAsync();
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        var bucketId = await b2.CreateBucketAsync();
        var then = new DateTimeOffset(2031, 5, 6, 7, 8, 9, TimeSpan.Zero);

        await emulator.Clock.SetAsync(then, Cancelled);
        var reply = await b2.CallAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId });
        // The token was made before, and has expired: dates are told by refusals, too.
        reply.ShouldBeRefused(401).Header("Date").ShouldBe(then.ToString("R", CultureInfo.InvariantCulture));
        b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        var file = await b2.UploadAsync(bucketId, "a");

        file["uploadTimestamp"]!.GetValue<long>().ShouldBe(then.ToUnixTimeMilliseconds());
        (await b2.DownloadByIdAsync(B2Wire.IdOf(file)))
            .ShouldBeOk()
            .Header("Date")
            .ShouldBe(then.ToString("R", CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task The_clock_is_moved_over_the_wire()
    {
        await using var emulator = await StartAsync();
        var control = new ControlWire(emulator.Url);

        var first = (await control.GetAsync("clock")).ShouldBeOk().Json;
        var advanced = (await control.PostAsync("clock", """{"advance":"1d"}""")).ShouldBeOk().Json;
        var set = (await control.PostAsync("clock", """{"set":"2030-01-01T00:00:00+02:00","advance":90,"freeze":true}"""))
            .ShouldBeOk()
            .Json;
        _source.Advance(TimeSpan.FromHours(1));
        var resumed = (await control.PostAsync("clock", """{"freeze":false}""")).ShouldBeOk().Json;

        first.ToJsonString().ShouldBe("""{"now":"2026-02-02T02:40:00.000Z","isFrozen":false}""");
        advanced["now"]!.GetValue<DateTimeOffset>().ShouldBe(Start.AddDays(1));
        set["now"]!.GetValue<DateTimeOffset>().ShouldBe(new(2029, 12, 31, 22, 1, 30, TimeSpan.Zero));
        set["isFrozen"]!.GetValue<bool>().ShouldBeTrue();
        resumed["now"]!.GetValue<DateTimeOffset>().ShouldBe(new(2029, 12, 31, 22, 1, 30, TimeSpan.Zero));
        resumed["isFrozen"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Theory]
    [InlineData("", "bad_json")]
    [InlineData("[]", "bad_json")]
    [InlineData("{", "bad_json")]
    [InlineData("{}", "bad_request")]
    [InlineData("""{"advance":"soon"}""", "bad_request")]
    [InlineData("""{"advance":"-1s"}""", "bad_request")]
    [InlineData("""{"advance":"9999999d","freeze":true}""", "bad_request")]
    [InlineData("""{"set":"yesterday"}""", "bad_request")]
    [InlineData("""{"set":"1969-12-31T23:59:59Z","freeze":true}""", "bad_request")]
    [InlineData("""{"set":253402300800000}""", "bad_request")]
    [InlineData("""{"forward":"1d"}""", "bad_request")]
    public async Task What_makes_no_sense_is_refused_and_moves_nothing(string body, string code)
    {
        await using var emulator = await StartAsync();
        var control = new ControlWire(emulator.Url);

        var reply = (await control.PostAsync("clock", body)).ShouldBeRefused(400, code);

        reply.Message.ShouldNotContain("Parameter");
        emulator.Clock.GetUtcNow().ShouldBe(Start);
        emulator.Clock.IsFrozen.ShouldBeFalse();
    }

    private Task<B2Emulator> StartAsync() => B2Emulator.StartAsync(new B2EmulatorOptions { TimeProvider = _source }, Cancelled);
}
