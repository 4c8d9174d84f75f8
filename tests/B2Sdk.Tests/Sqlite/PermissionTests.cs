using System.Runtime.Versioning;

namespace B2Sdk.Tests.Sqlite;

[UnsupportedOSPlatform("windows")]
public sealed class PermissionTests : IDisposable
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly AccountFolder _folder = new();

    [Fact]
    public async Task A_new_file_and_its_folder_are_for_the_owner_alone()
    {
        using var info = new SqliteAccountInfo(_folder.In("b2/account_info"));

        await info.SaveAsync(AccountFolder.Authorization(), Cancellation);

        File.GetUnixFileMode(info.FileName).ShouldBe(OwnerFile);
        File.GetUnixFileMode(_folder.In("b2")).ShouldBe(OwnerFolder);
        Directory.GetFiles(_folder.In("b2")).ShouldBe([info.FileName]);
    }

    [Fact]
    public async Task Permissions_that_somebody_chose_stay()
    {
        var shared = OwnerFile | UnixFileMode.GroupRead;
        await File.WriteAllBytesAsync(_folder.File, [], Cancellation);
        File.SetUnixFileMode(_folder.File, shared);
        File.SetUnixFileMode(_folder.Path, OwnerFolder | UnixFileMode.GroupExecute);
        using var info = new SqliteAccountInfo(_folder.File);

        await info.SaveAsync(AccountFolder.Authorization(), Cancellation);

        File.GetUnixFileMode(_folder.File).ShouldBe(shared);
        File.GetUnixFileMode(_folder.Path).ShouldBe(OwnerFolder | UnixFileMode.GroupExecute);
    }

    [Fact]
    public async Task A_folder_in_the_place_of_the_file_is_reported_with_its_name()
    {
        Directory.CreateDirectory(_folder.File);
        using var info = new SqliteAccountInfo(_folder.File);

        var failure = await Should.ThrowAsync<IOException>(async () => await info.SaveAsync(AccountFolder.Authorization(), Cancellation));

        failure.Message.ShouldContain(_folder.File);
    }

    public void Dispose() => _folder.Dispose();
}
