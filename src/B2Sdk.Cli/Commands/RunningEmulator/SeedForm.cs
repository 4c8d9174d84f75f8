using System.Text;

namespace B2Sdk.Cli.Commands.RunningEmulator;

/// <summary>A request that seeds an emulator: a description, and the files that it names by the numbers of their parts.</summary>
/// <param name="Description">The description in JSON.</param>
/// <param name="Files">The paths of the files, of which the first is part 0. They are read while they are sent.</param>
internal sealed record SeedForm(string Description, IReadOnlyList<string> Files)
{
    public static SeedForm OfHostileNames { get; } = new("""{"hostile":true}""", []);

    public HttpContent ToContent()
    {
        var form = new MultipartFormDataContent { { new StringContent(Description, Encoding.UTF8, "application/json"), "seed" } };
        for (var number = 0; number < Files.Count; number++)
        {
            form.Add(new FileContent(Files[number]), number.ToString());
        }
        return form;
    }
}
