using System.Globalization;

namespace B2Sdk.Cli.Commands.LocalEmulator;

/// <summary>Reads how many transactions of each class an account may make, as <c>C=2500</c>.</summary>
internal static class CapFlags
{
    public const string Transactions = "--cap-transactions";

    /// <exception cref="MisuseException">One is no class with a number, or a class is given twice.</exception>
    public static (long? ClassB, long? ClassC) ReadTransactions(IEnumerable<string> texts)
    {
        var caps = new Dictionary<char, long>();
        foreach (var text in texts)
        {
            if (
                text is not [var letter and ('B' or 'b' or 'C' or 'c'), '=', .. var number]
                || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var cap)
            )
            {
                throw new MisuseException($"{Transactions}: '{text}' is not a class and a number, B=2500 or C=2500 for instance.");
            }
            if (!caps.TryAdd(char.ToUpperInvariant(letter), cap))
            {
                throw new MisuseException($"{Transactions}: the cap of class {char.ToUpperInvariant(letter)} is given twice.");
            }
        }
        return (Find('B'), Find('C'));

        long? Find(char letter) => caps.TryGetValue(letter, out var cap) ? cap : null;
    }
}
