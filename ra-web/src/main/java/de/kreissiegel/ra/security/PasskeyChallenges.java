package de.kreissiegel.ra.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.security.web.webauthn.authentication.PublicKeyCredentialRequestOptionsRepository;
import org.springframework.security.web.webauthn.management.ImmutablePublicKeyCredentialCreationOptionsRequest;
import org.springframework.security.web.webauthn.management.WebAuthnRelyingPartyOperations;
import org.springframework.security.web.webauthn.registration.PublicKeyCredentialCreationOptionsRepository;

/**
 * What a browser was asked to sign (WebAuthn Level 2 §13.4.3). The session keeps the challenge
 * alone; all else of the options is the same for everybody, or follows from who is logged in.
 */
final class PasskeyChallenges {
  private static final String OF_LOG_IN = PasskeyChallenges.class.getName() + ".logIn";
  private static final String OF_REGISTRATION = PasskeyChallenges.class.getName() + ".registration";

  private final WebAuthnRelyingPartyOperations operations;

  PasskeyChallenges(WebAuthnRelyingPartyOperations operations) {
    this.operations = operations;
  }

  PublicKeyCredentialRequestOptionsRepository ofLogIn() {
    return new OfLogIn();
  }

  PublicKeyCredentialCreationOptionsRepository ofRegistration() {
    return new OfRegistration();
  }

  private static void keep(HttpServletRequest request, String name, @Nullable Bytes challenge) {
    if (challenge != null) {
      request.getSession().setAttribute(name, challenge.toBase64UrlString());
      return;
    }
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.removeAttribute(name);
    }
  }

  private static @Nullable Bytes kept(HttpServletRequest request, String name) {
    HttpSession session = request.getSession(false);
    return session != null && session.getAttribute(name) instanceof String text
        ? Bytes.fromBase64(text)
        : null;
  }

  private final class OfLogIn implements PublicKeyCredentialRequestOptionsRepository {
    @Override
    public void save(
        HttpServletRequest request,
        HttpServletResponse response,
        @Nullable PublicKeyCredentialRequestOptions options) {
      keep(request, OF_LOG_IN, options == null ? null : options.getChallenge());
    }

    @Override
    public @Nullable PublicKeyCredentialRequestOptions load(HttpServletRequest request) {
      Bytes challenge = kept(request, OF_LOG_IN);
      if (challenge == null) {
        return null;
      }
      var fresh = operations.createCredentialRequestOptions(() -> null);
      return PublicKeyCredentialRequestOptions.builder()
          .challenge(challenge)
          .timeout(fresh.getTimeout())
          .rpId(fresh.getRpId())
          .allowCredentials(fresh.getAllowCredentials())
          .userVerification(fresh.getUserVerification())
          .extensions(fresh.getExtensions())
          .build();
    }
  }

  private final class OfRegistration implements PublicKeyCredentialCreationOptionsRepository {
    @Override
    public void save(
        HttpServletRequest request,
        HttpServletResponse response,
        @Nullable PublicKeyCredentialCreationOptions options) {
      keep(request, OF_REGISTRATION, options == null ? null : options.getChallenge());
    }

    @Override
    public @Nullable PublicKeyCredentialCreationOptions load(HttpServletRequest request) {
      Bytes challenge = kept(request, OF_REGISTRATION);
      var person = StaffPrincipal.current();
      if (challenge == null || person.isEmpty()) {
        return null;
      }
      var fresh =
          operations.createPublicKeyCredentialCreationOptions(
              new ImmutablePublicKeyCredentialCreationOptionsRequest(
                  person.get().authentication()));
      return PublicKeyCredentialCreationOptions.builder()
          .rp(fresh.getRp())
          .user(fresh.getUser())
          .challenge(challenge)
          .pubKeyCredParams(fresh.getPubKeyCredParams())
          .timeout(fresh.getTimeout())
          .excludeCredentials(fresh.getExcludeCredentials())
          .authenticatorSelection(fresh.getAuthenticatorSelection())
          .attestation(fresh.getAttestation())
          .extensions(fresh.getExtensions())
          .build();
    }
  }
}
