package de.kreissiegel.ra.security;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.login.Passkeys;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.hsm.approval.SecurityKeyPages;
import de.kreissiegel.hsm.signing.Bytes;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.HttpMessageConverterAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.webauthn.api.AuthenticatorSelectionCriteria;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialParameters;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRpEntity;
import org.springframework.security.web.webauthn.api.ResidentKeyRequirement;
import org.springframework.security.web.webauthn.api.UserVerificationRequirement;
import org.springframework.security.web.webauthn.authentication.PublicKeyCredentialRequestOptionsFilter;
import org.springframework.security.web.webauthn.authentication.WebAuthnAuthenticationFilter;
import org.springframework.security.web.webauthn.authentication.WebAuthnAuthenticationRequestToken;
import org.springframework.security.web.webauthn.management.Webauthn4JRelyingPartyOperations;
import org.springframework.security.web.webauthn.registration.PublicKeyCredentialCreationOptionsFilter;
import org.springframework.security.web.webauthn.registration.WebAuthnRegistrationFilter;

/**
 * Log-in by passkey, and its registration (WebAuthn Level 2 §7), at the addresses that Spring
 * Security gives them: {@code /webauthn/authenticate/options}, {@code /login/webauthn}, {@code
 * /webauthn/register/options}, {@code /webauthn/register}. PIN or fingerprint is demanded, not
 * preferred: without it a lost key would let its finder in.
 */
final class PasskeyDoor {
  static final String LOG_IN = "/login/webauthn";
  static final String LOG_IN_OPTIONS = "/webauthn/authenticate/options";

  /** The first that an authenticator knows is taken: one by which officers may approve, too. */
  private static final List<PublicKeyCredentialParameters> ALGORITHMS =
      List.of(
          PublicKeyCredentialParameters.ES256,
          PublicKeyCredentialParameters.ES384,
          PublicKeyCredentialParameters.RS256);

  static final String REGISTRATION = "/webauthn/register/**";

  private final Passkeys passkeys;
  private final PasskeyRecords records;
  private final Webauthn4JRelyingPartyOperations operations;
  private final InstantSource clock;

  /**
   * @param pages the address of the pages: relying party and only origin
   */
  PasskeyDoor(Passkeys passkeys, URI pages, InstantSource clock) {
    this.passkeys = passkeys;
    this.clock = clock;
    this.records = new PasskeyRecords(passkeys);
    this.operations =
        new Webauthn4JRelyingPartyOperations(
            records,
            records,
            PublicKeyCredentialRpEntity.builder().id(pages.getHost()).name("Kreissiegel").build(),
            Set.of(SecurityKeyPages.of(pages).origin()));
    operations.setCustomizeCreationOptions(
        options ->
            options
                .pubKeyCredParams(ALGORITHMS)
                .authenticatorSelection(
                    AuthenticatorSelectionCriteria.builder()
                        .residentKey(ResidentKeyRequirement.REQUIRED)
                        .userVerification(UserVerificationRequirement.REQUIRED)
                        .build()));
    operations.setCustomizeRequestOptions(
        options -> options.userVerification(UserVerificationRequirement.REQUIRED));
  }

  /** Puts the filters into the chain of the pages. */
  void open(HttpSecurity http, SecurityContextRepository contexts, RequestCache wanted) {
    var challenges = new PasskeyChallenges(operations);
    var logIn = new WebAuthnAuthenticationFilter();
    logIn.setRequestOptionsRepository(challenges.ofLogIn());
    AuthenticationManager proving = this::proven;
    logIn.setAuthenticationManager(proving);
    logIn.setSecurityContextRepository(contexts);
    logIn.setSessionAuthenticationStrategy(AnotherSession.strategy());
    var onward = new HttpMessageConverterAuthenticationSuccessHandler();
    onward.setRequestCache(wanted);
    logIn.setAuthenticationSuccessHandler(onward);
    var options = new PublicKeyCredentialRequestOptionsFilter(operations);
    options.setRequestOptionsRepository(challenges.ofLogIn());
    var creation = new PublicKeyCredentialCreationOptionsFilter(operations);
    creation.setCreationOptionsRepository(challenges.ofRegistration());
    var registration = new WebAuthnRegistrationFilter(records, operations);
    registration.setCreationOptionsRepository(challenges.ofRegistration());
    http.addFilterBefore(logIn, UsernamePasswordAuthenticationFilter.class)
        .addFilterAfter(options, AuthorizationFilter.class)
        .addFilterAfter(creation, AuthorizationFilter.class)
        .addFilterAfter(registration, AuthorizationFilter.class);
  }

  /** Checks the assertion, and then asks whose the passkey is. */
  private Authentication proven(Authentication given) {
    var request = ((WebAuthnAuthenticationRequestToken) given).getWebAuthnRequest();
    Bytes id = Bytes.of(request.getPublicKey().getRawId().getBytes());
    try {
      operations.authenticate(request);
    } catch (RuntimeException unproven) {
      passkeys.unproven(id);
      throw new BadCredentialsException("the passkey's assertion doesn't hold", unproven);
    }
    try {
      Optional<Actor.Person> person = passkeys.logIn(id);
      return new StaffPrincipal(
              person.orElseThrow(() -> new BadCredentialsException("nobody's passkey")),
              clock.instant(),
              new Credential.Passkey(id))
          .authentication();
    } catch (DirectoryUnavailable hindrance) {
      throw new AuthenticationServiceException("the directory can't be asked now", hindrance);
    }
  }
}
