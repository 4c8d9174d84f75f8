using System.Reflection;
using B2Sdk.Diagnostics;
using B2Sdk.Wire;
using Microsoft.Extensions.Logging;

namespace B2Sdk.Tests.Diagnostics;

public sealed class LogTests
{
    [Fact]
    public void Ids_and_names_of_messages_are_for_good()
    {
        var messages = typeof(Log)
            .GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(method => (method.Name, Message: method.GetCustomAttribute<LoggerMessageAttribute>()))
            .Where(one => one.Message is not null)
            .ToDictionary(one => one.Message!.EventId, one => one.Message!.EventName);

        messages
            .OrderBy(one => one.Key)
            .Select(one => $"{one.Key} {one.Value}")
            .ShouldBe([
                "1001 Authorized",
                "1002 TryingAgain",
                "2001 UnfinishedFileLeft",
                "4001 Requesting",
                "4002 Answered",
                "4003 RequestHeaders",
                "4004 ResponseHeaders",
                "4005 ClockSkewed",
            ]);
    }

    [Fact, Trait("Need", "S8")]
    public void Headers_are_shown_by_a_list_of_harmless_ones_and_no_other()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://example.com");
        request.Headers.TryAddWithoutValidation("Authorization", "canary-1");
        request.Headers.TryAddWithoutValidation("X-Bz-Server-Side-Encryption-Customer-Key", "canary-2");
        request.Headers.TryAddWithoutValidation("X-Bz-Server-Side-Encryption-Customer-Key-Md5", "canary-3");
        request.Headers.TryAddWithoutValidation("X-Bz-Header-Of-Tomorrow", "canary-4");
        request.Headers.TryAddWithoutValidation("Cookie", "canary-5");
        request.Headers.TryAddWithoutValidation("X-Bz-Info-patient", "canary-6");
        request.Headers.TryAddWithoutValidation("X-Bz-Part-Number", "7");
        request.Content = new ByteArrayContent([1, 2]);
        request.Content.Headers.ContentType = new("text/plain");

        var shown = LoggableHeaders.Describe(request.Headers, request.Content.Headers);

        shown.ShouldNotContain("canary");
        shown.ShouldContain("X-Bz-Header-Of-Tomorrow: ***");
        shown.ShouldContain("X-Bz-Part-Number: 7");
        shown.ShouldContain("Content-Type: text/plain");
    }

    [Fact]
    public async Task Requests_and_answers_are_logged_for_those_who_look_closely()
    {
        await using var rig = await Rig.StartAsync();

        var entries = rig.Logs.Entries.Where(entry => entry.Text.StartsWith("b2_list_buckets", StringComparison.Ordinal)).ToList();

        entries
            .Select(entry => (entry.Level, entry.Id.Name))
            .ShouldBe([
                (LogLevel.Debug, "Requesting"),
                (LogLevel.Trace, "RequestHeaders"),
                (LogLevel.Debug, "Answered"),
                (LogLevel.Trace, "ResponseHeaders"),
            ]);
        entries[1].Text.ShouldContain("Authorization: ***");
    }

    [Theory, Trait("Need", "D24")]
    [InlineData(-15, true)]
    [InlineData(15, true)]
    [InlineData(9, false)]
    [InlineData(0, false)]
    public async Task A_clock_that_is_far_off_is_told_once(int minutes, bool isTold)
    {
        await using var rig = await Rig.StartAsync(far =>
        {
            far.SaysDate = true;
            far.ClockSkew = TimeSpan.FromMinutes(minutes);
        });
        await rig.Api.ListBucketsAsync(Rig.Stop);

        rig.Logs.Entries.Count(entry => entry.Id.Name == "ClockSkewed" && entry.Level == LogLevel.Warning).ShouldBe(isTold ? 1 : 0);
        rig.Api.ClockSkew.ShouldNotBeNull().ShouldBe(TimeSpan.FromMinutes(minutes), tolerance: TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Before_the_first_answer_nothing_is_known_of_clocks()
    {
        using var api = new B2Api(new InMemoryAccountInfo());

        api.ClockSkew.ShouldBeNull();
        api.Transactions.ShouldBe(new(0, 0, 0));
    }
}
