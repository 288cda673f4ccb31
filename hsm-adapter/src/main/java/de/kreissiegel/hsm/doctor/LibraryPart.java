package de.kreissiegel.hsm.doctor;

import de.kreissiegel.hsm.token.pkcs11.LibraryUnusable;
import de.kreissiegel.hsm.token.pkcs11.Survey;
import java.nio.file.Path;
import java.util.Optional;

/** Whether the HSM's library can be used at all. */
final class LibraryPart {
  private LibraryPart() {}

  static Optional<Survey> examine(Path library, Notes notes) {
    try {
      return Optional.of(Survey.of(library));
    } catch (LibraryUnusable unusable) {
      notes.error(String.valueOf(unusable.getMessage()), remedy(unusable.reason(), library));
      return Optional.empty();
    }
  }

  private static String remedy(LibraryUnusable.Reason reason, Path library) {
    return switch (reason) {
      case MISSING ->
          "install the PKCS#11 library of the HSM's vendor, or correct the path"
              + " (SoftHSM2's is /usr/lib/softhsm/libsofthsm2.so on Debian)";
      case FORBIDDEN -> "let the signer's user read it, mostly by its group: ls -l " + library;
      case WRONG_KIND ->
          "install the vendor's shared library for this machine's processor ("
              + System.getProperty("os.arch", "unknown")
              + ", 64 bits)";
      case INCOMPLETE -> "install what it needs: ldd " + library + " shows what isn't found";
      case NOT_PKCS11 ->
          "name the library that the vendor calls PKCS#11 or Cryptoki, not another one of theirs";
      case NOT_INITIALISED ->
          "see that its configuration file is there and readable, and that the variable that names"
              + " it is set for the signer (SoftHSM2: SOFTHSM2_CONF; others as the vendor says)";
    };
  }
}
