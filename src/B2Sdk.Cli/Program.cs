using System.Runtime.InteropServices;
using B2Sdk.Cli;

using var context = CliContext.OfProcess();

// The first signal asks the command to stop and to leave everything in order; the second one is the system's, unless a command has uses for it.
using var hangUp = StopOn(PosixSignal.SIGHUP, ExitCodes.HungUp);
using var interrupt = StopOn(PosixSignal.SIGINT, ExitCodes.Interrupted);
using var terminate = StopOn(PosixSignal.SIGTERM, ExitCodes.Terminated);

return await CommandLine.RunAsync(args, context);

PosixSignalRegistration StopOn(PosixSignal signal, int code) =>
    PosixSignalRegistration.Create(signal, sent => sent.Cancel |= context.Stop(code));
