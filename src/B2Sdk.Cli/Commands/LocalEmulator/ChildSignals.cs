using System.Diagnostics;
using System.Runtime.InteropServices;

namespace B2Sdk.Cli.Commands.LocalEmulator;

/// <summary>The signals of a process that stands in front of another: before that one runs they stop what is being prepared, and afterwards they are handed on.</summary>
/// <remarks>Thread-safe. From its making to its end no signal ends this process, so that what was made can be taken away.</remarks>
internal sealed partial class ChildSignals : IDisposable
{
    private readonly CliContext _context;
    private readonly List<PosixSignalRegistration> _registrations;
    private readonly Lock _lock = new();
    private Process? _child;
    private GroupSentinel? _sentinel;

    public ChildSignals(CliContext context)
    {
        _context = context;
        // Signals have the same numbers on every system that has them.
        _registrations =
        [
            Register(PosixSignal.SIGHUP, 1),
            Register(PosixSignal.SIGINT, 2),
            Register(PosixSignal.SIGQUIT, 3),
            Register(PosixSignal.SIGTERM, 15),
        ];
    }

    /// <summary>Starts a process, unless a signal came before, and hands signals to it from then on, those that come meanwhile too.</summary>
    /// <exception cref="OperationCanceledException">A signal came before.</exception>
    public Process Start(Func<Process> start)
    {
        lock (_lock)
        {
            _context.Stopping.ThrowIfCancellationRequested();
            // It stands before there is anybody whom a signal for all could reach.
            _sentinel = new();
            return _child = start();
        }
    }

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        lock (_lock)
        {
            _sentinel?.Dispose();
            _sentinel = null;
        }
    }

    private PosixSignalRegistration Register(PosixSignal signal, int number) =>
        PosixSignalRegistration.Create(
            signal,
            context =>
            {
                context.Cancel = true;
                Take(number);
            }
        );

    private void Take(int signal)
    {
        lock (_lock)
        {
            if (_child is not { } child)
            {
                _context.Stop(ExitCodes.Signaled + signal);
            }
            // What a terminal's keys, `timeout` or `kill -- -GROUP` send to all reaches the child without help, and two Ctrl-C mean another thing than one.
            else if (_sentinel?.HasFallen() == false)
            {
                Send(child, signal);
            }
        }
    }

    private static void Send(Process child, int signal)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && !child.HasExited)
            {
                _ = Kill(child.Id, signal);
            }
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
