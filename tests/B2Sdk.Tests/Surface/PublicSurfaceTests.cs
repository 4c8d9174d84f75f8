using System.Reflection;

namespace B2Sdk.Tests.Surface;

/// <summary>What every public member keeps to.</summary>
public sealed class PublicSurfaceTests
{
    private static readonly IReadOnlyList<Type> Types = typeof(B2Api).Assembly.GetExportedTypes();

    private static readonly IReadOnlyList<Type> TypesOfAllPackages =
    [
        .. Types,
        .. typeof(SqliteAccountInfo).Assembly.GetExportedTypes(),
        .. typeof(Emulator.B2Emulator).Assembly.GetExportedTypes(),
    ];

    [Fact, Trait("Fact", "C25"), Trait("Need", "11")]
    public void Everything_that_is_awaited_takes_a_token_last_and_optionally()
    {
        var wrong = TypesOfAllPackages
            .SelectMany(type =>
                type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            )
            .Where(method => method.Name != nameof(IAsyncDisposable.DisposeAsync) && IsAwaited(method.ReturnType))
            .Where(method => TypesOfAllPackages.Contains(method.GetBaseDefinition().DeclaringType))
            .Where(method =>
                method.GetParameters() is not [.., { IsOptional: true } last] || last.ParameterType != typeof(CancellationToken)
            )
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}");

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_awaited_is_called_Async_and_nothing_else_is()
    {
        var wrong = TypesOfAllPackages
            .SelectMany(type =>
                type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            )
            .Where(method => method.Name.EndsWith("Async", StringComparison.Ordinal) != IsAwaited(method.ReturnType))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}");

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void No_method_takes_more_than_three_things_and_options_and_a_token()
    {
        var wrong = Types
            .SelectMany(type =>
                type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            )
            .Where(method => !typeof(Stream).IsAssignableFrom(method.DeclaringType))
            .Where(method => method.GetParameters().Length > 5)
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}");

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_done_with_a_version_can_be_asked_of_its_bucket_too()
    {
        var ofBuckets = Describe(typeof(Bucket));

        var ofApis = Describe(typeof(B2Api)).Where(method => method.Contains($"({nameof(FileVersion)} ", StringComparison.Ordinal));

        ofApis.Count().ShouldBeGreaterThan(9);
        ofApis.Except(ofBuckets).ShouldBeEmpty();

        static IReadOnlyList<string> Describe(Type type) =>
            [
                .. type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                    .Select(method =>
                        $"{method.ReturnType} {method.Name}({string.Join(", ", method.GetParameters().Select(parameter => $"{parameter.ParameterType.Name} {parameter.Name}"))})"
                    ),
            ];
    }

    [Fact]
    public void Classes_and_records_are_sealed_unless_they_are_made_to_be_extended() =>
        Types
            .Where(type => type.IsClass && !type.IsSealed && !type.IsAbstract)
            .Select(type => type.Name)
            .ShouldBe([nameof(ApplicationKey), nameof(B2Exception)], ignoreOrder: true);

