using System.Text.Json;

namespace B2Sdk.Emulator.Control;

/// <summary>A value in JSON is none of those that its member can have; the message says which it is, and what they look like.</summary>
internal sealed class WrongValueException(string message) : JsonException(message);
