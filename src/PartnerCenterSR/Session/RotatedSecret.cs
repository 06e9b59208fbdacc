using System.Security;

namespace PartnerCenterSR.Session;

/// <summary>The newest refresh token: one object, rewritten at each rotation, so that the variable that holds it is never out of date.</summary>
internal sealed class RotatedSecret
{
    public SecureString Value { get; } = new();

    public void Rewrite(string secret)
    {
        lock (Value)
        {
            Value.Clear();
            foreach (char c in secret)
            {
                Value.AppendChar(c);
            }
        }
    }
}
