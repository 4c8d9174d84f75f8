using System.ComponentModel;
using System.Diagnostics;
using System.Net.WebSockets;

namespace B2Sdk.Emulator.Tests.Support;

/// <summary>Chromium without a window, driven over its DevTools.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Process _process;
    private readonly DirectoryInfo _profile;
    private readonly ClientWebSocket _socket = new();
    private string? _session;
    private int _calls;

    private Browser(Process process, DirectoryInfo profile)
    {
        _process = process;
        _profile = profile;
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Starts it, or skips the test where there is none.</summary>
    public static async Task<Browser> StartAsync()
    {
        var profile = Directory.CreateTempSubdirectory("b2-emulator-browser-");
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("CHROMIUM") ?? "chromium",
            [
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--remote-debugging-port=0",
                $"--user-data-dir={profile.FullName}",
                "about:blank",
            ]
        )
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            profile.Delete(recursive: true);
            Assert.Skip("There is no Chromium on this machine.");
            throw;
        }

        var browser = new Browser(process, profile);
        try
        {
            await browser.ConnectAsync();
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    public async Task OpenAsync(Uri url)
    {
        var target = await CallAsync("Target.createTarget", new() { ["url"] = url.AbsoluteUri });
        var attached = await CallAsync(
            "Target.attachToTarget",
            new() { ["targetId"] = target["targetId"]!.DeepClone(), ["flatten"] = true }
        );
        _session = B2Wire.Text(attached["sessionId"]);
    }

    /// <summary>Evaluates an expression in the page.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        var answer = await CallAsync(
            "Runtime.evaluate",
            new()
            {
                ["expression"] = expression,
                ["awaitPromise"] = true,
                ["returnByValue"] = true,
            }
        );
        answer["exceptionDetails"].ShouldBeNull(expression);
        return answer["result"]!["value"];
    }

    /// <summary>Waits, in the page, until an expression is true.</summary>
    public async Task WaitAsync(string expression)
    {
        const int Pages = 5;
        for (var page = 1; ; page++)
        {
            try
            {
                var isTrue = await EvaluateAsync(
                    $$"""
                    new Promise(done => {
                        const end = Date.now() + 20000;
                        const look = () => {
                            let is = false;
                            try { is = !!({{expression}}); } catch { }
                            if (is || Date.now() > end) done(is); else setTimeout(look, 20);
                        };
                        look();
                    })
                    """
                );
                isTrue!.GetValue<bool>().ShouldBeTrue($"It never came to: {expression}\n{await EvaluateAsync("document.body.innerText")}");
                return;
            }
            catch (InvalidOperationException) when (page < Pages)
            {
                // The page in which it was waited for has given way to the one that was asked for.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        // The one process that was started here, with its children.
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _profile.Delete(recursive: true);
    }

    private async Task ConnectAsync()
    {
        const string Announcement = "DevTools listening on ";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(Patience);
        while (await _process.StandardError.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith(Announcement, StringComparison.Ordinal))
            {
                await _socket.ConnectAsync(new Uri(line[Announcement.Length..]), limit.Token);
                return;
            }
        }

        throw new InvalidOperationException("Chromium ended before it said where its DevTools are.");
    }

    private async Task<JsonObject> CallAsync(string method, JsonObject parameters)
    {
        var id = ++_calls;
        var call = new JsonObject
        {
            ["id"] = id,
            ["method"] = method,
            ["params"] = parameters,
        };
        if (_session is not null)
        {
            call["sessionId"] = _session;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(Patience);
        await _socket.SendAsync(Encoding.UTF8.GetBytes(call.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, limit.Token);
        while (true)
        {
            var message = await ReceiveAsync(limit.Token);
            // What is no answer tells of events, which nobody asked for.
            if (message["id"]?.GetValue<int>() == id)
            {
                return message["result"] as JsonObject ?? throw new InvalidOperationException($"{method}: {message}");
            }
        }
    }

    private async Task<JsonObject> ReceiveAsync(CancellationToken cancellationToken)
    {
        using var text = new MemoryStream();
        var buffer = new byte[16 * 1024];
        ValueWebSocketReceiveResult received;
        do
        {
            received = await _socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            text.Write(buffer, 0, received.Count);
        } while (!received.EndOfMessage);
        return JsonNode.Parse(text.ToArray())!.AsObject();
    }
}
