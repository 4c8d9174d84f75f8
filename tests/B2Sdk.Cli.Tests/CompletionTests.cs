using System.Diagnostics;
using B2Sdk.Cli.Completion;

namespace B2Sdk.Cli.Tests;

public sealed class CompletionTests(EmulatorFixture emulator) : CliTest(emulator)
{
    [Fact]
    public async Task Commands_are_completed_and_hidden_ones_are_not()
    {
        (await CompleteAsync("buc")).ShouldBe(["bucket"]);
        (await CompleteAsync("comp")).ShouldBe(["completion"]);
        (await CompleteAsync("file", "up")).ShouldBe(["update", "upload"]);
        (await CompleteAsync("bucket", "")).ShouldContain("create");
        (await CompleteAsync("bucket", "create", "na")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Options_are_completed_also_the_global_ones()
    {
        (await CompleteAsync("ls", "--re")).ShouldBe(["--recursive", "--replication"]);
        (await CompleteAsync("ls", "--ver")).ShouldBe(["--verbose", "--versions"]);
        (await CompleteAsync("ls", "b2://x", "--js")).ShouldBe(["--json", "--jsonl"]);
        (await CompleteAsync("ls", "--esc")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Values_are_completed()
    {
        (await CompleteAsync("bucket", "create", "name", "")).ShouldBe(["allPrivate", "allPublic"]);
        (await CompleteAsync("bucket", "create", "--profile", "name", "name", "allPu")).ShouldBe(["allPublic"]);
        (await CompleteAsync("ls", "--progress", "p")).ShouldBe(["plain"]);
        (await CompleteAsync("ls", "--progress=p")).ShouldBe(["--progress=plain"]);
        (await CompleteAsync("completion", "")).ShouldBe(["bash", "fish", "pwsh", "zsh"]);
        (await CompleteAsync("--environment", "")).ShouldBe(["emulator", "production", "staging"]);
    }

    [Fact]
    public async Task Capabilities_are_completed_one_after_the_other()
    {
        (await CompleteAsync("key", "create", "name", "listB")).ShouldBe(["listBuckets"]);
        (await CompleteAsync("key", "create", "name", "listBuckets,listF")).ShouldBe(["listBuckets,listFiles"]);
        (await CompleteAsync("key", "create", "name", "listBuckets,listB")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Keys_and_the_buckets_of_a_new_key_are_completed()
    {
        var bucket = await NewBucketAsync();
        var keyId = (await SucceedAsync("key", "create", "name", "listFiles")).Split(' ')[0];

        (await CompleteAsync("key", "delete", keyId[..^1])).ShouldBe([keyId]);
        (await CompleteAsync("key", "create", "name", "listFiles", "--bucket", "te")).ShouldBe([bucket]);
        (await CompleteAsync("key", "create", "name", "listFiles", "--bucket=te")).ShouldBe([$"--bucket={bucket}"]);
    }

    [Fact]
    public async Task Local_files_are_left_to_the_shell()
    {
        (await CompleteAsync("file", "upload", "bucket", "")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Buckets_and_files_are_completed_level_by_level()
    {
        var bucket = await NewBucketAsync();
        var other = await NewBucketAsync();
        foreach (var name in (string[])["a b/1", "a b/2/3", "it's", "bad\u0085line"])
        {
            await UploadAsync(bucket, name);
        }

        (await CompleteAsync("bucket", "delete", "test-")).ShouldBe(new[] { bucket, other }.Order(StringComparer.Ordinal));
        (await CompleteAsync("ls", "")).Count.ShouldBe(2);
        (await CompleteAsync("ls", "b2://")).Count.ShouldBe(2);
        (await CompleteAsync("ls", $"b2://{bucket[..^1]}")).ShouldBe([$"b2://{bucket}/"]);
        (await CompleteAsync("ls", $"b2://{bucket}/")).ShouldBe([$"b2://{bucket}/a b/", $"b2://{bucket}/it's"]);
        (await CompleteAsync("file", "info", $"b2://{bucket}/a b/")).ShouldBe([$"b2://{bucket}/a b/1", $"b2://{bucket}/a b/2/"]);
        (await CompleteAsync("ls", "b2id://4")).ShouldBeEmpty();
        (await CompleteAsync("ls", "b2://there-is-no-such-bucket/")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_an_account_or_a_service_there_is_silence()
    {
        Environment["B2_ENVIRONMENT"] = "http://127.0.0.1:1";
        (await CompleteAsync("ls", "b2://")).ShouldBeEmpty();
        Environment.Clear();
        Environment["HOME"] = Folder;
        (await CompleteAsync("ls", "b2://")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("b2 buck", "bucket")]
    [InlineData("b2 ls b2://bu", "//bucket/")]
    [InlineData("b2 ls b2:", "//bucket/")]
    [InlineData("b2 ls --progress=", "plain")]
    [InlineData("b2 key create x a,", "a,b")]
    [InlineData("b2 ls b2://bucket/a", "//bucket/a\\ b")]
    [InlineData("b2 ls b2://bucket/a\\ ", "//bucket/a\\ b")]
    [InlineData("b2 ls 'b2://bucket/a ", "b2://bucket/a b")]
    [InlineData("b2 ls 'b2://quoted/", "b2://quoted/it'\\''s \"$x\"")]
    [InlineData("b2 ls \"b2://quoted/", "b2://quoted/it's \\\"\\$x\\\"")]
    [InlineData("b2 ls --progress=p", "plain")]
    public async Task Bash_gets_what_it_can_insert(string line, string expected)
    {
        // What readline does to a line before it asks: words end at blanks outside of quotes, and at colons and equal signs.
        var script = $$"""
            {{CompletionScripts.For("bash")}}
            b2() {
                shift 2
                case "${*: -1}" in
                    buck) echo bucket ;;
                    a,) echo a,b ;;
                    b2: | b2://bu) echo b2://bucket/ ;;
                    b2://bucket/a*) echo 'b2://bucket/a b' ;;
                    b2://quoted/) echo "b2://quoted/it's \"\$x\"" ;;
                    --progress= | --progress=p) echo --progress=plain ;;
                esac
            }
            COMP_LINE=$1 COMP_POINT=${#1}
            shift
            COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
            _b2_complete
            printf '%s\n' "${COMPREPLY[@]}"
            """;

        var shown = await RunShellAsync("bash", ["-c", script, "test", line, .. Readline(line)]);

        shown.ShouldBe(expected + "\n");
    }

    [Theory]
    [InlineData("bash", "-n")]
    [InlineData("zsh", "-n")]
    [InlineData("fish", "--no-execute")]
    public async Task Each_shell_reads_its_script(string shell, string check)
    {
        var file = PathOf("script");
        await File.WriteAllTextAsync(file, await SucceedAsync("completion", shell), Stop);

        (await RunShellAsync(shell, [check, file])).ShouldBe("");
    }

    [Fact]
    public async Task A_shell_that_is_not_known_is_refused()
    {
        (await FailAsync(ExitCodes.Misuse, "completion", "csh")).ShouldStartWith("'csh' is not one of bash, zsh, fish, pwsh.");
        (await FailAsync(ExitCodes.Misuse, "install-autocomplete")).ShouldContain("--shell");
    }

    [Theory]
    [InlineData("bash", ".bashrc")]
    [InlineData("zsh", ".zshrc")]
    [InlineData("fish", ".config/fish/conf.d/b2.fish")]
    [InlineData("pwsh", ".config/powershell/Microsoft.PowerShell_profile.ps1")]
    public async Task Installing_twice_adds_one_line(string shell, string file)
    {
        Environment["SHELL"] = $"/usr/bin/{shell}";

        var said = await SucceedAsync("install-autocomplete");
        var once = await File.ReadAllTextAsync(PathOf(file), Stop);
        (await SucceedAsync("install-autocomplete", "--shell", shell)).ShouldContain("already");

        said.ShouldContain(PathOf(file));
        once.ShouldContain($"b2 completion {shell}");
        (await File.ReadAllTextAsync(PathOf(file), Stop)).ShouldBe(once);
        File.Exists(PathOf(file) + ".before-b2").ShouldBeFalse();
    }

    [Fact]
    public async Task Installing_leaves_the_other_lines_and_a_copy_of_the_file()
    {
        await File.WriteAllTextAsync(PathOf(".bashrc"), "export A=1", Stop);

        await SucceedAsync("install-autocomplete", "--shell", "bash");

        (await File.ReadAllTextAsync(PathOf(".bashrc"), Stop)).ShouldBe("export A=1\n\n# Completion of b2\nsource <(b2 completion bash)\n");
        (await File.ReadAllTextAsync(PathOf(".bashrc.before-b2"), Stop)).ShouldBe("export A=1");
    }

    private async Task<IReadOnlyList<string>> CompleteAsync(params string[] words) =>
        (await SucceedAsync(["complete", "--", .. words])).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static List<string> Readline(string line)
    {
        var words = new List<string>();
        var word = "";
        var quote = '\0';
        for (var at = 0; at < line.Length; at++)
        {
            var character = line[at];
            if (character == '\\' && quote == '\0')
            {
                word += line[at..(at + 2)];
                at++;
            }
            else if (character is '\'' or '"' && quote == '\0')
            {
                quote = character;
                word += character;
            }
            else if (quote != '\0')
            {
                word += character;
            }
            else if (character == ' ')
            {
                words.Add(word);
                word = "";
            }
            else if (character is ':' or '=')
            {
                words.Add(word);
                words.Add(character.ToString());
                word = "";
            }
            else
            {
                word += character;
            }
        }
        // Behind a colon or an equal sign there is no word yet.
        if (line[^1] is not (':' or '='))
        {
            words.Add(word);
        }
        return words;
    }

    private static async Task<string> RunShellAsync(string shell, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(shell, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"There is no {shell}.");
            throw;
        }
        using (process)
        {
            var error = process.StandardError.ReadToEndAsync(Stop);
            var output = await process.StandardOutput.ReadToEndAsync(Stop);
            await process.WaitForExitAsync(Stop);
            return output + await error;
        }
    }
}
