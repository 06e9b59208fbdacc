using System;
using System.IO;

namespace PartnerCenterSR.Core.Journal;

/// <summary>Where a journal is kept, for one run at a time.</summary>
internal interface IJournalStore : IDisposable
{
    /// <summary>Its name, for errors.</summary>
    string Name { get; }

    /// <summary>What it holds, from the beginning.</summary>
    Stream Open();

    /// <summary>Cuts off what is behind this length.</summary>
    void Truncate(long length);

    void Append(byte[] bytes);

    /// <summary>Brings what was appended to where a power cut does not reach it.</summary>
    void Flush();
}
