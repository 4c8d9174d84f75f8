using System.Runtime.CompilerServices;

namespace B2Sdk;

public sealed partial class Bucket
{
    /// <summary>Deletes for good whatever a listing shows: the newest version of each file, or all versions, hide markers and unfinished large files.</summary>
    /// <remarks>
    /// It goes along with the listing, some calls at a time, in bounded memory. Of all versions of a name the newest goes last, and only when all others went: until then nothing older is
    /// shown. Folders that a listing shows are left alone. A version that is gone already counts as done, so that a run that was broken off can be run again.
    /// </remarks>
    /// <param name="files">Which files. With <see cref="ListOptions.LatestOnly"/>, the version below becomes the newest.</param>
    /// <param name="options">How; null for the defaults. <see cref="BulkOptions.DryRun"/> selects the same and does nothing.</param>
    /// <param name="cancellationToken">Ends it; what was deleted stays so.</param>
    /// <exception cref="ArgumentException">An option is not one. Nothing was sent.</exception>
    /// <exception cref="B2UnauthorizedException">The key may not list or delete these files.</exception>
    /// <exception cref="B2Exception">The listing failed; or with <see cref="BulkOptions.StopAtFirstFailure"/>, a deletion.</exception>
    public Task<BulkSummary> DeleteFilesAsync(
        ListOptions files,
        DeleteFilesOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(files);
        options ??= new();
        options.Validate(nameof(options));
        var steps = files.LatestOnly ? SelectNewestAsync(files, cancellationToken) : SelectAllAsync(files, cancellationToken);
        return new BulkRun(options, (step, stop) => DeleteAsync(step, options.BypassGovernance, stop)).RunAsync(steps, cancellationToken);
    }

    /// <summary>Deletes everything in the bucket for good: all versions, hide markers and unfinished large files. The bucket itself stays, and can be deleted then.</summary>
    /// <inheritdoc cref="DeleteFilesAsync" path="/remarks|/exception"/>
    /// <param name="options">How; null for the defaults. <see cref="BulkOptions.DryRun"/> selects the same and does nothing.</param>
    /// <param name="cancellationToken">Ends it; what was deleted stays so.</param>
    public Task<BulkSummary> EmptyAsync(DeleteFilesOptions? options = null, CancellationToken cancellationToken = default) =>
        DeleteFilesAsync(new() { Recursive = true, LatestOnly = false }, options, cancellationToken);

    /// <summary>Makes the visible files of the bucket what they were at an instant: exactly those, with exactly that content.</summary>
    /// <remarks>
    /// A file that is visible now and was not then is hidden; one that was other then is copied over the newest version, inside B2. Nothing is deleted, so that this can be undone the same
    /// way. What is as it was is left alone, so that a second run has nothing to do. Versions that were deleted since then cannot be brought back, and a large file counts from its start.
    /// Locks are not brought back; copies get the bucket's defaults.
    /// </remarks>
    /// <param name="asOf">The instant, by B2's clock, whose versions are dated in whole seconds. What was uploaded at it counts.</param>
    /// <param name="options">What, and how; null for everything. <see cref="BulkOptions.DryRun"/> selects the same and does nothing.</param>
    /// <param name="cancellationToken">Ends it; what was restored stays so.</param>
    /// <exception cref="ArgumentException">An option is not one. Nothing was sent.</exception>
    /// <exception cref="B2UnauthorizedException">The key may not list, read or write these files.</exception>
    /// <exception cref="B2Exception">The listing failed; or with <see cref="BulkOptions.StopAtFirstFailure"/>, a file.</exception>
    /// <exception cref="B2ChecksumException">B2 acknowledged other bytes than those of the version that was to come back. Nothing more was done.</exception>
    public Task<BulkSummary> RestoreAsync(
        DateTimeOffset asOf,
        RestoreOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        options ??= new();
        options.Validate(nameof(options));
        options.Encryption?.ValidateForReading("encryption", nameof(options));
        return new BulkRun(options, (step, stop) => RestoreAsync(step, options.Encryption, stop)).RunAsync(
            SelectRestoredAsync(asOf, options.Prefix, cancellationToken),
            cancellationToken
        );
    }

    /// <summary>Deletes what nobody sees and everybody pays for: old versions, hide markers that hide nothing, unfinished large files.</summary>
    /// <remarks>
    /// What is visible stays, and nothing that is hidden is shown by it. Lifecycle rules do the same by themselves, once a day. It goes along with the listing, some calls at a time, in
    /// bounded memory.
    /// </remarks>
    /// <param name="options">What, and how. <see cref="BulkOptions.DryRun"/> selects the same and does nothing.</param>
    /// <param name="cancellationToken">Ends it; what was deleted stays so.</param>
    /// <exception cref="ArgumentException">Nothing is selected, or an option is not one. Nothing was sent.</exception>
    /// <exception cref="B2UnauthorizedException">The key may not list or delete these files.</exception>
    /// <exception cref="B2Exception">The listing failed; or with <see cref="BulkOptions.StopAtFirstFailure"/>, a deletion.</exception>
    public Task<BulkSummary> CleanUpAsync(CleanUpOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ValidateSelection(nameof(options));
        return new BulkRun(options, (step, stop) => DeleteAsync(step, options.BypassGovernance, stop)).RunAsync(
            SelectUselessAsync(options, cancellationToken),
            cancellationToken
        );
    }

