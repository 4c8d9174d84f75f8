using System.Diagnostics;

namespace B2Sdk.Tests.Sqlite;

public sealed class TwoProcessesTests : IDisposable
{
    private const string FileVariable = "B2SDK_TEST_ACCOUNT_FILE";
    private const int Threads = 50;
    private const int BucketsOfEach = 1;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly AccountFolder _folder = new();

    // This assembly is a program: the other process runs this very test, and finds the file in its environment.
    [Fact]
    public async Task Two_processes_with_fifty_threads_each_lose_nothing_and_meet_no_lock()
    {
        if (Environment.GetEnvironmentVariable(FileVariable) is { } file)
        {
            await HammerAsync(file, "there");
            return;
        }
        using var other = StartOtherProcess();
        var output = other.StandardOutput.ReadToEndAsync(Cancellation);

        await HammerAsync(_folder.File, "here");

        var text = await output;
        await other.WaitForExitAsync(Cancellation);
        other.ExitCode.ShouldBe(0, text);
        _folder.Query("SELECT count(*) FROM bucket WHERE bucket_name LIKE 'here-%'").ShouldBe([$"{Threads * BucketsOfEach}"]);
        _folder.Query("SELECT count(*) FROM bucket WHERE bucket_name LIKE 'there-%'").ShouldBe([$"{Threads * BucketsOfEach}"]);
        _folder.Query("SELECT count(*) FROM account").ShouldBe(["1"]);
        _folder.Query("SELECT count(*) FROM update_done").ShouldBe(["6"]);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task HammerAsync(string file, string where)
    {
        using var shared = new SqliteAccountInfo(file);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Threads),
            new ParallelOptions { MaxDegreeOfParallelism = Threads, CancellationToken = Cancellation },
            async (thread, token) =>
            {
                // Half of them share an object, and the others have one each.
                using var own = new SqliteAccountInfo(file);
                var info = thread % 2 == 0 ? shared : own;
                await info.SaveAsync(AccountFolder.Authorization() with { AuthorizationToken = $"token-{where}-{thread}" }, token);
                for (var number = 0; number < BucketsOfEach; number++)
                {
                    await info.SaveBucketAsync(new() { Name = $"{where}-{thread}-{number}", Id = $"id-{where}-{thread}-{number}" }, token);
                    (await info.FindBucketIdAsync($"{where}-{thread}-{number}", token)).ShouldBe($"id-{where}-{thread}-{number}");
                }
                (await info.LoadAsync(token)).ShouldNotBeNull().AccountId.ShouldBe("account1");
            }
        );
    }

    private Process StartOtherProcess() =>
        Process.Start(
            new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "B2Sdk.Tests"), ["-class", typeof(TwoProcessesTests).FullName!])
            {
                Environment = { [FileVariable] = _folder.File },
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
}
