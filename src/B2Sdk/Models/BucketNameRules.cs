namespace B2Sdk;

/// <summary>What a bucket may be called.</summary>
internal static class BucketNameRules
{
    private const int MinLength = 6;
    private const int MaxLength = 63;

    public static void Validate(string bucketName, string parameterName)
    {
        ArgumentNullException.ThrowIfNull(bucketName, parameterName);
        if (bucketName.Length is < MinLength or > MaxLength)
        {
            throw new ArgumentException(
                $"The bucket name '{bucketName}' has {bucketName.Length} characters; B2 allows {MinLength} to {MaxLength}.",
                parameterName
            );
        }
        if (bucketName.FirstOrDefault(character => !char.IsAsciiLetterOrDigit(character) && character != '-') is var wrong and not '\0')
        {
            throw new ArgumentException(
                $"The bucket name '{bucketName}' holds '{wrong}'; B2 allows the letters a to z, digits and hyphens.",
                parameterName
            );
        }
        if (bucketName.StartsWith("b2-", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"The bucket name '{bucketName}' begins with 'b2-', which B2 keeps for itself.", parameterName);
        }
    }
}
