namespace B2Sdk.Emulator.Tests.Conformance;

/// <summary>Every fact has its tests, every test its fact, and the page that tells of them is true.</summary>
public sealed class ConformanceTests
{
    private const string Write = "B2_WRITE_DOCS";

    [Fact]
    public void Every_fact_has_a_test() => ConformanceTable.Facts.Where(fact => !ConformanceTable.Tests.Contains(fact.Id)).ShouldBeEmpty();

    [Fact]
    public void Every_number_on_a_test_is_a_facts() =>
        ConformanceTable.Tests.Select(tests => tests.Key).Except(ConformanceTable.Facts.Select(fact => fact.Id)).ShouldBeEmpty();

    [Fact]
    public void Every_fact_is_about_calls_that_there_are() =>
        ConformanceTable.Facts.SelectMany(fact => fact.Calls).Except(ConformanceTable.Calls).ShouldBeEmpty();

    [Fact]
    public void Every_call_has_facts() =>
        ConformanceTable.Calls.Except(ConformanceTable.Facts.SelectMany(fact => fact.Calls)).ShouldBeEmpty();

    [Fact]
    public void The_page_is_what_the_tests_say()
    {
        var page = ConformanceTable.Write();
        if (Environment.GetEnvironmentVariable(Write) == "1")
        {
            File.WriteAllText(ConformanceTable.PagePath, page);
        }

        File.ReadAllText(ConformanceTable.PagePath)
            .ShouldBe(
                page,
                $"docs/emulator-conformance.md is stale; make it anew: {Write}=1 dotnet test --project tests/B2Sdk.Emulator.Tests -- --filter-class '*ConformanceTests'"
            );
    }
}
