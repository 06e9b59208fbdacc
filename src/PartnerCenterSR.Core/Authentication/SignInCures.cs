using PartnerCenterSR.Resources;

namespace PartnerCenterSR.Core.Authentication;

/// <summary>What to do about each refusal of the sign-in service; about_PartnerCenterSR_Authentication has the same table.</summary>
internal static class SignInCures
{
    /// <summary>The cure for a code. Null: none is known.</summary>
    public static string? For(string? code, SignInOptions options) => code switch
    {
        "AADSTS50079" or "AADSTS50072" when options.IsInteractive => Messages.MfaEnrollCure,
        "AADSTS50076" or "AADSTS50078" or "AADSTS50079" or "AADSTS50072" or "AADSTS50158" => options.IsInteractive ? Messages.MfaCure : Messages.MfaUnattendedCure,
        "AADSTS50105" => Messages.AssignmentCure,
        "AADSTS53003" or "AADSTS530035" => Messages.PolicyCure,
        "AADSTS53000" or "AADSTS53001" => Messages.DeviceCure,
        "AADSTS65001" => Messages.ConsentCure,
        "AADSTS65002" => Messages.PreauthorizedCure,
        "AADSTS65004" => Messages.ConsentDeclinedCure,
        "AADSTS700082" or "AADSTS70008" or "AADSTS50173" or "AADSTS70000" or "AADSTS70043" => Messages.RefreshTokenCure,
        "AADSTS700016" => Messages.ApplicationCure,
        "AADSTS700025" => Messages.PublicClientCure,
        "AADSTS7000215" => Messages.WrongSecretCure,
        "AADSTS7000222" => Messages.ExpiredSecretCure,
        "AADSTS700024" => Messages.ClockCure,
        "AADSTS700211" or "AADSTS700212" or "AADSTS700213" or "AADSTS70021" => Messages.AssertionRefusedCure,
        "AADSTS700027" or "AADSTS7000218" => Messages.ApplicationProofCure,
        "AADSTS90002" or "AADSTS900023" => Messages.TenantCure,
        "AADSTS90013" => Messages.MalformedRequestCure,
        "AADSTS90038" or "AADSTS90051" => Messages.OtherCloudCure,
        "AADSTS90072" or "AADSTS50020" or "AADSTS50034" => Messages.GuestCure.With(code),
        "AADSTS500011" => Messages.ResourceCure,
        "AADSTS900329" => Messages.AppOnlyCure,
        "AADSTS900421" => Messages.NoMfaCure,
        "AADSTS70016" or "AADSTS70020" or "expired_token" or "code_expired" => Messages.CodeExpiredCure,
        "authorization_declined" or "access_denied" or "authentication_canceled" => Messages.DeclinedCure,
        "linux_xdg_open_failed" or "http_listener_error" or "platform_not_supported" => Messages.NoBrowserCure,
        "interaction_required" or "invalid_grant" => options.IsInteractive ? Messages.SignInAgainCure : Messages.RefreshTokenCure,
        _ => null,
    };
}
