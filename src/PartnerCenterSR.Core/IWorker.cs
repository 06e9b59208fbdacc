using System;

namespace PartnerCenterSR.Core;

/// <summary>Runs what is posted to it, one after another.</summary>
internal interface IWorker : IDisposable
{
    void Post(Action work);
}
