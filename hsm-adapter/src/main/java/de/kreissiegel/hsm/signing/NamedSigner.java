package de.kreissiegel.hsm.signing;

import java.util.regex.Pattern;

/**
 * One vault among those that serve an authority.
 *
 * @param name tells its journal from the others'; it never changes as long as the journal lives:
 *     lower-case letters, digits and hyphens, 1 to 32 of them
 * @param signer the way to it
 */
public record NamedSigner(String name, Signer signer) {
  /** The name of the only one. */
  public static final String USUAL = "signer";

  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

  public NamedSigner {
    if (!FORM.matcher(name).matches()) {
      throw new IllegalArgumentException("not a signer's name: " + name);
    }
  }
}
