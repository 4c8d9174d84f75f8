using System.CommandLine;

namespace B2Sdk.Cli.Parsing;

/// <summary>Buckets, each by its bare name or as <c>b2://name</c>.</summary>
internal sealed class BucketsOption : Option<string[]>
{
    public BucketsOption(string description)
        : base("--bucket")
    {
        Description = description;
        HelpName = "NAME";
        DefaultValueFactory = static _ => [];
    }

    public IEnumerable<string> Read(ParseResult line) => line.GetRequiredValue(this).Select(B2Uri.ParseBucketName);
}
