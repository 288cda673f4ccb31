package de.kreissiegel.ca.profile;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.subject.SubjectKind;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** What a kind of certificate looks like and how it is approved. Sound by construction. */
public final class CertificateProfile {
  // The builder of issuance reads the rest package-wide or by further accessors.

  public ProfileName name() {
    throw new UnsupportedOperationException();
  }

  /** The authority that issues it. */
  public AuthorityName authority() {
    throw new UnsupportedOperationException();
  }

  /** What staff call it, in this language, else in German. */
  public String title(Locale language) {
    throw new UnsupportedOperationException();
  }

  /** One sentence of what it is for, in this language, else in German. */
  public String description(Locale language) {
    throw new UnsupportedOperationException();
  }

  /** Whom it may name. */
  public Set<SubjectKind> subjects() {
    throw new UnsupportedOperationException();
  }

  /** How many officers have to say yes: 0, 1 or 2. */
  public int approvals() {
    throw new UnsupportedOperationException();
  }

  /** How long its certificates are valid. */
  public Duration validity() {
    throw new UnsupportedOperationException();
  }

  /** Whether staff are offered it; the system's own profiles are not. */
  public boolean offered() {
    throw new UnsupportedOperationException();
  }
}