    [Fact]
    public void Nothing_can_be_changed_after_it_was_made_except_the_options_of_a_container() =>
        TypesOfAllPackages
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(property =>
                property.SetMethod is { IsPublic: true } setter
                && !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit))
            )
            .Where(property => !typeof(Stream).IsAssignableFrom(property.DeclaringType))
            .Select(property => property.DeclaringType!.Name)
            .Concat(
                TypesOfAllPackages
                    .SelectMany(type =>
                        type.GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                    )
                    .Where(field => !field.IsInitOnly && !field.IsLiteral && !field.IsSpecialName)
                    .Select(field => field.DeclaringType!.Name)
            )
            .Distinct()
            .ShouldBe([nameof(B2Options)]);

    [Fact]
    public void What_a_record_was_given_is_not_changed_from_outside()
    {
        // These are filled by the library alone.
        string[] own = [$"{nameof(FilePage)}.{nameof(FilePage.Files)}", $"{nameof(EventVerification)}.{nameof(EventVerification.Events)}"];
        var collections = Types
            .Where(type => type.Namespace == nameof(B2Sdk) && typeof(IEquatable<>).MakeGenericType(type).IsAssignableFrom(type))
            .Append(typeof(B2Sdk.Wire.BucketRecord))
            .SelectMany(type => type.GetProperties())
            .Where(property => property.SetMethod is not null && property.PropertyType.Name is "IReadOnlyList`1" or "IReadOnlyDictionary`2")
            .ToList();

        collections.Count.ShouldBeGreaterThan(25);
        foreach (var property in collections)
        {
            var arguments = property.PropertyType.GetGenericArguments();
            var given = Activator.CreateInstance(
                (arguments.Length == 1 ? typeof(List<>) : typeof(Dictionary<,>)).MakeGenericType(arguments)
            );
            var record = System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(property.ReflectedType!);
            property.SetValue(record, given);

            var name = $"{property.ReflectedType!.Name}.{property.Name}";
            ReferenceEquals(property.GetValue(record), given).ShouldBe(own.Contains(name), name);
        }
    }

    [Fact]
    public void Words_of_the_service_print_as_they_are_and_empty_by_default()
    {
        var words = Types.Where(type => type.IsValueType && type.GetProperty("Value")?.PropertyType == typeof(string)).ToList();

        words.Count.ShouldBeGreaterThan(5);
        foreach (var word in words)
        {
            var none = Activator.CreateInstance(word)!;
            none.ToString().ShouldBe("", word.Name);
            word.GetProperty("Value")!.GetValue(none).ShouldBe("", word.Name);
            none.ShouldBe(Activator.CreateInstance(word, ""), word.Name);
            Activator.CreateInstance(word, "ofTomorrow")!.ToString().ShouldBe("ofTomorrow", word.Name);
        }
    }

    [Fact, Trait("Need", "S8")]
    public void No_public_record_holds_a_key_or_a_token_as_a_plain_string() =>
        Types
            .SelectMany(type => type.GetProperties())
            .Where(property => property.PropertyType == typeof(string))
            .Where(property =>
                property.Name.EndsWith("Token", StringComparison.Ordinal) || property.Name.EndsWith("Key", StringComparison.Ordinal)
            )
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}")
            .ShouldBeEmpty();

    [Fact]
    public async Task Nulls_are_refused_at_once()
    {
        await using var rig = await Rig.StartAsync();

        Should.Throw<ArgumentNullException>(() => new B2Api(null!));
        await Should.ThrowAsync<ArgumentNullException>(rig.Bucket.UploadStreamAsync(null!, "a", cancellationToken: Rig.Stop));
        await Should.ThrowAsync<ArgumentNullException>(rig.Bucket.UploadLocalFileAsync(null!, "a", cancellationToken: Rig.Stop));
        await Should.ThrowAsync<ArgumentNullException>(rig.Bucket.UploadBytesAsync(default, null!, cancellationToken: Rig.Stop));
        await Should.ThrowAsync<ArgumentNullException>(async () =>
            await rig.Bucket.DownloadToStreamAsync("a", null!, cancellationToken: Rig.Stop)
        );
        await Should.ThrowAsync<ArgumentNullException>(async () =>
            await rig.Bucket.DownloadToFileAsync((string)null!, "a", cancellationToken: Rig.Stop)
        );
        await Should.ThrowAsync<ArgumentException>(async () => await rig.Api.GetFileInfoByIdAsync("", Rig.Stop));
        await Should.ThrowAsync<ArgumentNullException>(rig.Api.DeleteBucketAsync(null!, Rig.Stop));
        await Should.ThrowAsync<ArgumentException>(rig.Bucket.UploadStreamAsync(new DeafStream(), "a", cancellationToken: Rig.Stop));
        rig.Far.Journal.ShouldBeEmpty();
    }

    [Fact]
    public void Options_that_are_none_are_refused_when_the_client_is_made()
    {
        (B2ApiOptions Options, string Message)[] wrong =
        [
            (new() { NoProgressTimeout = TimeSpan.Zero }, "NoProgressTimeout is 00:00:00; it must be more than zero."),
            (new() { Retry = new() { MaxAttempts = 0 } }, "Retry.MaxAttempts is 0; it must be at least 1."),
            (
                new() { Retry = new() { MaxDelay = TimeSpan.FromSeconds(-1) } },
                "Retry.MaxDelay is -00:00:01; it must not be less than zero."
            ),
            (new() { BucketCache = (BucketCache)9 }, "BucketCache is 9; it is InAccountInfo, InMemory, None."),
            (new() { UserAgentAppend = "a\r\nb" }, "UserAgentAppend is 'a\r\nb'; it has ASCII letters, digits and signs only."),
        ];

        foreach (var (options, message) in wrong)
        {
            var refusal = Should.Throw<ArgumentException>(() => new B2Api(new InMemoryAccountInfo(), options));
            (refusal.ParamName, refusal.Message).ShouldBe(("options", $"{message} (Parameter 'options')"));
        }
    }

    private static bool IsAwaited(Type type) =>
        typeof(Task).IsAssignableFrom(type)
        || type == typeof(ValueTask)
        || (
            type.IsGenericType
            && (type.GetGenericTypeDefinition() == typeof(ValueTask<>) || type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>))
        );

    private sealed class DeafStream : MemoryStream
    {
        public override bool CanRead => false;
    }
}
