using System.Text.RegularExpressions;

namespace B2Sdk.Emulator.Tests.Control;

/// <summary>The page to look at, by its bytes and in a real browser.</summary>
public sealed partial class PageTests(EmulatorFixture fixture) : EmulatorTest(fixture, needsSteadiness: true)
{
    private const string Hostile = "<img src=x onerror=\"document.title='taken'\">\u202egpj.exe";

    [Fact]
    public async Task The_page_brings_everything_along_and_asks_nobody_else()
    {
        var control = new ControlWire(Emulator.Url);

        foreach (var (path, type) in ((string, string)[])[("", "text/html"), ("page.css", "text/css"), ("page.js", "text/javascript")])
        {
            var file = (await control.GetAsync(path)).ShouldBeOk();
            file.ContentHeaders.ContentType!.MediaType.ShouldBe(type);
            file.Header("Content-Security-Policy")!.ShouldStartWith("default-src 'none'");
            file.Text.ShouldNotContain("://");
            file.Text.ShouldNotContain("innerHTML");
            InlineCode().IsMatch(file.Text).ShouldBeFalse(path);
        }

        (await control.GetAsync("page.html")).ShouldBeRefused(404);
        (await control.GetAsync("../_emulator")).Status.ShouldBe(302);
    }

    [Fact]
    public async Task What_the_emulator_keeps_is_told_to_spectators()
    {
        var b2 = await NewAccountAsync();
        var bucketId = await b2.CreateBucketAsync();
        await b2.UploadAsync(bucketId, "a");
        await b2.UploadAsync(bucketId, "a");
        await b2.UploadAsync(bucketId, Hostile);
        await b2.OkAsync("b2_hide_file", new() { ["bucketId"] = bucketId, ["fileName"] = "a" });
        var control = new ControlWire(Emulator.Url);

        var status = (await control.GetAsync("status")).ShouldBeOk().Json;
        var accounts = (await control.GetAsync("accounts")).ShouldBeOk().Json["accounts"]!.AsArray();
        var bucket = (await control.GetAsync($"buckets?accountId={b2.AccountId}")).ShouldBeOk().Json["buckets"]!.AsArray().Single()!;
        var first = (await control.GetAsync($"buckets/{bucketId}/versions?limit=3&prefix=a")).ShouldBeOk().Json;
        var page = (await control.GetAsync($"buckets/{bucketId}/versions?limit=2")).ShouldBeOk().Json;
        var rest = (
            await control.GetAsync(
                $"buckets/{bucketId}/versions?startFileName={Uri.EscapeDataString(B2Wire.Text(page["nextFileName"]))}&startFileId={page["nextFileId"]}"
            )
        )
            .ShouldBeOk()
            .Json;

        status["url"]!.GetValue<string>().ShouldBe(Emulator.Url.GetLeftPart(UriPartial.Authority));
        accounts.Single(account => B2Wire.Text(account!["accountId"]) == b2.AccountId)!["buckets"]!.GetValue<long>().ShouldBe(1);
        (bucket["versions"]!.GetValue<long>(), bucket["sizeInBytes"]!.GetValue<long>()).ShouldBe((4, 15));
        Versions(first).ShouldBe([("a", "hide"), ("a", "upload"), ("a", "upload")]);
        Versions(page).ShouldBe([(Hostile, "upload"), ("a", "hide")]);
        Versions(rest).ShouldBe([("a", "upload"), ("a", "upload")]);
        (await control.GetAsync("buckets/made-up/versions")).ShouldBeRefused(404);
        (await control.GetAsync($"buckets/{bucketId}/versions?limit=1001")).ShouldBeRefused(400);
        (await control.GetAsync($"buckets/{bucketId}/versions?startFileId=made-up")).ShouldBeRefused(400);

        static IEnumerable<(string, string)> Versions(JsonObject answer) =>
            answer["versions"]!.AsArray().Select(version => (B2Wire.NameOf((JsonObject)version!), B2Wire.ActionOf((JsonObject)version!)));
    }

