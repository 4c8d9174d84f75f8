// Kills `b2 emulator --data` in the middle of a storm of uploads, again and again, and proves after each restart that what was acknowledged is there and right,
// and nothing else is: neither among the versions nor among the files of the data folder.
//
//   dotnet run --project tests/B2Sdk.KillStorm -- path/to/b2 [KILLS] [SEED]
using System.Globalization;
using B2Sdk.KillStorm;

if (args is not [var b2, .. var rest] || rest.Length > 2)
{
    Console.Error.WriteLine("usage: B2Sdk.KillStorm path/to/b2 [KILLS] [SEED]");
    return 2;
}
var kills = rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 50;
var seed = rest.Length > 1 ? int.Parse(rest[1], CultureInfo.InvariantCulture) : Random.Shared.Next();
Console.WriteLine($"{kills} kills with the seed {seed}");
var folder = Directory.CreateTempSubdirectory("b2-kill-storm-");
try
{
    await new Storm(b2, Path.Combine(folder.FullName, "data"), seed).RunAsync(kills);
    return 0;
}
catch (WrongStateException e)
{
    Console.Error.WriteLine($"WRONG (seed {seed}): {e.Message}");
    return 1;
}
finally
{
    folder.Delete(recursive: true);
}
