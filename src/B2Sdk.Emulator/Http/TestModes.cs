namespace B2Sdk.Emulator.Http;

/// <summary>The three ways in which B2 fails on demand, by the header X-Bz-Test-Mode. Which calls fail is fixed, so that a test fails the same way each time.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class TestModes
{
    private const string Header = "X-Bz-Test-Mode";
    private const int FailEvery = 2;
    private const int ExpireEvery = 5;

    private static readonly HashSet<string> Storing = new(StringComparer.Ordinal)
    {
        "b2_copy_file",
        "b2_copy_part",
        "b2_finish_large_file",
        "b2_start_large_file",
    };

    private int _uploads;
    private int _calls;

    /// <summary>Begins to count anew.</summary>
    public void Reset()
    {
        Volatile.Write(ref _uploads, 0);
        Volatile.Write(ref _calls, 0);
    }

    /// <summary>Fails an upload when it is asked to and its turn has come.</summary>
    public void BeforeUpload(Call call)
    {
        RefuseOverCap(call);
        if (Asks(call, "fail_some_uploads") && Interlocked.Increment(ref _uploads) % FailEvery == 0)
        {
            throw new Refusal(503, "service_unavailable", "no tomes available");
        }
    }

    /// <summary>Fails a call when it is asked to and its turn has come.</summary>
    public async Task BeforeCallAsync(Call call, string operation, Token token)
    {
        await ExpireSomeAsync(call, token);
        if (Storing.Contains(operation))
        {
            RefuseOverCap(call);
        }
    }

    /// <summary>Ends an account's token when that is asked for and its turn has come.</summary>
    public async Task ExpireSomeAsync(Call call, Token token)
    {
        if (Asks(call, "expire_some_account_authorization_tokens") && Interlocked.Increment(ref _calls) % ExpireEvery == 0)
        {
            await call.Tokens.ExpireAsync(token);
            throw Refusal.ExpiredToken();
        }
    }

    private static void RefuseOverCap(Call call)
    {
        if (Asks(call, "force_cap_exceeded"))
        {
            throw Refusal.CapExceeded();
        }
    }

    private static bool Asks(Call call, string mode) => call.Request.Headers[Header] == mode;
}