    [Fact]
    public async Task In_a_browser_the_page_shows_what_is_there_and_resets_it()
    {
        await using var emulator = await B2Emulator.StartAsync(cancellationToken: Cancelled);
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        var bucketId = await b2.CreateBucketAsync("holiday-photos");
        await b2.UploadAsync(bucketId, Hostile);
        emulator.Faults.Add(new() { Operation = "b2_hide_file", Status = 503 });
        emulator.Clock.Freeze();
        await using var browser = await Browser.StartAsync();

        await browser.OpenAsync(new Uri(emulator.Url, "/_emulator"));
        await browser.WaitAsync("document.documentElement.dataset.ready");
        await browser.WaitAsync("document.querySelector('#buckets tbody a').textContent === 'holiday-photos'");
        await browser.WaitAsync("document.querySelector('#faults').innerText.includes('status 503')");
        await browser.WaitAsync("document.querySelector('#calls').innerText.includes('b2_upload_file')");
        await browser.WaitAsync("!document.querySelector('#frozen').hidden");

        await browser.EvaluateAsync("document.querySelector('#buckets tbody a').click()");
        await browser.WaitAsync("document.querySelector('#files tbody').innerText.includes('<img src=x')");
        await browser.WaitAsync(@"document.querySelector('#files tbody').innerText.includes('\\u202e')");
        (await browser.EvaluateAsync("document.title"))!.GetValue<string>().ShouldBe("B2 emulator");
        (await browser.EvaluateAsync("document.images.length"))!.GetValue<int>().ShouldBe(0);

        await browser.EvaluateAsync("document.querySelector('#reset').click()");
        await browser.WaitAsync("document.querySelector('#reset').textContent.startsWith('Really')");
        (await new ControlWire(emulator.Url).GetAsync("buckets")).ShouldBeOk().Json["buckets"]!.AsArray().Count.ShouldBe(1);
        await browser.EvaluateAsync("document.querySelector('#reset').click()");
        await browser.WaitAsync("!document.querySelector('#no-buckets').hidden && !document.querySelector('#no-faults').hidden");
        (await new ControlWire(emulator.Url).GetAsync("buckets")).ShouldBeOk().Json["buckets"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task In_a_browser_the_page_opens_a_bucket_by_its_address_narrows_its_files_and_keeps_the_focus()
    {
        await using var emulator = await B2Emulator.StartAsync(cancellationToken: Cancelled);
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);
        var bucketId = await b2.CreateBucketAsync("holiday-photos");
        await b2.UploadAsync(bucketId, "cat.jpg");
        await b2.UploadAsync(bucketId, "dog.jpg");
        await using var browser = await Browser.StartAsync();

        await browser.OpenAsync(new Uri(emulator.Url, $"/_emulator/#{bucketId}"));
        await browser.WaitAsync("document.querySelectorAll('#files tbody tr').length === 2");
        await browser.EvaluateAsync("document.querySelector('#prefix').value = 'd'");
        await browser.EvaluateAsync("document.querySelector('#prefix').dispatchEvent(new Event('input'))");
        await browser.WaitAsync("document.querySelector('#files tbody').innerText.startsWith('dog.jpg')");

        await browser.EvaluateAsync("document.querySelector('#buckets tbody a').focus()");
        await b2.CreateBucketAsync("another-bucket");
        await browser.WaitAsync("document.querySelectorAll('#buckets tbody tr').length === 2");
        (await browser.EvaluateAsync("document.activeElement.textContent"))!.GetValue<string>().ShouldBe("holiday-photos");

        await browser.EvaluateAsync("document.querySelector('#close').click()");
        await browser.WaitAsync("document.querySelector('#files-section').hidden && location.hash === ''");
    }

    [Fact]
    public async Task In_a_browser_the_page_asks_for_the_control_token_and_keeps_it_for_the_tab()
    {
        await using var emulator = await B2Emulator.StartAsync(new B2EmulatorOptions { ControlToken = "let-me-in" }, Cancelled);
        await using var browser = await Browser.StartAsync();
        const string Enter =
            "(token => { document.querySelector('#token').value = token; document.querySelector('#ask').requestSubmit(); })";

        await browser.OpenAsync(new Uri(emulator.Url, "/_emulator/"));
        await browser.WaitAsync("!document.querySelector('#ask').hidden && document.querySelector('#all').hidden");
        await browser.EvaluateAsync($"{Enter}('wrong')");
        await browser.WaitAsync("document.querySelector('#ask-problem').textContent.length > 0");
        await browser.EvaluateAsync($"{Enter}('let-me-in')");
        await browser.WaitAsync("document.querySelector('#ask').hidden && !document.querySelector('#all').hidden");
        await browser.EvaluateAsync("window.isBefore = true; location.reload()");
        await browser.WaitAsync("!window.isBefore && document.documentElement.dataset.ready && document.querySelector('#ask').hidden");

        (await browser.EvaluateAsync("document.querySelector('#key-id').textContent"))!
            .GetValue<string>()
            .ShouldBe(emulator.Account.ApplicationKeyId);
    }

    [GeneratedRegex("<script>|<style|style=| on[a-z]+=", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex InlineCode();
}
