using System.Security.Cryptography;
using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;
using CsCheck;

namespace B2Sdk.Emulator.Tests;

/// <summary>A customer's key is recognized by its mark, and by nothing else, and nothing else is recognized by it.</summary>
public sealed class EncryptionPropertyTests
{
    private static readonly Gen<byte[]> Keys = Gen.Byte.Array[32];

    [Fact]
    public void A_key_opens_what_it_closed_and_another_does_not() =>
        Gen.Select(Keys, Keys)
            .Where((one, other) => !one.SequenceEqual(other))
            .Sample(
                (one, other) =>
                {
                    var file = EncryptionRequest.With(Read(one)).Keep();

                    EncryptionRules.CheckKey(file, Read(one));
                    Should.Throw<Refusal>(() => EncryptionRules.CheckKey(file, Read(other))).Status.ShouldBe(403);
                    Should.Throw<Refusal>(() => EncryptionRules.CheckKey(file, given: null)).Status.ShouldBe(400);
                }
            );

    [Fact]
    public void A_key_that_differs_in_one_bit_is_another() =>
        Gen.Select(Keys, Gen.Int[0, 255])
            .Sample(
                (key, bit) =>
                {
                    var mark = Read(key).Mark();
                    var other = key.ToArray();
                    other[bit / 8] ^= (byte)(1 << (bit % 8));

                    Read(other).Made(mark).ShouldBeFalse();
                }
            );

    [Fact]
    public void A_mark_is_another_each_time_and_holds_nothing_of_the_key() =>
        Keys.Sample(
            key =>
            {
                var (one, two) = (Read(key).Mark(), Read(key).Mark());

                one.ShouldNotBe(two);
                // Four bytes in a row are there by chance once in a hundred million keys.
                for (var i = 0; i + 4 <= key.Length; i++)
                {
                    one.AsSpan().IndexOf(key.AsSpan(i, 4)).ShouldBe(-1);
                }
            },
            iter: 200
        );

    [Fact]
    public void Only_32_bytes_in_their_one_spelling_are_a_key() =>
        Gen.Select(Gen.Byte.Array[0, 64], Gen.OneOf(Gen.Const(""), Gen.Const(" "), Gen.Const("\n"), Gen.Const("="), Gen.Const("A")))
            .Where((bytes, tail) => bytes.Length != 32 || tail.Length > 0)
            .Sample(
                (bytes, tail) =>
                {
                    var text = Convert.ToBase64String(bytes) + tail;

                    var refusal = Should.Throw<Refusal>(() => CustomerKey.Read(text, Md5(bytes)));

                    refusal.Status.ShouldBe(400);
                    (text.Length > 8 && refusal.Message.Contains(text[..8], StringComparison.Ordinal)).ShouldBeFalse();
                }
            );

    [Fact]
    public void A_part_is_taken_with_what_its_file_was_started_with_and_nothing_else() =>
        Gen.Select(Gen.Enum<EncryptionMode>(), Gen.Enum<EncryptionMode>(), Gen.Bool, Gen.Bool, Keys)
            .Sample(
                (started, given, isNamed, isSameKey, key) =>
                {
                    var file = new EncryptionRequest(started, started == EncryptionMode.Customer ? Read(key) : null).Keep();
                    var partKey = isSameKey ? Read(key) : Read(SHA256.HashData(key));
                    var part = isNamed ? new EncryptionRequest(given, given == EncryptionMode.Customer ? partKey : null) : null;

                    var isTaken = Record.Exception(() => EncryptionRules.CheckPart(file, part)) is null;

                    var isNothing = part is null || given == EncryptionMode.None;
                    isTaken.ShouldBe(
                        started switch
                        {
                            EncryptionMode.Customer => part?.Mode == EncryptionMode.Customer && isSameKey,
                            EncryptionMode.Service => isNothing || given == EncryptionMode.Service,
                            _ => isNothing,
                        }
                    );
                }
            );

    private static CustomerKey Read(byte[] key) => CustomerKey.Read(Convert.ToBase64String(key), Md5(key));

    private static string Md5(byte[] key) => Convert.ToBase64String(MD5.HashData(key));
}
