using System.CommandLine;
using B2Sdk.Cli.Help;

namespace B2Sdk.Cli.Commands;

/// <summary><c>b2 license</c></summary>
internal static class License
{
    private const string Resource = "licenses.txt";

    public static Command Create(CliContext context)
    {
        var command = new Verb("license", "Print the license of this tool and those of what it is made of", "b2 license");
        Invocation.SetAction(command, context, (run, _, _) => RunAsync(run));
        return command;
    }

    public static async Task RunAsync(Invocation run)
    {
        using var text = new StreamReader(typeof(License).Assembly.GetManifestResourceStream(Resource)!);
        if (run.IsJson)
        {
            var whole = await text.ReadToEndAsync();
            run.PrintJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("license", whole);
                json.WriteEndObject();
            });
            return;
        }
        while (await text.ReadLineAsync() is { } line)
        {
            run.Print(line);
        }
    }
}
