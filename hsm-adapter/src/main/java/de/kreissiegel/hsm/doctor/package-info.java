/**
 * Says how the signer's surroundings are, before and while it runs. In comes what to look at: an
 * HSM's library, a token's label, its PIN, a vault's directory. Out comes a {@link
 * de.kreissiegel.hsm.doctor.Diagnosis}: what was seen, and for everything that is wrong one
 * sentence that says what, and one that says what to do.
 *
 * <p>It needs nothing of a running signer, opens no key of the software token and changes nothing.
 * It lets each key of the HSM compute once, over a text that can't be mistaken for a certificate or
 * a revocation list; the text says what it is. It tries a PIN once, and not at all when a wrong one
 * would lock the token.
 */
package de.kreissiegel.hsm.doctor;
