using B2Sdk.Sqlite;

namespace B2Sdk.Tests.Sqlite;

public sealed class FindFileNameTests : IDisposable
{
    private readonly AccountFolder _home = new();
    private readonly Dictionary<string, string> _environment = [];

    public FindFileNameTests() => _environment[OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME"] = _home.Path;

    [Fact]
    public void The_usual_place_is_below_dot_config() => Find().ShouldBe(_home.In(".config/b2/account_info"));

    [Fact]
    public void A_profile_has_a_file_beside_it() => Find("work_2-b").ShouldBe(_home.In(".config/b2/db-work_2-b.sqlite"));

    [Fact]
    public void XDG_CONFIG_HOME_moves_both()
    {
        _environment["XDG_CONFIG_HOME"] = _home.In("xdg");

        Find().ShouldBe(_home.In("xdg/b2/account_info"));
        Find("work").ShouldBe(_home.In("xdg/b2/db-work.sqlite"));
        Find("work", isXdgSystem: false).ShouldBe(_home.In("xdg/b2/db-work.sqlite"));
    }

    [Fact]
    public void Without_XDG_it_is_in_the_home_folder()
    {
        Find(isXdgSystem: false).ShouldBe(_home.In(".b2_account_info"));
        Find("work", isXdgSystem: false).ShouldBe(_home.In(".b2db-work.sqlite"));
    }

    [Fact]
    public void An_old_file_in_the_home_folder_wins()
    {
        _environment["XDG_CONFIG_HOME"] = _home.In("xdg");
        File.WriteAllText(_home.In(".b2_account_info"), "");

        Find().ShouldBe(_home.In(".b2_account_info"));
    }

    [Fact]
    public void An_old_profile_in_the_home_folder_counts_until_there_is_a_new_one()
    {
        File.WriteAllText(_home.In(".b2db-work.sqlite"), "");
        Find("work").ShouldBe(_home.In(".b2db-work.sqlite"));

        Directory.CreateDirectory(_home.In(".config/b2"));
        File.WriteAllText(_home.In(".config/b2/db-work.sqlite"), "");
        Find("work").ShouldBe(_home.In(".config/b2/db-work.sqlite"));
    }

    [Fact]
    public void B2_ACCOUNT_INFO_names_the_file_and_an_empty_one_says_nothing()
    {
        _environment["B2_ACCOUNT_INFO"] = "";
        Find().ShouldBe(_home.In(".config/b2/account_info"));

        _environment["B2_ACCOUNT_INFO"] = "~/mine";
        Find().ShouldBe(_home.In("mine"));
        Should.Throw<ArgumentException>(() => Find("work")).Message.ShouldContain("B2_ACCOUNT_INFO");
    }

    [Fact]
    public void B2_ACCOUNT_INFO_PROFILE_chooses_a_profile_when_nothing_else_does()
    {
        _environment["B2_ACCOUNT_INFO_PROFILE"] = "fromenv";
        Find().ShouldBe(_home.In(".config/b2/db-fromenv.sqlite"));
        Find("given").ShouldBe(_home.In(".config/b2/db-given.sqlite"));

        _environment["B2_ACCOUNT_INFO"] = _home.In("mine");
        Find().ShouldBe(_home.In("mine"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a/../../x")]
    [InlineData("work\n")]
    [InlineData("ä")]
    public void A_profile_that_is_no_name_is_refused(string profile) => Should.Throw<ArgumentException>(() => Find(profile));

    [Fact]
    public void A_profile_has_64_characters_at_most()
    {
        Find(new('a', 64)).ShouldEndWith($"db-{new string('a', 64)}.sqlite");
        Should.Throw<ArgumentException>(() => Find(new('a', 65)));
    }

    private string Find(string? profile = null, bool isXdgSystem = true) =>
        AccountFile.Find(profile, _environment.GetValueOrDefault, isXdgSystem);

    public void Dispose() => _home.Dispose();
}
