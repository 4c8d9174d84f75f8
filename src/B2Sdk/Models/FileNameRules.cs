using System.Buffers;
using System.Text;

namespace B2Sdk;

/// <summary>What B2 demands of names, as far as a wrong one would cost an upload. The rest is for B2 to judge.</summary>
internal static class FileNameRules
{
    /// <summary>The longest name in UTF-8 bytes.</summary>
    public const int MaxBytes = 1024;

    private const int MaxInfoKeyBytes = 50;
    private const int ShownOfLongNames = 40;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly SearchValues<char> InfoKeyCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.`~!#$%^&*'|+"
    );

    private static readonly SearchValues<char> ControlCharacters = SearchValues.Create([
        .. Enumerable.Range(0, ' ').Select(code => (char)code),
        '\x7F',
    ]);

    /// <summary>Refuses a name that B2 would refuse after the bytes were sent.</summary>
    public static void Validate(string fileName, string parameterName)
    {
        ArgumentNullException.ThrowIfNull(fileName, parameterName);
        if (fileName.Length == 0)
        {
            throw new ArgumentException("A file name has at least one character.", parameterName);
        }
        var control = fileName.AsSpan().IndexOfAny(ControlCharacters);
        if (control >= 0)
        {
            throw new ArgumentException(
                $"The file name that begins with '{fileName[..control]}' holds the control character U+{(int)fileName[control]:X4} then; B2 allows none below U+0020, nor U+007F.",
                parameterName
            );
        }
        var length = CountBytes(fileName, "file name", parameterName);
        if (length > MaxBytes)
        {
            // A cut through a pair of surrogates would leave a half of it.
            var shown = char.IsHighSurrogate(fileName[ShownOfLongNames - 1]) ? ShownOfLongNames - 1 : ShownOfLongNames;
            throw new ArgumentException(
                $"The file name that begins with '{fileName[..shown]}' has {length} bytes as UTF-8; B2 allows {MaxBytes}.",
                parameterName
            );
        }
    }

    /// <summary>Refuses file info that cannot travel as headers.</summary>
    public static void ValidateInfo(IReadOnlyDictionary<string, string> fileInfo, string parameterName)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in fileInfo)
        {
            if (key.Length is 0 or > MaxInfoKeyBytes || key.AsSpan().ContainsAnyExcept(InfoKeyCharacters))
            {
                throw new ArgumentException(
                    $"The file info key '{key}' is not one: keys are 1 to {MaxInfoKeyBytes} letters, digits and -_.`~!#$%^&*'|+.",
                    parameterName
                );
            }
            if (!seen.Add(key))
            {
                throw new ArgumentException($"The file info has the key '{key}' twice; B2 does not tell cases apart.", parameterName);
            }
            CountBytes(value, $"file info value of '{key}'", parameterName);
        }
    }

    private static int CountBytes(string text, string what, string parameterName)
    {
        try
        {
            return StrictUtf8.GetByteCount(text);
        }
        catch (EncoderFallbackException e)
        {
            throw new ArgumentException($"The {what} is not valid Unicode: it holds half a surrogate pair.", parameterName, e);
        }
    }
}
