using System.Runtime.InteropServices;
using B2Sdk.Cli;

using var context = CliContext.OfProcess();

// The first signal asks the command to stop and to leave everything in order; the second one is the system's.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = context.Stop(ExitCodes.Interrupted));
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = context.Stop(ExitCodes.Terminated));

return await CommandLine.RunAsync(args, context);
