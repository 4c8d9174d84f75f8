using System.Text;
using B2Sdk.Cli.Streams;
using B2Sdk.Emulator;

namespace B2Sdk.Cli.Tests;

/// <summary>A test with an account of its own, whose key is in the environment, and a folder on the disk that is its home too.</summary>
public abstract class CliTest(EmulatorFixture fixture) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("b2sdk-test-");

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected B2Emulator Emulator => fixture.Emulator;

    protected string Realm => fixture.Emulator.Url.ToString().TrimEnd('/');

    protected EmulatorAccount Account { get; private set; } = null!;

    /// <summary>All that the commands see of an environment.</summary>
    protected IDictionary<string, string> Environment { get; } = new Dictionary<string, string>();

    protected string Folder => _folder.FullName;

    public virtual async ValueTask InitializeAsync()
    {
        Account = await fixture.Emulator.CreateAccountAsync(Stop);
        Environment["HOME"] = Folder;
        Environment["B2_ENVIRONMENT"] = Realm;
        Environment["B2_APPLICATION_KEY_ID"] = Account.ApplicationKeyId;
        Environment["B2_APPLICATION_KEY"] = Account.ApplicationKey;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected string? Variable(string name) => Environment.TryGetValue(name, out var value) ? value : null;

    protected static string NewBucketName() => $"test-{Guid.NewGuid():n}";

    /// <summary>Runs a command to its end.</summary>
    protected Task<CliResult> RunAsync(params string[] arguments) => RunAsync(arguments, Terminal.None);

    private protected async Task<CliResult> RunAsync(string[] arguments, Terminal terminal, byte[]? input = null)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        using var context = new CliContext(new InputStream(new MemoryStream(input ?? [])), output, error)
        {
            Terminal = terminal,
            Environment = Variable,
        };
        using var _ = Stop.Register(() => context.Stop(ExitCodes.Interrupted));
        var code = await CommandLine.RunAsync(arguments, context);
        return new(code, output.ToArray(), Encoding.UTF8.GetString(error.ToArray()));
    }

    /// <summary>Runs a command that must work, and returns what it printed.</summary>
    protected async Task<string> SucceedAsync(params string[] arguments)
    {
        var result = await RunAsync(arguments);
        result.Error.ShouldBe("");
        result.Code.ShouldBe(ExitCodes.Success);
        return result.Out;
    }

    /// <summary>Runs a command that must be refused, and returns the one line that it said.</summary>
    protected async Task<string> FailAsync(int code, params string[] arguments)
    {
        var result = await RunAsync(arguments);
        result.Code.ShouldBe(code, result.Error);
        result.Out.ShouldBe("");
        result.Error.ShouldStartWith("ERROR: ");
        result.Error.Trim().Split('\n').Length.ShouldBe(1, result.Error);
        return result.Error["ERROR: ".Length..].TrimEnd('\n');
    }

    protected async Task<string> NewBucketAsync(string type = "allPrivate")
    {
        var name = NewBucketName();
        await SucceedAsync("bucket", "create", name, type);
        return name;
    }

    /// <summary>Uploads from standard input, and returns the id.</summary>
    protected async Task<string> UploadAsync(string bucket, string name, byte[]? content = null)
    {
        var result = await RunAsync(["file", "upload", "--json", bucket, "-", name], Terminal.None, content ?? [1, 2, 3]);
        result.Code.ShouldBe(ExitCodes.Success, result.Error);
        return result.Json.GetProperty("fileId").GetString()!;
    }

    protected string PathOf(string name) => Path.Combine(Folder, name);

    protected async Task<string> NewFileAsync(string name, byte[]? content = null)
    {
        var path = PathOf(name);
        await File.WriteAllBytesAsync(path, content ?? [1, 2, 3], Stop);
        return path;
    }

    protected static byte[] NewContent(int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);
        return content;
    }
}
