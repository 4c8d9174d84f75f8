using System.CommandLine;
using System.Globalization;
using B2Sdk.Cli.Help;
using B2Sdk.Cli.Output;
using B2Sdk.Cli.Parsing;

namespace B2Sdk.Cli.Commands.Buckets;

/// <summary><c>b2 bucket update</c></summary>
internal static class Update
{
    private const string NoRetention = "none";

    internal sealed record Arguments(string BucketName, BucketUpdate Update);

    public static Command Create(CliContext context)
    {
        var bucketName = new BucketArgument("The bucket");
        var bucketType = new Argument<string?>("bucketType")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "allPrivate, or allPublic for files that anybody may read",
        };
        bucketType.AcceptOnly("allPrivate", "allPublic");
        bucketType.HelpName = bucketType.Name;
        var mode = new Option<string?>("--default-retention-mode")
        {
            Description = "How files are kept from deletion that come without any retention of their own: compliance, governance or none",
            HelpName = "MODE",
        }.AcceptOnly(RetentionMode.Compliance.Value, RetentionMode.Governance.Value, NoRetention);
        var period = new Option<string?>("--default-retention-period")
        {
            Description = "For how long: a number, a blank, and days or years",
            HelpName = "PERIOD",
        };
        var revision = WholeNumber.OptionalOption(
            "--if-revision-is",
            "Do nothing when somebody has changed it since it had this revision",
            least: 1,
            most: int.MaxValue
        );
        var flags = new BucketFlags();
        var command = new Verb(
            "update",
            "Change settings of a bucket, keep all others, and print it",
            "b2 bucket update my-photos allPublic",
            "b2 bucket update my-photos --file-lock-enabled --default-retention-mode governance --default-retention-period '30 days'"
        )
        {
            bucketName,
            bucketType,
            mode,
            period,
            revision,
        };
        flags.AddTo(command);
        command.Validators.Add(result =>
        {
            // With none a period means nothing, and the Python tool takes it.
            if (result.GetValue(mode) != NoRetention && result.GetValue(mode) is null != result.GetValue(period) is null)
            {
                result.AddError($"{mode.Name} compliance or governance and {period.Name} go together.");
            }
        });
        Invocation.SetAction(
            command,
            context,
            (run, line, cancellationToken) =>
            {
                var update = flags.Read(run, line) with
                {
                    Type = line.GetValue(bucketType) is { } type ? new(type) : null,
                    DefaultRetention = ReadRetention(line.GetValue(mode), line.GetValue(period), period.Name),
                    IfRevisionIs = line.GetValue(revision),
                };
                return update == new BucketUpdate { IfRevisionIs = update.IfRevisionIs }
                    ? throw new MisuseException("Nothing is to be changed. Try 'b2 bucket update --help'.")
                    : RunAsync(run, new(bucketName.Read(line), update), cancellationToken);
            }
        );
        return command;
    }

    public static async Task RunAsync(Invocation run, Arguments arguments, CancellationToken cancellationToken)
    {
        await using var account = await OpenAccount.OpenAsync(run, cancellationToken);
        var bucket = await account.Api.GetBucketByNameAsync(arguments.BucketName, cancellationToken);
        var updated = await bucket.UpdateAsync(arguments.Update, cancellationToken);
        run.PrintJson(json => BucketJson.Write(json, updated));
    }

    private static BucketRetention? ReadRetention(string? mode, string? period, string option)
    {
        if (mode is null)
        {
            return null;
        }
        if (mode == NoRetention)
        {
            return BucketRetention.None;
        }
        var words = period!.Split(' ');
        var isPeriod =
            words is [_, "days" or "years"]
            && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0;
        return isPeriod
            ? new()
            {
                Mode = new(mode),
                Period = new() { Duration = int.Parse(words[0], CultureInfo.InvariantCulture), Unit = new(words[1]) },
            }
            : throw new MisuseException($"{option}: '{period}' is not a number, a blank, and days or years, such as '30 days'.");
    }
}
