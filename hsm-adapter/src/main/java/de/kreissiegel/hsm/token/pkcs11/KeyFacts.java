package de.kreissiegel.hsm.token.pkcs11;

import de.kreissiegel.hsm.token.TokenKey;
import java.util.Optional;

/**
 * A key as it lies on a token, whether the vault can use it or not.
 *
 * @param label CKA_LABEL, as it is
 * @param ckaId CKA_ID in hexadecimal
 * @param known as the vault sees it; empty if it can't use it
 * @param hasPublic whether the public part lies there
 * @param hasPrivate whether the private part was seen; before a login it mostly isn't
 * @param extractable whether the private part may leave the token
 * @param sensitive whether the private part is never shown in the clear
 * @param doesBoth whether it may both sign and decrypt
 */
public record KeyFacts(
    String label,
    String ckaId,
    Optional<TokenKey> known,
    boolean hasPublic,
    boolean hasPrivate,
    boolean extractable,
    boolean sensitive,
    boolean doesBoth) {}
