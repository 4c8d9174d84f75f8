using B2Sdk.Emulator.Http;
using B2Sdk.Emulator.Rules;

namespace B2Sdk.Emulator.Endpoints;

/// <summary>b2_update_file_retention and b2_update_file_legal_hold.</summary>
internal static class FileLocks
{
    public static async Task UpdateRetentionAsync(Call call)
    {
        var fileName = call.Arguments.RequiredString("fileName");
        var fileId = call.Arguments.RequiredString("fileId");
        var retention = RetentionRules.Read(call.Arguments.RequiredElement("fileRetention"));
        var bypass = ReadBypass(call.Arguments);
        RequireRight(call, Capabilities.WriteFileRetentions);
        RequireReach(call, fileId, fileName);
        RequireBypass(call, bypass);
        await call.Store.UpdateRetentionAsync(call.AccountId, fileId, fileName, retention, bypass);
        await call.AnswerAsync(writer =>
        {
            writer.WriteString("fileId", fileId);
            writer.WriteText("fileName", fileName);
            writer.WriteJson(Members.FileRetention, RetentionRules.ToJson(retention));
        });
    }

    public static async Task UpdateLegalHoldAsync(Call call)
    {
        var fileName = call.Arguments.RequiredString("fileName");
        var fileId = call.Arguments.RequiredString("fileId");
        var isHeld = RetentionRules.ReadLegalHold(call.Arguments.RequiredString("legalHold"));
        RequireRight(call, Capabilities.WriteFileLegalHolds);
        RequireReach(call, fileId, fileName);
        await call.Store.UpdateLegalHoldAsync(call.AccountId, fileId, fileName, isHeld);
        await call.AnswerAsync(writer =>
        {
            writer.WriteString("fileId", fileId);
            writer.WriteText("fileName", fileName);
            writer.WriteString("legalHold", RetentionRules.NameOfHold(isHeld));
        });
    }

    /// <summary>Reads whether governance is to be bypassed.</summary>
    public static bool ReadBypass(Arguments arguments) => arguments.OptionalBoolean("bypassGovernance") == true;

    /// <summary>Checks that the key may bypass governance when it asks for that, needed or not.</summary>
    public static void RequireBypass(Call call, bool bypass)
    {
        if (bypass)
        {
            call.Require(Capabilities.BypassGovernance);
        }
    }

    // These two calls alone answer a key that lacks the right as they answer one that asks for too much.
    private static void RequireRight(Call call, string capability)
    {
        if (!call.Key.Has(capability))
        {
            throw Refusal.AccessDenied();
        }
    }

    private static void RequireReach(Call call, string fileId, string fileName)
    {
        if (!call.Key.AllowsFile(fileId) || !call.Key.AllowsName(fileName))
        {
            throw Refusal.Unauthorized();
        }
    }
}
