using System.CommandLine;

namespace B2Sdk.Cli.Parsing;

/// <summary>A bucket, by its bare name or as <c>b2://name</c>.</summary>
internal sealed class BucketArgument : Argument<string>
{
    public BucketArgument(string description)
        : base("bucketName") => Description = description;

    public string Read(ParseResult line) => B2Uri.ParseBucketName(line.GetRequiredValue(this));
}
