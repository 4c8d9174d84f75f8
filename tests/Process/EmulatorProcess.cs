using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace B2Sdk.Tests.Processes;

/// <summary>A `b2 emulator` in a process of its own, which can be killed.</summary>
internal sealed class EmulatorProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Process _process;

    private EmulatorProcess(Process process, JsonObject ready, TimeSpan startTime)
    {
        _process = process;
        StartTime = startTime;
        Url = new(ready["url"]!.GetValue<string>());
        KeyId = ready["applicationKeyId"]!.GetValue<string>();
        Key = ready["applicationKey"]!.GetValue<string>();
    }

    public Uri Url { get; }

    public string KeyId { get; }

    public string Key { get; }

    /// <summary>From the start of the process until it said that it is ready.</summary>
    public TimeSpan StartTime { get; }

    /// <summary>The most memory that it had at any time, in bytes.</summary>
    public long PeakMemory => ReadStatus("VmHWM");

    /// <summary>The memory that is its own, in bytes.</summary>
    public long Memory => ReadStatus("RssAnon");

    /// <summary>The processor time that it has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts one and waits until it is ready.</summary>
    public static async Task<EmulatorProcess> StartAsync(string b2, params IEnumerable<string> options)
    {
        var start = new ProcessStartInfo(b2, ["emulator", "--json", .. options])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        var began = Stopwatch.GetTimestamp();
        var process = Process.Start(start) ?? throw new InvalidOperationException($"'{b2}' cannot be started.");
        try
        {
            var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
            return new(
                process,
                (JsonObject)JsonNode.Parse(line ?? throw new InvalidOperationException("The emulator ended before it was ready."))!,
                Stopwatch.GetElapsedTime(began)
            );
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>Ends it as nothing can be prepared for.</summary>
    public Task KillAsync()
    {
        _process.Kill();
        return _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }
        _process.Dispose();
    }

    private long ReadStatus(string field)
    {
        foreach (var line in File.ReadLines($"/proc/{_process.Id}/status"))
        {
            if (line.StartsWith(field + ":", StringComparison.Ordinal))
            {
                return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Split('\t')[^1], CultureInfo.InvariantCulture)
                    * 1024;
            }
        }
        throw new InvalidOperationException($"The system does not tell {field}.");
    }
}
