package de.kreissiegel.ra.ceremony;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The HSM on which a root's next key is to live alone: a token, a partition or a card that is
 * initialised and empty.
 *
 * @param name what the vault is to call it
 * @param label its token's label
 * @param library the vendor's PKCS#11 library; none: that of the old key's HSM
 * @param pinFile the PIN that it has before the ceremony; none if it is typed
 * @param officerPinFile the same of its security officer's
 */
public record RootToken(
    String name,
    String label,
    Optional<Path> library,
    Optional<Path> pinFile,
    Optional<Path> officerPinFile) {}
