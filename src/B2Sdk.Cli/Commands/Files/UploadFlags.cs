using System.CommandLine;
using System.Globalization;

namespace B2Sdk.Cli.Commands.Files;

/// <summary>What can be said of a file that is uploaded.</summary>
internal sealed class UploadFlags
{
    private readonly Option<string?> _contentType = Text("--content-type", "The MIME type; else B2 chooses by the name", "TYPE");
    private readonly Option<string?> _sha1 = Text("--sha1", "The SHA-1 that the content must have, else the upload fails", "SHA1");

    private readonly Option<string[]> _info = new("--info")
    {
        Description = "What to keep with the file; may be repeated",
        HelpName = "KEY=VALUE",
        DefaultValueFactory = static _ => [],
    };

    private readonly Option<string?> _partSize = Text(
        "--part-size",
        "Bytes per part of a large file, such as 50MB; else what the account recommends, usually 100 MB",
        "BYTES"
    );

    private readonly Option<string?> _minPartSize = Text(
        "--min-part-size",
        "Bytes per part at least: counts where the account recommends less",
        "BYTES"
    );

    private readonly Option<string?> _uploadTimestamp = Text(
        "--custom-upload-timestamp",
        "The upload time to record, in milliseconds since 1970, if the account may",
        "TIME"
    );

    private readonly Option<int> _threads = TransferOptions.Threads();
    private readonly Option<string?> _cacheControl = Text("--cache-control", "The Cache-Control that downloads get", "VALUE");
    private readonly Option<string?> _disposition = Text("--content-disposition", "The Content-Disposition that downloads get", "VALUE");
    private readonly Option<string?> _encoding = Text("--content-encoding", "The Content-Encoding that downloads get", "VALUE");
    private readonly Option<string?> _language = Text("--content-language", "The Content-Language that downloads get", "VALUE");
    private readonly Option<string?> _expires = Text("--expires", "The Expires that downloads get, an HTTP date", "VALUE");

    // How long the Python tool keeps a buffer that nobody fills; here none is kept.
    private readonly Option<string?> _bufferTimeout = new("--unused-buffer-timeout-seconds") { Hidden = true };

    private readonly Encryption _encryptionOfFile = Encryption.OfDestination();
    private readonly Protection _protection = new(canBeTakenAway: false);

    public void AddTo(Command command)
    {
        command.Add(_contentType);
        command.Add(_info);
        command.Add(_sha1);
        command.Add(_partSize);
        command.Add(_minPartSize);
        command.Add(_threads);
        command.Add(_bufferTimeout);
        command.Add(_uploadTimestamp);
        command.Add(_cacheControl);
        command.Add(_disposition);
        command.Add(_encoding);
        command.Add(_language);
        command.Add(_expires);
        _encryptionOfFile.AddTo(command);
        _protection.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_partSize) is not null && result.GetResult(_minPartSize) is not null)
            {
                result.AddError($"Give {_partSize.Name} or {_minPartSize.Name}, not both.");
            }
        });
    }

    /// <summary>How large parts are at least, whatever the account recommends; null when nothing is asked.</summary>
    public long? ReadMinPartSize(ParseResult line) =>
        line.GetValue(_minPartSize) is { } size ? ByteSize.Parse(size, _minPartSize.Name) : null;

    public UploadOptions Read(Invocation run, ParseResult line) =>
        new()
        {
            ContentType = line.GetValue(_contentType),
            FileInfo = ReadInfo(run, line),
            ContentSha1 = line.GetValue(_sha1),
            PartSize = line.GetValue(_partSize) is { } size ? ByteSize.Parse(size, _partSize.Name) : null,
            Concurrency = TransferOptions.Concurrency(line.GetValue(_threads)),
            CustomUploadTimestamp = line.GetValue(_uploadTimestamp) is { } time ? Moment.Parse(time, _uploadTimestamp.Name) : null,
            CacheControl = line.GetValue(_cacheControl),
            ContentDisposition = line.GetValue(_disposition),
            ContentEncoding = line.GetValue(_encoding),
            ContentLanguage = line.GetValue(_language),
            Expires = line.GetValue(_expires) is { } expires ? ReadHttpDate(expires) : null,
            Encryption = _encryptionOfFile.Read(run, line),
            Retention = _protection.ReadRetention(line),
            LegalHold = _protection.ReadHold(line),
        };

    private DateTimeOffset ReadHttpDate(string text) =>
        DateTimeOffset.TryParseExact(text, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new MisuseException($"{_expires.Name}: '{text}' is no HTTP date, such as 'Thu, 01 Dec 2050 16:00:00 GMT'.");

    private Dictionary<string, string> ReadInfo(Invocation run, ParseResult line)
    {
        var info = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in line.GetValue(_info) ?? [])
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
            {
                throw new MisuseException($"{_info.Name}: '{pair}' is not KEY=VALUE.");
            }
            info[pair[..equals]] = pair[(equals + 1)..];
        }
        foreach (var option in (Option<string?>[])[_cacheControl, _disposition, _encoding, _language, _expires])
        {
            if (line.GetValue(option) is not null && info.Remove("b2-" + option.Name[2..]))
            {
                run.Warn($"{option.Name} is used in place of what {_info.Name} says.");
            }
        }
        return info;
    }

    private static Option<string?> Text(string name, string description, string helpName) =>
        new(name) { Description = description, HelpName = helpName };
}
