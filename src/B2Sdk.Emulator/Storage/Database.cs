using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace B2Sdk.Emulator.Storage;

/// <summary>The one connection to SQLite, on a thread of its own. What waits together is committed together.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Database : IDisposable
{
    private const int LargestBatch = 256;
    private readonly BlockingCollection<Work> _queue = [];
    private readonly SqliteConnection _connection;
    private readonly Sql _sql;
    private readonly Thread _thread;

    /// <summary>Opens a file, or memory when there is none.</summary>
    public Database(string? path, EmulatorDurability durability)
    {
        _connection = new(new SqliteConnectionStringBuilder { DataSource = path ?? ":memory:", Pooling = false }.ToString());
        try
        {
            _connection.Open();
            _sql = new(_connection);
            Run("PRAGMA journal_mode = WAL");
            // With NORMAL nothing waits for the disk, but what a transaction wrote is with the system when it ends.
            Run($"PRAGMA synchronous = {(durability == EmulatorDurability.Full ? "FULL" : "NORMAL")}");
            Run("PRAGMA temp_store = MEMORY");
            Run("PRAGMA cache_size = -16000");
            Schema.Prepare(_sql, Schema.Latest);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
        _thread = new(RunAll) { IsBackground = true, Name = "B2 emulator database" };
        _thread.Start();
    }

    /// <summary>Does something in a transaction of its own, and returns when it is committed. An exception undoes it, and comes back.</summary>
    public Task<T> RunAsync<T>(Func<Sql, T> work) => Enqueue(new Work<T>(work, isAlone: false));

    /// <summary>Does something between transactions, as the whole database can only then be copied.</summary>
    public Task<T> RunAloneAsync<T>(Func<Sql, T> work) => Enqueue(new Work<T>(work, isAlone: true));

    public void Dispose()
    {
        _queue.CompleteAdding();
        _thread.Join();
        _sql.Dispose();
        _connection.Dispose();
        _queue.Dispose();
    }

    private Task<T> Enqueue<T>(Work<T> item)
    {
        try
        {
            _queue.Add(item);
        }
        catch (InvalidOperationException)
        {
            return Task.FromException<T>(new ObjectDisposedException(nameof(Database)));
        }
        return item.Task;
    }

    private void RunAll()
    {
        var batch = new List<Work>();
        while (!_queue.IsCompleted)
        {
            if (!_queue.TryTake(out var next, Timeout.Infinite))
            {
                continue;
            }
            while (next is { IsAlone: false })
            {
                batch.Add(next);
                next = batch.Count < LargestBatch && _queue.TryTake(out var waiting) ? waiting : null;
            }
            if (batch.Count > 0)
            {
                RunBatch(batch);
                batch.Clear();
            }
            if (next is not null)
            {
                next.Run(_sql);
                next.Complete(failure: null);
            }
        }
    }

    private void RunBatch(List<Work> batch)
    {
        Exception? failure = null;
        try
        {
            _sql.Execute("BEGIN IMMEDIATE");
            foreach (var work in batch)
            {
                RunOne(work);
            }
            _sql.Execute("COMMIT");
            batch.ForEach(work => work.AfterCommit());
        }
#pragma warning disable CA1031 // Whatever went wrong is told to everybody who waits.
        catch (Exception e)
        {
            failure = e;
            TryRollBack();
        }
#pragma warning restore CA1031
        batch.ForEach(work => work.Complete(failure));
    }

    private void RunOne(Work work)
    {
        _sql.Execute("SAVEPOINT one");
        if (!work.Run(_sql))
        {
            _sql.Execute("ROLLBACK TO one");
            _sql.TakeAfterCommit();
        }
        else
        {
            work.Keep(_sql.TakeAfterCommit());
        }
        _sql.Execute("RELEASE one");
    }

    private void TryRollBack()
    {
        try
        {
            _sql.TakeAfterCommit();
            _sql.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // There was no transaction left to undo.
        }
    }

    private void Run(string pragma)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Constants.
        command.CommandText = pragma;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private abstract class Work(bool isAlone)
    {
        private IReadOnlyList<Action> _afterCommit = [];

        /// <summary>True for what shares no transaction with others.</summary>
        public bool IsAlone => isAlone;

        /// <summary>Does it; false when it failed.</summary>
        public abstract bool Run(Sql sql);

        public abstract void Complete(Exception? failure);

        public void Keep(IReadOnlyList<Action> afterCommit) => _afterCommit = afterCommit;

        public void AfterCommit()
        {
            foreach (var action in _afterCommit)
            {
                action();
            }
        }
    }

    private sealed class Work<T>(Func<Sql, T> work, bool isAlone) : Work(isAlone)
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Exception? _failure;
        private T? _result;

        public Task<T> Task => _done.Task;

        public override bool Run(Sql sql)
        {
            try
            {
                _result = work(sql);
                return true;
            }
#pragma warning disable CA1031 // It is handed to whoever waits.
            catch (Exception e)
            {
                _failure = e;
                return false;
            }
#pragma warning restore CA1031
        }

        public override void Complete(Exception? failure)
        {
            if ((_failure ?? failure) is { } thrown)
            {
                _done.SetException(thrown);
            }
            else
            {
                _done.SetResult(_result!);
            }
        }
    }
}
