namespace B2Sdk.Fuzz;

/// <summary>Throws structured garbage at an emulator: everything is answered, nothing fails it, nothing hangs, and in the end it still works.</summary>
public sealed class WireFuzzTests
{
    private const int Workers = 4;
    private const int RequestsForOneAccount = 250;

    [Fact]
    public async Task Whatever_is_sent_is_answered_and_is_never_the_emulators_fault()
    {
        using var log = new LogTrap();
        await using var emulator = await B2Emulator.StartAsync(
            new()
            {
                MinimumPartSize = 1,
                RecommendedPartSize = 1,
                LoggerFactory = log,
            },
            TestContext.Current.CancellationToken
        );

        var statuses = (await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => RunAsync(emulator, worker)))).SelectMany(all =>
            all
        );

        log.Failures.ShouldBeEmpty();
        var counts = statuses.CountBy(status => status).ToDictionary();
        TestContext.Current.SendDiagnosticMessage(string.Join(", ", counts.OrderBy(count => count.Key)));
        // Garbage of which nothing gets through tests nothing but the door.
        (counts[200] + counts[206]).ShouldBeGreaterThan(FuzzSettings.Requests / 8);
    }

    private static async Task<List<int>> RunAsync(B2Emulator emulator, int worker)
    {
        var random = new Random(FuzzSettings.Seed * Workers + worker);
        var statuses = new List<int>();
        for (var sent = 0; sent < FuzzSettings.Requests / Workers; )
        {
            var around = await Surroundings.MakeAsync(emulator);
            var generator = new RequestGenerator(random, around);
            for (var i = 0; i < RequestsForOneAccount; i++, sent++)
            {
                var request = generator.Next();
                var told = $"seed {FuzzSettings.Seed}, worker {worker}, request {sent}: {request}";
                FuzzReply reply;
                try
                {
                    reply = await Wire.SendAsync(emulator.Url, request, random);
                }
                catch (OperationCanceledException e)
                {
                    throw new TimeoutException($"No answer. {told}", e);
                }
                Check(request, reply, told);
                statuses.Add(reply.Status);
            }
            // Whatever was done to it, the account is whole: what is there can be listed.
            await around.CallAsync("b2_list_buckets", new() { ["accountId"] = around.AccountId });
        }
        return statuses;
    }

    private static void Check(FuzzRequest request, FuzzReply reply, string told)
    {
        var isAsked = request.MayFail && reply.Status == 503;
        // 505 is a version of HTTP that nobody speaks.
        (reply.Status is < 500 or 505 || isAsked).ShouldBeTrue($"{reply.Status} {Encoding.UTF8.GetString(reply.Body)} {told}");
        reply.Head.ShouldNotContain($"\n{Nasty.Injected}:", Case.Insensitive, told);
        if (!request.IsHttp)
        {
            return;
        }
        reply.Status.ShouldNotBe(0, told);
        if (reply.Status >= 400 && request.Method != "HEAD" && reply.Body.Length > 0)
        {
            var error = (JsonObject)JsonNode.Parse(reply.Body)!;
            error.Select(member => member.Key).ShouldBe(["code", "message", "status"], told);
            ((int)error["status"]!).ShouldBe(reply.Status, told);
        }
    }
}
