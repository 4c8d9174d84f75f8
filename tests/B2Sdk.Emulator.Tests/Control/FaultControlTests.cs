namespace B2Sdk.Emulator.Tests.Control;

/// <summary>Faults over the wire.</summary>
public sealed class FaultControlTests(EmulatorFixture fixture) : FaultTest(fixture)
{
    [Fact]
    public async Task Faults_are_added_shown_and_ended_over_the_wire()
    {
        await using var emulator = await B2Emulator.StartAsync(cancellationToken: Cancelled);
        var control = new ControlWire(emulator.Url);
        var b2 = await B2Wire.AuthorizeAsync(emulator.Url, emulator.Account);

        var added = (
            await control.PostAsync("faults", """{"operation":"b2_list_buckets","status":503,"retryAfter":"1","count":1,"delay":"5ms"}""")
        )
            .ShouldBeOk()
            .Json;
        (await control.PostAsync("faults", """{"operation":"b2_list_file_names","page":"empty","every":2}""")).ShouldBeOk();
        (await control.PostAsync("faults", """{"cutAfter":10,"body":"request"}""")).ShouldBeOk();
        await b2.RefusedAsync("b2_list_buckets", new() { ["accountId"] = b2.AccountId }, 503);
        var listed = (await control.GetAsync("faults")).ShouldBeOk().Json["faults"]!.AsArray();
        var one = (await control.GetAsync("faults/f1")).ShouldBeOk().Json;

        B2Wire.Text(added["id"]).ShouldBe("f1");
        listed.Count.ShouldBe(3);
        one["matched"]!.GetValue<long>().ShouldBe(1);
        one["fired"]!.GetValue<long>().ShouldBe(1);
        one["isSpent"]!.GetValue<bool>().ShouldBeTrue();
        one["fault"]!["delay"]!.GetValue<string>().ShouldBe("5ms");
        listed[1]!["fault"]!["page"]!.GetValue<string>().ShouldBe("empty");
        listed[2]!["fault"]!["body"]!.GetValue<string>().ShouldBe("request");
        (await control.DeleteAsync("faults/f1")).ShouldBeOk();
        (await control.GetAsync("faults/f1")).ShouldBeRefused(404, "not_found");
        (await control.DeleteAsync("faults")).ShouldBeOk();
        emulator.Faults.Active.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"operation":"b2_upload_file"}""", "does nothing")]
    [InlineData("""{"operation":"upload","status":500}""", "none of B2's")]
    [InlineData("""{"status":500,"retries":3}""", "retries is not known here")]
    [InlineData("""{"status":"500x"}""", "status is not known here, or not of the right type")]
    [InlineData("""{"page":"odd"}""", "page is not known here, or not of the right type")]
    public async Task A_fault_that_makes_no_sense_is_refused_over_the_wire(string body, string why)
    {
        (await new ControlWire(Emulator.Url).PostAsync("faults", body)).ShouldBeRefused(400, "bad_request").Message.ShouldContain(why);
    }
}
