using B2Sdk;
using B2Sdk.DependencyInjection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds <see cref="B2Api"/> to a service collection.</summary>
public static class B2ServiceCollectionExtensions
{
    /// <summary>Adds a <see cref="B2Api"/> as a singleton, which authorizes its account by itself when it is first used.</summary>
    /// <remarks>The options are validated when the host starts. Logging comes from the container, and so does the <see cref="TimeProvider"/> when there is one.</remarks>
    /// <param name="services">Where it is added.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The options, to go on with.</returns>
    public static OptionsBuilder<B2Options> AddB2(this IServiceCollection services, Action<B2Options> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, name: null).Configure(configure);
    }

    /// <summary>Adds a <see cref="B2Api"/> as a singleton, with options from a section of the configuration.</summary>
    /// <remarks>
    /// <para>The section's members are those of <see cref="B2Options"/>: <c>Realm</c>, <c>ApplicationKeyId</c>, <c>ApplicationKey</c>, <c>AllowInsecureRealm</c>, <c>UserAgentAppend</c>,
    /// <c>NoProgressTimeout</c>, <c>BucketCache</c>, and <c>Retry</c> with <c>MaxElapsed</c>, <c>MaxAttempts</c>, <c>BaseDelay</c>, <c>MaxDelay</c>. Any other is an error.</para>
    /// <para>A key that changes in the configuration is used from the next authorization on.</para>
    /// </remarks>
    /// <param name="services">Where it is added.</param>
    /// <param name="section">The section.</param>
    /// <returns>The options, to go on with.</returns>
    public static OptionsBuilder<B2Options> AddB2(this IServiceCollection services, IConfiguration section) =>
        Bind(Add(services, name: null), section);

    /// <summary>Adds one of several <see cref="B2Api"/>s, as a keyed singleton: ask for it with <c>[FromKeyedServices("name")]</c>.</summary>
    /// <param name="services">Where it is added.</param>
    /// <param name="name">The name, which is the key of the service and the name of the options.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The options, to go on with.</returns>
    public static OptionsBuilder<B2Options> AddB2(this IServiceCollection services, string name, Action<B2Options> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, name).Configure(configure);
    }

    /// <summary>Adds one of several <see cref="B2Api"/>s, as a keyed singleton, with options from a section of the configuration.</summary>
    /// <param name="services">Where it is added.</param>
    /// <param name="name">The name, which is the key of the service and the name of the options.</param>
    /// <param name="section">The section.</param>
    /// <returns>The options, to go on with.</returns>
    public static OptionsBuilder<B2Options> AddB2(this IServiceCollection services, string name, IConfiguration section)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Bind(Add(services, name), section);
    }

    private static OptionsBuilder<B2Options> Add(IServiceCollection services, string? name)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<B2Options>, B2OptionsValidator>());
        if (name is null)
        {
            services.TryAddSingleton(provider => Make(provider, Options.Options.DefaultName));
        }
        else
        {
            services.TryAddKeyedSingleton(name, (provider, _) => Make(provider, name));
        }
        return services.AddOptions<B2Options>(name).ValidateOnStart();
    }

    private static OptionsBuilder<B2Options> Bind(OptionsBuilder<B2Options> options, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        options.Services.AddSingleton<IOptionsChangeTokenSource<B2Options>>(
            new ConfigurationChangeTokenSource<B2Options>(options.Name, section)
        );
        return options.Configure(target => section.Get<B2Section>(binder => binder.ErrorOnUnknownConfiguration = true)?.ApplyTo(target));
    }

    private static B2Api Make(IServiceProvider provider, string name)
    {
        var monitor = provider.GetRequiredService<IOptionsMonitor<B2Options>>();
        var options = monitor.Get(name);
        return new(
            options.AccountInfo ?? new InMemoryAccountInfo(),
            new()
            {
                Credentials = options.ApplicationKeyId is null ? null : _ => new(CredentialsOf(monitor.Get(name))),
                HttpHandler = options.HttpHandler,
                TimeProvider = provider.GetService<TimeProvider>() ?? TimeProvider.System,
                LoggerFactory = provider.GetService<ILoggerFactory>(),
                Retry = options.Retry,
                OnRetry = options.OnRetry,
                UserAgentAppend = options.UserAgentAppend,
                AllowInsecureRealm = options.AllowInsecureRealm,
                NoProgressTimeout = options.NoProgressTimeout,
                BucketCache = options.BucketCache,
            }
        );
    }

    private static B2Credentials CredentialsOf(B2Options options) =>
        new(options.Realm, options.ApplicationKeyId ?? "", options.ApplicationKey);
}
