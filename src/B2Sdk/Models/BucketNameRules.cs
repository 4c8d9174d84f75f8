using System.Buffers;

namespace B2Sdk;

/// <summary>What a bucket may be called.</summary>
internal static class BucketNameRules
{
    private const int MinLength = 6;
    private const int MaxLength = 63;

    private static readonly SearchValues<char> Characters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-"
    );

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
        if (bucketName.AsSpan().IndexOfAnyExcept(Characters) is var wrong and >= 0)
        {
            throw new ArgumentException(
                $"The bucket name '{bucketName}' holds '{bucketName[wrong]}'; B2 allows the letters a to z, digits and hyphens.",
                parameterName
            );
        }
        if (bucketName.StartsWith("b2-", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException($"The bucket name '{bucketName}' begins with 'b2-', which B2 keeps for itself.", parameterName);
        }
    }
}
