package de.kreissiegel.ra.security;

import de.kreissiegel.ca.access.Actor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who is logged in.
 *
 * @param person as the directory knew them when last asked
 * @param since when they logged in
 * @param by what: it has to stay good
 */
public record StaffPrincipal(Actor.Person person, Instant since, Credential by)
    implements AuthenticatedPrincipal {
  /** Who is logged in here and now, if anybody is. */
  public static Optional<StaffPrincipal> current() {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication != null
            && authentication.getPrincipal() instanceof StaffPrincipal principal
        ? Optional.of(principal)
        : Optional.empty();
  }

  /** When whoever is logged in here last proved who they are; long ago if nobody is. */
  public static Instant provenAt() {
    return current().map(StaffPrincipal::since).orElse(Instant.EPOCH);
  }

  @Override
  public String getName() {
    return person.login();
  }

  /**
   * The proof for Spring Security. Its authorities {@code ROLE_STAFF}, {@code ROLE_OFFICER}, {@code
   * ROLE_AUDITOR} decide what a page shows, never what a desk does; offices are named with a strong
   * proof only.
   */
  public Authentication authentication() {
    List<GrantedAuthority> roles = new ArrayList<>();
    roles.add(new SimpleGrantedAuthority("ROLE_STAFF"));
    if (person.proof().isStrong() && person.isOfficer()) {
      roles.add(new SimpleGrantedAuthority("ROLE_OFFICER"));
    }
    if (person.proof().isStrong() && person.isAuditor()) {
      roles.add(new SimpleGrantedAuthority("ROLE_AUDITOR"));
    }
    return UsernamePasswordAuthenticationToken.authenticated(this, null, roles);
  }
}
