using B2Sdk.Emulator.Control;
using CsCheck;

namespace B2Sdk.Emulator.Tests.Control;

/// <summary>Odd pages: who follows the cursors sees everything all the same.</summary>
public sealed class PagesTests
{
    private static readonly Gen<(int Rows, int PageSize, FaultyPage Fault)> Listings = Gen.Select(
        Gen.Int[0, 40],
        Gen.Int[1, 12],
        Gen.Enum<FaultyPage>()
    );

    [Fact]
    public void Every_row_is_seen_in_order_whichever_pages_are_odd() =>
        Listings.Sample(
            (rows, pageSize, fault) =>
            {
                var seen = new List<int>();
                int? next = 0;
                for (var call = 0; next is not null; call++)
                {
                    call.ShouldBeLessThan(200);
                    var page = Page(rows, next.Value, pageSize);
                    // Empty pages alone would never end.
                    if (fault != FaultyPage.Empty || call % 2 == 0)
                    {
                        Pages.Distort(page, "b2_list_parts", fault);
                    }
                    seen.AddRange(page["parts"]!.AsArray().Select(row => row!["partNumber"]!.GetValue<int>()));
                    next = page["nextPartNumber"]?.GetValue<int>();
                }

                seen.Distinct().ShouldBe(Enumerable.Range(0, rows));
                (fault == FaultyPage.Duplicate || seen.Count == rows).ShouldBeTrue();
            }
        );

    [Theory]
    [InlineData(FaultyPage.Empty, 0, "b", "id-b")]
    [InlineData(FaultyPage.Half, 1, "c", null)]
    [InlineData(FaultyPage.Duplicate, 2, "c", null)]
    public void Cursors_name_the_next_row_as_the_operation_does(FaultyPage fault, int rows, string nextName, string? nextId)
    {
        var page = JsonNode
            .Parse("""{"files":[{"fileId":"id-b","fileName":"b"},{"fileId":null,"fileName":"c"}],"nextFileId":null,"nextFileName":null}""")!
            .AsObject();

        Pages.Distort(page, "b2_list_file_versions", fault);

        page["files"]!.AsArray().Count.ShouldBe(rows);
        ((string?)page["nextFileName"]).ShouldBe(nextName);
        ((string?)page["nextFileId"]).ShouldBe(nextId);
    }

    private static JsonObject Page(int rows, int from, int size) =>
        new()
        {
            ["parts"] = new JsonArray([
                .. Enumerable.Range(from, Math.Min(size, rows - from)).Select(number => new JsonObject { ["partNumber"] = number }),
            ]),
            ["nextPartNumber"] = from + size < rows ? from + size : null,
        };
}
