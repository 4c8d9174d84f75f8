namespace B2Sdk.Tests.Sqlite;

public sealed class DamagedFileTests : IDisposable
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly AccountFolder _folder = new();

    [Theory]
    [InlineData("not a database at all, but long enough to have a header of its own: 0123456789 0123456789 0123456789 0123456789")]
    [InlineData("""{"account_id": "a", "application_key": "k"}""")]
    public async Task A_file_that_is_no_database_is_reported_and_left_alone(string content)
    {
        await File.WriteAllTextAsync(_folder.File, content, Cancellation);
        using var info = new SqliteAccountInfo(_folder.File);

        await ShouldBeRefusedAsync(info);

        (await File.ReadAllTextAsync(_folder.File, Cancellation)).ShouldBe(content);
    }

    [Fact]
    public async Task A_damaged_database_is_reported_and_left_alone()
    {
        using var info = new SqliteAccountInfo(_folder.File);
        await info.SaveAsync(AccountFolder.Authorization(), Cancellation);
        var bytes = await File.ReadAllBytesAsync(_folder.File, Cancellation);
        bytes.AsSpan(100).Fill(0xA5);
        await File.WriteAllBytesAsync(_folder.File, bytes, Cancellation);

        await ShouldBeRefusedAsync(info);

        (await File.ReadAllBytesAsync(_folder.File, Cancellation)).ShouldBe(bytes);
    }

    [Fact]
    public async Task A_database_of_something_else_is_reported_and_left_alone()
    {
        _folder.Run("CREATE TABLE recipes (title TEXT)", "INSERT INTO recipes VALUES ('soup')");
        var bytes = await File.ReadAllBytesAsync(_folder.File, Cancellation);
        using var info = new SqliteAccountInfo(_folder.File);

        await ShouldBeRefusedAsync(info);

        (await File.ReadAllBytesAsync(_folder.File, Cancellation)).ShouldBe(bytes);
    }

    [Fact]
    public async Task A_newer_form_is_reported_and_left_alone()
    {
        using var info = new SqliteAccountInfo(_folder.File);
        await info.SaveAsync(AccountFolder.Authorization(), Cancellation);
        _folder.Run("INSERT INTO update_done VALUES (7)");
        var bytes = await File.ReadAllBytesAsync(_folder.File, Cancellation);

        await ShouldBeRefusedAsync(info);

        (await File.ReadAllBytesAsync(_folder.File, Cancellation)).ShouldBe(bytes);
    }

    [Theory]
    [InlineData("UPDATE account SET allowed = '{'")]
    [InlineData("UPDATE account SET api_url = 'nowhere'")]
    public async Task A_row_that_makes_no_sense_is_reported(string change)
    {
        using var info = new SqliteAccountInfo(_folder.File);
        await info.SaveAsync(AccountFolder.Authorization(), Cancellation);
        _folder.Run(change);

        var failure = await Should.ThrowAsync<CorruptAccountInfoException>(async () => await info.LoadAsync(Cancellation));

        failure.ToString().ShouldNotContain("the-key-itself");
    }

    private async Task ShouldBeRefusedAsync(SqliteAccountInfo info)
    {
        var read = await Should.ThrowAsync<CorruptAccountInfoException>(async () => await info.LoadAsync(Cancellation));
        var write = await Should.ThrowAsync<CorruptAccountInfoException>(async () =>
            await info.SaveAsync(AccountFolder.Authorization(), Cancellation)
        );
        read.Message.ShouldContain(_folder.File);
        write.Message.ShouldContain(_folder.File);
        await Should.ThrowAsync<CorruptAccountInfoException>(async () => await info.ClearAsync(Cancellation));
    }

    public void Dispose() => _folder.Dispose();
}
