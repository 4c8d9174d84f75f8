using System.CommandLine;
using B2Sdk.Cli.Help;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli.Commands.Files;

/// <summary><c>b2 file url</c></summary>
internal static class Url
{
    internal sealed record Arguments(B2Uri Uri, bool WithAuthorization, TimeSpan ValidFor);

    public static Command Create(CliContext context)
    {
        var uri = new UriArgument("b2://bucket/name, or b2id://version");
        var withAuthorization = new Option<bool>("--with-auth")
        {
            Description = "Put a token into the URL, with which anybody may download this file and those whose names start with its name",
        };
        var duration = DurationOption.Make("How long the token works: seconds, or 12h, 7d at most; else a day");
        var command = new Verb(
            "url",
            "Print the URL from which a file is downloaded",
            "b2 file url b2://my-photos/2026/cat.jpg",
            "curl -O \"$(b2 file url --with-auth --duration 1h b2://my-photos/2026/cat.jpg)\""
        )
        {
            uri,
            withAuthorization,
            duration,
        };
        Invocation.SetAction(
            command,
            context,
            (run, line, cancellationToken) =>
            {
                var target = uri.ReadFile(line);
                if (line.GetValue(duration) is not null && !line.GetValue(withAuthorization))
                {
                    run.Warn($"{duration.Name} does nothing without {withAuthorization.Name}.");
                }
                return line.GetValue(withAuthorization) && target.FileId is not null
                    ? throw new MisuseException("Tokens are for names; --with-auth needs a b2://bucket/name.")
                    : RunAsync(run, new(target, line.GetValue(withAuthorization), DurationOption.Read(line, duration)), cancellationToken);
            }
        );
        return command;
    }

    public static async Task RunAsync(Invocation run, Arguments arguments, CancellationToken cancellationToken)
    {
        await using var account = await OpenAccount.OpenAsync(run, cancellationToken);
        var url = (await FindAsync(account.Api, arguments, cancellationToken)).AbsoluteUri;
        run.PrintText(
            url,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("url", url);
                json.WriteEndObject();
            }
        );
    }

    private static async Task<Uri> FindAsync(B2Api api, Arguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Uri.FileId is { } fileId)
        {
            return await api.GetDownloadUrlByIdAsync(fileId, cancellationToken);
        }
        if (!arguments.WithAuthorization)
        {
            return await api.GetDownloadUrlAsync(arguments.Uri.BucketName!, arguments.Uri.Path, cancellationToken);
        }
        var bucket = await api.GetBucketByNameAsync(arguments.Uri.BucketName!, cancellationToken);
        return await bucket.CreateSignedUrlAsync(arguments.Uri.Path, arguments.ValidFor, cancellationToken: cancellationToken);
    }
}
