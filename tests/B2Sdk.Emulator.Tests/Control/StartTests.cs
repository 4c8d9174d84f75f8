using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace B2Sdk.Emulator.Tests.Control;

/// <summary>What else is done by the control API, from the start.</summary>
public sealed class StartTests
{
    private static readonly DateTimeOffset Moment = new(2030, 1, 1, 0, 0, 0, TimeSpan.FromHours(2));
    private readonly FakeTimeProvider _source = new(new(2026, 2, 2, 2, 40, 0, TimeSpan.Zero));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_clock_begins_where_it_is_told_and_is_there_again_after_a_reset(bool isFrozen)
    {
        await using var emulator = await StartAsync(new() { ClockStart = Moment, IsClockFrozen = isFrozen });

        _source.Advance(TimeSpan.FromHours(1));
        emulator.Clock.GetUtcNow().ShouldBe(isFrozen ? Moment : Moment.AddHours(1));
        emulator.Clock.GetUtcNow().Offset.ShouldBe(TimeSpan.Zero);
        await emulator.Clock.AdvanceAsync(TimeSpan.FromDays(1), Cancelled);
        await emulator.ResetAsync(Cancelled);

        emulator.Clock.GetUtcNow().ShouldBe(Moment);
        emulator.Clock.IsFrozen.ShouldBe(isFrozen);
    }

    [Fact]
    public async Task The_clock_stands_at_the_time_of_the_start_when_it_is_told_no_other()
    {
        var start = _source.GetUtcNow();
        await using var emulator = await StartAsync(new() { IsClockFrozen = true });

        _source.Advance(TimeSpan.FromHours(1));
        emulator.Clock.GetUtcNow().ShouldBe(start);
        emulator.Clock.Resume();

        emulator.Clock.GetUtcNow().ShouldBe(start);
    }

    [Fact]
    public async Task A_clock_that_cannot_be_is_no_start() =>
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => StartAsync(new() { ClockStart = DateTimeOffset.MaxValue }));

    [Fact]
    public async Task Faults_are_in_force_from_the_start_and_again_after_a_reset()
    {
        await using var emulator = await StartAsync(
            new()
            {
                Faults =
                [
                    new()
                    {
                        Operation = "b2_list_buckets",
                        Status = 503,
                        Count = 1,
                    },
                    new() { Operation = "b2_list_keys", Status = 500 },
                ],
            }
        );

        for (var round = 0; round < 2; round++)
        {
            var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
            await b2.RefusedAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId }, 503);
            await b2.OkAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId });
            emulator.Faults.Active.Select(fault => (fault.Id, fault.Fired)).ShouldBe([("f1", 1L), ("f2", 0L)]);
            emulator.Faults.Remove("f2");
            await emulator.ResetAsync(Cancelled);
        }
    }

    [Fact]
    public async Task A_fault_that_makes_no_sense_is_no_start() =>
        (await Should.ThrowAsync<ArgumentException>(() => StartAsync(new() { Faults = [new()] }))).Message.ShouldContain("does nothing");

    [Fact]
    public void A_fault_is_read_from_the_json_of_the_control_api() =>
        Fault
            .Parse("""{"operation":"b2_upload_file","status":503,"delay":"250ms","page":"half"}""")
            .ShouldBe(
                new()
                {
                    Operation = "b2_upload_file",
                    Status = 503,
                    Delay = TimeSpan.FromMilliseconds(250),
                    Page = FaultyPage.Half,
                }
            );

    [Theory]
    [InlineData("""{"retries":3}""", "retries is not known here")]
    [InlineData("""{"status":"x"}""", "status is not known here, or not of the right type")]
    [InlineData("{", "not a JSON object")]
    [InlineData("null", "not a JSON object")]
    public void What_is_no_fault_is_said_and_why(string json, string said)
    {
        var message = Should.Throw<ArgumentException>(() => Fault.Parse(json)).Message;

        message.ShouldContain(said);
        message.ShouldContain(json);
    }

    [Fact]
    public async Task Each_call_is_one_line_of_the_log_with_what_the_journal_tells()
    {
        using var log = new Calls();
        await using var emulator = await StartAsync(new() { LoggerFactory = log });
        emulator.Faults.Add(new() { Operation = "b2_hide_file", LoseReply = true });

        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        var bucketId = await b2.CreateBucketAsync("a-bucket");
        await b2.UploadAsync(bucketId, "a b.txt");
        (await b2.DownloadByNameAsync("a-bucket", "none")).ShouldBeRefused(404);
        await Should.ThrowAsync<HttpRequestException>(() =>
            b2.CallAsync("b2_hide_file", new() { ["bucketId"] = bucketId, ["fileName"] = "a b.txt" })
        );
        await new ControlWire(emulator.Url).GetAsync("status");
        await emulator.StopAsync(Cancelled);

        var key = emulator.Account.ApplicationKeyId;
        ShouldHaveLine("b2_authorize_account: 200, ", key);
        ShouldHaveLine("POST b2_upload_file: 200, 5 in, ", $" ms, by {key} {bucketId}/a b.txt");
        ShouldHaveLine("GET b2_download_file_by_name: 404 not_found, 0 in, ", "a-bucket/none");
        ShouldHaveLine("POST b2_hide_file: no answer, ", $"{bucketId}/a b.txt fault f1");
        log.Lines.Count().ShouldBe(emulator.Journal.Read().Entries.Count);

        void ShouldHaveLine(string part, string end) =>
            log.Lines.ShouldContain(line => line.Contains(part, StringComparison.Ordinal) && line.EndsWith(end, StringComparison.Ordinal));
    }

    private Task<B2Emulator> StartAsync(B2EmulatorOptions options) =>
        B2Emulator.StartAsync(options with { TimeProvider = _source }, Cancelled);

    /// <summary>A log that remembers the calls.</summary>
    private sealed class Calls : ILoggerFactory, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IEnumerable<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) { }

        public void Dispose() { }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (eventId.Name == "Called")
            {
                _lines.Enqueue(formatter(state, exception));
            }
        }
    }
}
