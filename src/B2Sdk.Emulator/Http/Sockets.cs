using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace B2Sdk.Emulator.Http;

/// <summary>Makes what listens. The memory of connections can be chosen only where a web host is built, so this is as much of one as is needed for that.</summary>
internal sealed class Sockets : IWebHostBuilder
{
    // More than this of a body waits in nobody's memory: the sender does.
    private const int LargestBacklog = 256 * 1024;
    private readonly ServiceCollection _services = new();

    private Sockets() { }

    public static IConnectionListenerFactory Create(ILoggerFactory logging)
    {
        var host = new Sockets();
        host._services.AddSingleton(logging);
        host._services.AddSingleton<IMemoryPoolFactory<byte>>(new LargeBlocks());
        host.UseSockets(options =>
        {
            options.MaxReadBufferSize = LargestBacklog;
            options.MaxWriteBufferSize = LargestBacklog;
        });
        // The provider owns nothing that must be let go of.
        return host._services.BuildServiceProvider().GetRequiredService<IConnectionListenerFactory>();
    }

    public IWebHostBuilder ConfigureServices(Action<IServiceCollection> configureServices)
    {
        configureServices(_services);
        return this;
    }

    public IWebHostBuilder ConfigureServices(Action<WebHostBuilderContext, IServiceCollection> configureServices)
    {
        configureServices(new(), _services);
        return this;
    }

#pragma warning disable ASPDEPR008 // The interface demands it; nobody calls it.
    public IWebHost Build() => throw new NotSupportedException();
#pragma warning restore ASPDEPR008

    public IWebHostBuilder ConfigureAppConfiguration(Action<WebHostBuilderContext, IConfigurationBuilder> configureDelegate) => this;

    public string? GetSetting(string key) => null;

    public IWebHostBuilder UseSetting(string key, string? value) => this;
}
