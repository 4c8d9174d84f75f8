using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace B2Sdk.Emulator.Http;

/// <summary>Memory for connections in blocks of 64 KiB. The usual 4 KiB make a system call, and a change of threads, of every 2 KiB that are received.</summary>
internal sealed class LargeBlocks : MemoryPool<byte>, IMemoryPoolFactory<byte>
{
    private const int BlockSize = 64 * 1024;

    public override int MaxBufferSize => Shared.MaxBufferSize;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1) => Shared.Rent(Math.Max(minBufferSize, BlockSize));

    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => this;

    protected override void Dispose(bool disposing) { }
}
