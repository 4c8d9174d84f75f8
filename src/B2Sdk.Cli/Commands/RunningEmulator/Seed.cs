using System.CommandLine;
using B2Sdk.Cli.Help;

namespace B2Sdk.Cli.Commands.RunningEmulator;

/// <summary><c>b2 emulator seed</c></summary>
internal static class Seed
{
    private const string Hostile = "hostile";

    public static Command Create(CliContext context)
    {
        var what = new Argument<string[]>("seed")
        {
            Description = "A folder, a description in JSON, or 'hostile' for names that hurt",
            Arity = ArgumentArity.OneOrMore,
        };
        var verb = new Verb(
            "seed",
            "Add buckets with files, keys and accounts to an emulator that is running",
            "b2 emulator seed fixtures",
            "b2 emulator seed seed.json hostile"
        )
        {
            what,
        };
        return Control.CreateVerb(
            context,
            verb,
            async (run, line, client, cancellationToken) =>
            {
                var seeds = line.GetRequiredValue(what);
                if (seeds.FirstOrDefault(seed => seed != Hostile && !Directory.Exists(seed) && !File.Exists(seed)) is { } missing)
                {
                    throw new CommandException($"The seed '{missing}' is neither a folder nor a file nor '{Hostile}'.");
                }
                foreach (var seed in seeds)
                {
                    foreach (var request in Read(seed))
                    {
                        using var form = request.ToContent();
                        await client.SendAsync(HttpMethod.Post, "seed", form, $"the seed '{seed}'", cancellationToken);
                    }
                }
                run.PrintDone();
            }
        );
    }

    private static IEnumerable<SeedForm> Read(string seed) =>
        seed == Hostile ? [SeedForm.OfHostileNames]
        : Directory.Exists(seed) ? SeedFolder.Read(new(seed))
        : [SeedDescription.Read(seed)];
}
