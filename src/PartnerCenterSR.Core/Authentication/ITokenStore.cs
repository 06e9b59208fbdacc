using System;

namespace PartnerCenterSR.Core.Authentication;

/// <summary>Where sign-ins are kept for later processes.</summary>
internal interface ITokenStore
{
    byte[] Load();

    void Save(byte[] cache);

    /// <summary>Keeps other processes out until it is disposed of: a refresh token that serves once must be used by one of them only.</summary>
    IDisposable Lock();

    /// <summary>Removes what is left when the last account has been forgotten.</summary>
    void Remove();
}
