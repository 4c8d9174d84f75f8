using B2Sdk.Wire;

namespace B2Sdk.Sessions;

/// <summary>The places where the pages of one listing begin. A service that leads round in a circle is noticed: such a listing would never end.</summary>
/// <remarks>One place is remembered, and replaced after 1, 2, 4, 8, … pages: a circle of any length comes back to it, and nothing more is kept.</remarks>
/// <typeparam name="T">A place.</typeparam>
internal sealed class PageChain<T>(string operation, string? subject, T first)
{
    private T _remembered = first;
    private int _pages;
    private int _kept = 1;

    /// <summary>Goes on to the next page.</summary>
    /// <exception cref="B2Exception">The listing was there before.</exception>
    public T Next(T next)
    {
        if (EqualityComparer<T>.Default.Equals(next, _remembered))
        {
            throw Failures.Circle(operation, subject, $"{next}");
        }
        if (++_pages == _kept)
        {
            (_remembered, _pages, _kept) = (next, 0, 2 * _kept);
        }
        return next;
    }
}
