using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;
using B2Sdk.Emulator.Storage;

namespace B2Sdk.Emulator.Endpoints;

/// <summary>b2_get_file_info, b2_hide_file and b2_delete_file_version.</summary>
internal static class Files
{
    public static async Task GetInfoAsync(Call call)
    {
        var fileId = call.Arguments.RequiredString("fileId");
        call.RequireById(Capabilities.ReadFiles, fileId);
        var file = await call.Store.FindVersionAsync(call.AccountId, fileId);
        if (file is null or { Action: FileAction.Start })
        {
            throw Refusal.NotFound($"No such file: {fileId}");
        }
        call.Require(Capabilities.ReadFiles, file);
        await call.AnswerAsync(writer => FileAnswers.WriteMembers(writer, file, call));
    }

    public static async Task HideAsync(Call call)
    {
        var bucketId = call.Arguments.RequiredString("bucketId");
        var fileName = call.Arguments.RequiredString("fileName");
        var name = FileNames.Validate(fileName, call.Lenient.FileNames);
        call.Require(Capabilities.WriteFiles, bucketId, fileName);
        var marker = await call.Store.HideAsync(call.AccountId, bucketId, name, fileName);
        await call.AnswerAsync(writer => FileAnswers.WriteNewMarker(writer, marker, call));
    }

    public static async Task DeleteVersionAsync(Call call)
    {
        var fileName = call.Arguments.RequiredString("fileName");
        var fileId = call.Arguments.RequiredString("fileId");
        var bypass = FileLocks.ReadBypass(call.Arguments);
        call.RequireById(Capabilities.DeleteFiles, fileId);
        if (!call.Key.AllowsName(fileName))
        {
            throw Refusal.Unauthorized();
        }
        FileLocks.RequireBypass(call, bypass);
        await call.Store.DeleteVersionAsync(
            call.AccountId,
            fileId,
            fileName,
            (version, now) => !call.Lenient.Retention && version.IsProtectedAt(now, bypass)
        );
        await call.AnswerAsync(writer =>
        {
            writer.WriteString("fileId", fileId);
            writer.WriteText("fileName", fileName);
        });
    }
}
