using B2Sdk.Emulator.Storage;

namespace B2Sdk.Emulator.Endpoints;

/// <summary>What a web page wants to do with a URL.</summary>
/// <param name="Operation">The operation, as CORS rules name it.</param>
/// <param name="Methods">The methods by which it is called.</param>
/// <param name="FindBucket">Finds the bucket that it is about.</param>
internal sealed record CorsTarget(string Operation, IReadOnlyList<string> Methods, Func<Store, Task<Bucket?>> FindBucket);
