namespace B2Sdk.Fuzz;

/// <summary>What the generators draw from a source of random numbers.</summary>
internal static class Chance
{
    /// <summary>True once in so many times.</summary>
    public static bool OneIn(this Random random, int times) => random.Next(times) == 0;

    public static T Pick<T>(this Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];

    /// <summary>Damages some of the bytes: some are changed, left out, doubled, or replaced by what is no UTF-8.</summary>
    public static byte[] Damage(this Random random, byte[] bytes)
    {
        var damaged = bytes.ToList();
        for (var i = 1 + random.Next(4); i > 0 && damaged.Count > 0; i--)
        {
            var at = random.Next(damaged.Count);
            switch (random.Next(5))
            {
                case 0:
                    damaged[at] = (byte)random.Next(256);
                    break;
                case 1:
                    damaged.RemoveAt(at);
                    break;
                case 2:
                    damaged.Insert(at, damaged[at]);
                    break;
                case 3:
                    damaged.InsertRange(at, [0xED, 0xA0, 0x80]);
                    break;
                default:
                    damaged.RemoveRange(at, damaged.Count - at);
                    break;
            }
        }
        return [.. damaged];
    }
}