    private async IAsyncEnumerable<BulkStep> SelectNewestAsync(
        ListOptions files,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var file in ListAsync(files, cancellationToken).ConfigureAwait(false))
        {
            if (file.Action != FileAction.Folder)
            {
                yield return new(file, BulkAction.Delete);
            }
        }
    }

    private async IAsyncEnumerable<BulkStep> SelectAllAsync(ListOptions files, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        FileVersion? newest = null;
        BulkName? name = null;
        await foreach (var file in ListAsync(files, cancellationToken).ConfigureAwait(false))
        {
            if (file.Action == FileAction.Folder)
            {
                continue;
            }
            if (file.Action == FileAction.Start)
            {
                yield return new(file, BulkAction.Cancel);
                continue;
            }
            if (newest?.FileName == file.FileName)
            {
                yield return name!.Below(file);
                continue;
            }
            if (name?.Close(newest) is { } last)
            {
                yield return last;
            }
            (newest, name) = (file, new());
        }
        if (name?.Close(newest) is { } veryLast)
        {
            yield return veryLast;
        }
    }

    private async IAsyncEnumerable<BulkStep> SelectRestoredAsync(
        DateTimeOffset asOf,
        string prefix,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var files = new ListOptions
        {
            Prefix = prefix,
            Recursive = true,
            LatestOnly = false,
        };
        FileVersion? newest = null;
        FileVersion? then = null;
        await foreach (var file in ListAsync(files, cancellationToken).ConfigureAwait(false))
        {
            // An unfinished file shows and hides nothing.
            if (file.Action == FileAction.Start)
            {
                continue;
            }
            if (newest?.FileName != file.FileName)
            {
                if (BulkChoice.Restore(newest, then) is { } step)
                {
                    yield return step;
                }
                (newest, then) = (file, null);
            }
            then ??= file.UploadTimestamp <= asOf ? file : null;
        }
        if (BulkChoice.Restore(newest, then) is { } lastStep)
        {
            yield return lastStep;
        }
    }

    private async IAsyncEnumerable<BulkStep> SelectUselessAsync(
        CleanUpOptions options,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var files = new ListOptions
        {
            Prefix = options.Prefix,
            Recursive = true,
            LatestOnly = false,
        };
        CleanUpChoice? choice = null;
        await foreach (var file in ListAsync(files, cancellationToken).ConfigureAwait(false))
        {
            if (choice?.FileName != file.FileName)
            {
                if (choice?.Close() is { } last)
                {
                    yield return last;
                }
                choice = new(options, file.FileName, _api.Session.ServerTime - options.OlderThan);
            }
            if (choice.Consider(file) is { } step)
            {
                yield return step;
            }
        }
        if (choice?.Close() is { } veryLast)
        {
            yield return veryLast;
        }
    }

    private async Task DeleteAsync(BulkStep step, bool bypassGovernance, CancellationToken cancellationToken)
    {
        try
        {
            await (
                step.Action == BulkAction.Cancel
                    ? _api.CancelLargeFileAsync(step.File, cancellationToken)
                    : DeleteFileVersionAsync(step.File, bypassGovernance, cancellationToken)
            ).ConfigureAwait(false);
        }
        catch (B2NotFoundException)
        {
            // Somebody else was faster.
        }
    }

    private async Task RestoreAsync(BulkStep step, EncryptionSetting? encryption, CancellationToken cancellationToken)
    {
        var file = step.File;
        if (step.Action == BulkAction.Copy)
        {
            var isCustomers = file.ServerSideEncryption?.Mode == EncryptionMode.SseC;
            var options = new CopyOptions
            {
                SourceEncryption = isCustomers ? encryption : null,
                Encryption =
                    isCustomers ? encryption
                    : file.ServerSideEncryption?.Mode == EncryptionMode.SseB2 ? EncryptionSetting.SseB2
                    : null,
            };
            await CopyFileAsync(file, file.FileName, options, cancellationToken).ConfigureAwait(false);
            return;
        }
        try
        {
            await HideFileAsync(file.FileName, cancellationToken).ConfigureAwait(false);
        }
        catch (B2Exception e) when (e.Code == B2ErrorCode.AlreadyHidden || e is B2NotFoundException)
        {
            // Somebody else was faster.
        }
    }
}
