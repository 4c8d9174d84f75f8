namespace B2Sdk.Emulator.Tests.Control;

/// <summary>Accounts for anybody who asks.</summary>
public sealed class AccountControlTests(EmulatorFixture fixture) : EmulatorTest(fixture)
{
    [Fact]
    public async Task Anybody_gets_an_account_over_the_wire()
    {
        var answer = (await new ControlWire(Emulator.Url).PostAsync("accounts")).ShouldBeOk().Json;

        var b2 = await B2Wire.AuthorizeAsync(Emulator.Url, B2Wire.Text(answer["applicationKeyId"]), B2Wire.Text(answer["applicationKey"]));
        b2.AccountId.ShouldBe(B2Wire.Text(answer["accountId"]));
        (await b2.OkAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId }))["buckets"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_hundred_accounts_at_once_do_not_see_each_other()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(UseAccountAsync));

        results.Select(result => result.AccountId).Distinct().Count().ShouldBe(200);
        results.ShouldAllBe(result =>
            result.Buckets == 1 && result.Files == $"of {result.AccountId}" && result.Content == result.AccountId
        );

        async Task<(string AccountId, int Buckets, string Files, string Content)> UseAccountAsync(int _)
        {
            var (b2, bucketId) = await NewBucketAsync();
            var file = await b2.UploadAsync(bucketId, $"of {b2.AccountId}", b2.AccountId);
            var buckets = (await b2.OkAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId }))["buckets"]!.AsArray();
            var content = (await b2.DownloadByIdAsync(B2Wire.IdOf(file))).ShouldBeOk().Text;
            return (b2.AccountId, buckets.Count, string.Join('|', (await b2.NamesAsync(bucketId)).Select(B2Wire.NameOf)), content);
        }
    }
}
