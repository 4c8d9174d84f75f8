using System.Security.Cryptography;
using System.Text;
using CsCheck;

namespace B2Sdk.Tests.Notifications;

[Trait("Fact", "C84"), Trait("Need", "S16")]
public sealed class EventNotificationVerifierTests
{
    private const string Old = "0123456789abcdef0123456789ABCDEF";
    private const string New = "ZYXWVUTSRQPONMLKJIHGFEDCBA987654";
    private const string Body = """
        {"events":[{"accountId":"8d1c0f42b7aa","bucketId":"b8adc1404fd24b779a000f1a","bucketName":"my-bucket","eventId":"9f2c",
        "eventTimestamp":1767323045000,"eventType":"b2:ObjectCreated:Upload","eventVersion":1,"matchedRuleName":"my-upload-rule",
        "objectName":"objects/hello ü.txt","objectSize":10495842,"objectVersionId":"4_z1","memberOfTomorrow":{}}]}
        """;

    private readonly TestClock _clock = new();

    [Fact]
    public void A_signed_request_is_accepted_and_its_events_are_read()
    {
        var verification = Verify(Body, Sign(Body, New));

        verification.IsAccepted.ShouldBeTrue();
        var created = verification.Events.ShouldHaveSingleItem();
        created.ShouldBe(
            new()
            {
                AccountId = "8d1c0f42b7aa",
                BucketId = "b8adc1404fd24b779a000f1a",
                BucketName = "my-bucket",
                EventId = "9f2c",
                EventTimestamp = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
                EventType = NotificationEventType.ObjectCreatedUpload,
                EventVersion = 1,
                MatchedRuleName = "my-upload-rule",
                FileName = "objects/hello ü.txt",
                SizeInBytes = 10495842,
                FileId = "4_z1",
            }
        );
    }

    [Fact]
    public void While_a_secret_is_replaced_both_are_right()
    {
        Verify(Body, Sign(Body, Old)).IsAccepted.ShouldBeTrue();
        Verify(Body, Sign(Body, New)).IsAccepted.ShouldBeTrue();
        Verify(Body, Sign(Body, "somebody else's secret of 32 cha")).Refusal.ShouldBe(EventRefusal.WrongSignature);
    }

