using System;
using System.IO;
using PartnerCenterSR.Emulator;
using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Session;

/// <summary>A started emulator. Apart from the cmdlet, so that the emulator is loaded only where it is used.</summary>
internal sealed record EmulatorConnection(IDisposable Server, Uri Endpoint, string Token)
{
    /// <param name="dataPath">The requests to begin with. Null: samples.</param>
    /// <exception cref="PartnerCenterException">The file holds no requests.</exception>
    public static EmulatorConnection Start(string? dataPath)
    {
        try
        {
            EmulatorServer server = EmulatorServer.Start(dataPath);
            return new(server, server.Endpoint, server.Token);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new PartnerCenterException(ErrorIds.InvalidEmulatorData, Messages.EmulatorDataUnreadable.With(dataPath, error.Message), error);
        }
    }
}
