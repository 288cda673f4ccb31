package de.kreissiegel.hsm.token.pkcs11;

import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a key is called on the token: its name, and in parentheses what its attributes don't tell.
 * {@code people}, {@code root (own PIN)}, {@code gateway (rsa-3072-pkcs1)}.
 *
 * @param own whether it is activated with a PIN typed for it, not at start
 * @param algorithm if the key's attributes would say another
 */
record KeyLabel(KeyId id, boolean own, Optional<KeyAlgorithm> algorithm) {
  private static final Pattern FORM = Pattern.compile("(\\S+)(?: \\(([^()]*)\\))?");
  private static final String OWN = "own PIN";

  static KeyLabel of(KeyId id, KeyAlgorithm algorithm, boolean own) {
    boolean exception = algorithm.standing() == KeyAlgorithm.Standing.EXCEPTION;
    return new KeyLabel(id, own, exception ? Optional.of(algorithm) : Optional.empty());
  }

  /** The label read back; empty if it isn't one of ours, or of the same form. */
  static Optional<KeyLabel> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      boolean own = false;
      Optional<KeyAlgorithm> algorithm = Optional.empty();
      String details = matcher.group(2);
      if (details != null) {
        for (String detail : details.split(", ", -1)) {
          if (detail.equals(OWN)) {
            own = true;
          } else {
            algorithm = Optional.of(KeyAlgorithm.ofWord(detail));
          }
        }
      }
      return Optional.of(new KeyLabel(new KeyId(matcher.group(1)), own, algorithm));
    } catch (IllegalArgumentException foreign) {
      return Optional.empty();
    }
  }

  String text() {
    List<String> details = new ArrayList<>();
    algorithm.ifPresent(known -> details.add(known.word()));
    if (own) {
      details.add(OWN);
    }
    return details.isEmpty() ? id.value() : id + " (" + String.join(", ", details) + ")";
  }
}