    [Fact]
    public void Any_of_several_signatures_is_enough()
    {
        Verify(Body, $"v0=00, {Sign("something else", New)},{Sign(Body, Old)}").IsAccepted.ShouldBeTrue();
        Verify(Body, $"v2={Sign(Body, New)[3..]}").Refusal.ShouldBe(EventRefusal.WrongSignature);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Without_a_signature_nothing_is_accepted(string? signature) =>
        Verify(Body, signature).Refusal.ShouldBe(EventRefusal.NoSignature);

    [Theory]
    [InlineData("v1=")]
    [InlineData("v1=zz")]
    [InlineData(",,,")]
    [InlineData("v1=0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("V1")]
    public void A_signature_of_another_form_is_refused(string signature) =>
        Verify(Body, signature).Refusal.ShouldBe(EventRefusal.WrongSignature);

    [Fact]
    public void Any_octet_that_was_changed_is_noticed()
    {
        var body = Encoding.UTF8.GetBytes(Body);
        var signature = Sign(Body, New);
        Gen.Select(Gen.Int[0, body.Length - 1], Gen.Byte[1, 255])
            .Sample(
                (at, change) =>
                {
                    var changed = body.ToArray();
                    changed[at] ^= change;
                    return Verifier().Verify(changed, signature).Refusal == EventRefusal.WrongSignature;
                },
                iter: 500
            );
    }

    [Fact]
    public void Whatever_comes_in_nothing_is_thrown() =>
        Gen.Select(Gen.Byte.Array[0, 200], Gen.String)
            .Sample(
                (body, signature) => !Verifier().Verify(body, signature).IsAccepted && !Verifier().Verify(body, Sign(body, New)).IsAccepted,
                iter: 500
            );

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"events":null}""")]
    [InlineData("""{"events":[null]}""")]
    [InlineData("""{"events":[{"eventId":"1"}]}""")]
    [InlineData("""{"events":[{"accountId":null}]}""")]
    public void What_is_signed_and_not_what_B2_sends_is_refused(string body) =>
        Verify(body, Sign(body, New)).Refusal.ShouldBe(EventRefusal.Unreadable);

    [Fact]
    public void A_trial_and_a_deletion_have_less_to_tell()
    {
        var body = """
            {"events":[
            {"accountId":"a","bucketId":"b","bucketName":"n","eventId":"1","eventTimestamp":1767323045000,"eventType":"b2:TestEvent","eventVersion":1},
            {"accountId":"a","bucketId":"b","bucketName":"n","eventId":"2","eventTimestamp":1767323045000,"eventType":"b2:ObjectDeleted:Delete",
            "eventVersion":1,"matchedRuleName":"r","objectName":"f","objectSize":null,"objectVersionId":"4_z2"},
            {"accountId":"a","bucketId":"b","bucketName":"n","eventId":"3","eventTimestamp":1767323045000,"eventType":"b2:Tomorrow","eventVersion":2}
            ]}
            """;

        var events = Verify(body, Sign(body, New)).Events;

        events
            .Select(one => one.EventType)
            .ShouldBe([NotificationEventType.Test, NotificationEventType.ObjectDeletedDelete, new("b2:Tomorrow")]);
        events[0].FileName.ShouldBeNull();
        events[1].SizeInBytes.ShouldBeNull();
        events[1].FileId.ShouldBe("4_z2");
    }

    [Theory]
    [InlineData(23, true)]
    [InlineData(25, false)]
    [InlineData(-23, true)]
    [InlineData(-25, false)]
    public void What_is_repeated_after_the_replay_window_is_refused(int hoursLater, bool isAccepted)
    {
        var clock = new TestClock();
        var body = Body.Replace(
            "1767323045000",
            $"{clock.GetUtcNow().AddHours(-hoursLater).ToUnixTimeMilliseconds()}",
            StringComparison.Ordinal
        );
        var verifier = new EventNotificationVerifier([New], new() { TimeProvider = clock });

        var verification = verifier.Verify(Encoding.UTF8.GetBytes(body), Sign(body, New));

        verification.IsAccepted.ShouldBe(isAccepted);
        verification.Refusal.ShouldBe(isAccepted ? null : EventRefusal.OutsideReplayWindow);
    }

    [Fact]
    public void Without_a_replay_window_any_time_is_right()
    {
        var verifier = new EventNotificationVerifier([New], new() { TimeProvider = _clock, ReplayWindow = null });
        _clock.Advance(TimeSpan.FromDays(4000));

        verifier.Verify(Encoding.UTF8.GetBytes(Body), Sign(Body, New)).IsAccepted.ShouldBeTrue();
    }

    [Fact]
    public void Secrets_that_everybody_knows_are_refused()
    {
        Should.Throw<ArgumentNullException>(() => new EventNotificationVerifier(null!));
        Should.Throw<ArgumentException>(() => new EventNotificationVerifier([]));
        Should.Throw<ArgumentException>(() => new EventNotificationVerifier([New, ""]));
        Should.Throw<ArgumentOutOfRangeException>(() => new EventNotificationVerifier([New], new() { ReplayWindow = TimeSpan.Zero }));
    }

    private EventNotificationVerifier Verifier() => new([Old, New], new() { TimeProvider = _clock });

    private EventVerification Verify(string body, string? signature) => Verifier().Verify(Encoding.UTF8.GetBytes(body), signature);

    private static string Sign(string body, string secret) => Sign(Encoding.UTF8.GetBytes(body), secret);

    private static string Sign(byte[] body, string secret) =>
        $"v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body))}";
}
