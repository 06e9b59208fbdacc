using System;
using System.Globalization;

namespace PartnerCenterSR.Core.Tests;

/// <summary>Another culture, for as long as it is not disposed of.</summary>
internal sealed class Culture : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentCulture;

    public Culture(string name) => CultureInfo.CurrentCulture = new(name);

    public void Dispose() => CultureInfo.CurrentCulture = _before;
}
