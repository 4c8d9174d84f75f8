using System.Runtime.Versioning;

namespace B2Sdk.Tests.Sqlite;

[UnsupportedOSPlatform("windows")]
public sealed class PermissionTests : IDisposable
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly AccountFolder _folder = new();

    [Fact, Trait("Need", "S5")]
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

    [Theory, Trait("Need", "S5")]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public async Task A_file_that_is_open_to_every_user_is_refused(UnixFileMode right)
    {
        using var info = new SqliteAccountInfo(_folder.File);
        await info.SaveAsync(AccountFolder.Authorization(), Cancellation);
        File.SetUnixFileMode(_folder.File, OwnerFile | right);
        var before = await File.ReadAllBytesAsync(_folder.File, Cancellation);

        var read = await Should.ThrowAsync<IOException>(async () => await info.LoadAsync(Cancellation));
        var write = await Should.ThrowAsync<IOException>(async () => await info.SaveAsync(AccountFolder.Authorization(), Cancellation));

        read.Message.ShouldContain("chmod 600");
        write.Message.ShouldContain(_folder.File);
        (await File.ReadAllBytesAsync(_folder.File, Cancellation)).ShouldBe(before);
    }

    [Fact, Trait("Need", "S5")]
    public async Task What_SQLite_writes_beside_the_file_is_for_the_owner_alone()
    {
        using var info = new SqliteAccountInfo(_folder.File);
        await info.SaveAsync(AccountFolder.Authorization(), Cancellation);
        using var connection = _folder.Open();
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM account";
        command.ExecuteNonQuery();

        var beside = Directory.GetFiles(_folder.Path).Where(path => path != _folder.File).ShouldHaveSingleItem();

        File.GetUnixFileMode(beside).ShouldBe(OwnerFile);
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
