namespace B2Sdk.Cli.Completion;

/// <summary>What makes a shell ask <c>b2 complete</c> how a line can go on. Where it has no answer, the shell offers local files.</summary>
internal static class CompletionScripts
{
    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish", "pwsh"];

    public static string For(string shell) =>
        shell switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            "fish" => Fish,
            _ => PowerShell,
        };

    // Bash takes words apart at colons and equal signs, so that they are put together again first, and what it holds to be another word is cut off the answers.
    private const string Bash = """
        _b2_complete() {
            local line=${COMP_LINE:0:COMP_POINT} words=() word= part head quote= i candidate
            for ((i = 0; i <= COMP_CWORD; i++)); do
                if [[ $line == [[:space:]]* ]]; then
                    words+=("$word")
                    word=
                    line=${line#"${line%%[![:space:]]*}"}
                fi
                part=${COMP_WORDS[i]}
                [[ $line == "$part"* ]] || part=$line
                word+=$part
                line=${line#"$part"}
            done
            # After a colon or an equal sign a new word begins, of which nothing is there.
            [[ $part == [:=@]* ]] && part=
            head=${word%"$part"}
            if [[ $word == [\'\"]* ]]; then
                quote=${word:0:1}
                word=${word:1}
                head=
            else
                word=${word//\\/}
                head=${head//\\/}
            fi
            COMPREPLY=()
            while IFS= read -r candidate; do
                [[ $candidate == */ ]] && compopt -o nospace 2>/dev/null
                candidate=${candidate#"$head"}
                case $quote in
                    \') candidate=${candidate//\'/\'\\\'\'} ;;
                    \")
                        candidate=${candidate//\\/\\\\}
                        candidate=${candidate//\"/\\\"}
                        candidate=${candidate//\$/\\\$}
                        candidate=${candidate//\`/\\\`}
                        ;;
                    *) [[ $candidate == *[!A-Za-z0-9_.,:/@%+=-]* ]] && printf -v candidate %q "$candidate" ;;
                esac
                COMPREPLY+=("$candidate")
            done < <("${COMP_WORDS[0]}" complete -- "${words[@]:1}" "$word" 2>/dev/null)
        }
        complete -o default -F _b2_complete b2 b2v4

        """;

    private const string Zsh = """
        #compdef b2 b2v4
        _b2_complete() {
            local -a candidates before
            before=("${(@Q)words[2,CURRENT-1]}")
            candidates=("${(@f)$("${words[1]}" complete -- "${before[@]}" "${(Q)PREFIX}" 2>/dev/null)}")
            candidates=("${(@)candidates:#}")
            if (( ${#candidates} == 0 )); then
                _files
                return
            fi
            compadd -S '' -- "${(@M)candidates:#*/}"
            compadd -- "${(@)candidates:#*/}"
        }
        if [ "$funcstack[1]" = "_b2_complete" ]; then
            _b2_complete "$@"
        else
            compdef _b2_complete b2 b2v4
        fi

        """;

    private const string Fish = """
        function __b2_complete
            set -l words (commandline --tokenize --cut-at-cursor --current-process)
            set -l current (commandline --cut-at-cursor --current-token)
            set -l current (string unescape -- "$current"; or echo "$current")
            set -l candidates ($words[1] complete -- $words[2..-1] "$current" 2>/dev/null)
            if test (count $candidates) -gt 0
                printf '%s\n' $candidates
            else
                __fish_complete_path "$current"
            end
        end
        complete --command b2 --no-files --arguments '(__b2_complete)'
        complete --command b2v4 --no-files --arguments '(__b2_complete)'

        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName b2, b2v4 -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $words = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object {
                if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text }
            })
            $before = @($words | Select-Object -Skip 1)
            $current = $wordToComplete.Trim("'", '"').Replace("''", "'")
            # Before 7.3 an empty word is not passed on unless it is quoted once more.
            if ($current -eq '' -and $PSVersionTable.PSVersion -lt [version]'7.3') { $current = '""' }
            $encoding = [Console]::OutputEncoding
            try {
                [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
                & $words[0] complete -- @before $current 2>$null | ForEach-Object {
                    $text = if ($_ -match '[^A-Za-z0-9:/._=-]') { "'" + $_.Replace("'", "''") + "'" } else { $_ }
                    [System.Management.Automation.CompletionResult]::new($text, $_, 'ParameterValue', $_)
                }
            } finally {
                [Console]::OutputEncoding = $encoding
            }
        }

        """;
}
