using B2Sdk.Tests.Layers;

namespace B2Sdk.Tests.Sessions;

/// <summary>What the page on errors says of every status and code is what happens.</summary>
public sealed class ErrorTableTests
{
    public static TheoryData<int, string, string, bool, string> Rows
    {
        get
        {
            var rows = new TheoryData<int, string, string, bool, string>();
            foreach (var line in File.ReadLines(Path.Combine(SourceTree.Root, "docs", "errors-and-retries.md")))
            {
                var cells = line.Split('|', StringSplitOptions.TrimEntries);
                if (cells.Length == 7 && int.TryParse(cells[1], out var status))
                {
                    rows.Add(status, cells[2] == "-" ? "" : cells[2], cells[3], cells[4] == "yes", cells[5]);
                }
            }
            return rows;
        }
    }

    [Theory, MemberData(nameof(Rows)), Trait("Fact", "C15"), Trait("Fact", "C21"), Trait("Fact", "C23"), Trait("Fact", "C30")]
    public async Task A_status_and_code_become_what_the_table_says(int status, string code, string type, bool isTransient, string says)
    {
        await using var rig = await Rig.StartAsync(configure: options => options with { Retry = new() { MaxAttempts = 1 } });
        rig.Far.Always("b2_delete_file_version", Answer.Error(status, code, "B2's words"));

        var failure = await Should.ThrowAsync<B2Exception>(rig.Bucket.DeleteFileVersionAsync("a", "4_z1", cancellationToken: Rig.Stop));

        failure.GetType().Name.ShouldBe(type);
        ((int)failure.Status!.Value, failure.Code.ToString(), failure.IsTransient).ShouldBe((status, code, isTransient));
        failure.Message.ShouldStartWith("b2_delete_file_version of 'a': B2's words (");
        failure.Message.ShouldContain(says);
        (failure.Operation, failure.Subject, failure.ServerMessage).ShouldBe(("b2_delete_file_version", "a", "B2's words"));
    }

    [Fact]
    public void The_table_has_every_code_that_B2_has()
    {
        string[] ours = ["connection_failed", "non_json_response", "file_not_hidden"];
        var known = typeof(B2ErrorCode).GetProperties().Where(property => property.PropertyType == typeof(B2ErrorCode));

        known
            .Select(property => property.GetValue(null)!.ToString()!)
            .Except(Rows.Select(row => row.Data.Item2))
            .ShouldBe(ours, ignoreOrder: true);
    }

    [Fact, Trait("Need", "D30")]
    public async Task A_copy_of_a_refusal_is_a_refusal_of_the_same_type()
    {
        foreach (
            var (status, code) in new[]
            {
                (401, "unauthorized"),
                (401, "access_denied"),
                (403, "cap_exceeded"),
                (409, "conflict"),
                (404, "not_found"),
            }
        )
        {
            await using var rig = await Rig.StartAsync();
            rig.Far.Always("b2_get_file_info", Answer.Error(status, code));

            var failure = await Should.ThrowAsync<B2Exception>(rig.Api.GetFileInfoByIdAsync("4_z1", Rig.Stop));
            var copy = failure.Copy();

            copy.GetType().ShouldBe(failure.GetType());
            (copy.Status, copy.Code, copy.Message, copy.InnerException).ShouldBe((failure.Status, failure.Code, failure.Message, failure));
        }
    }
}
