/**
 * The vocabulary of signing: who asks the vault for a signature speaks these words and knows no
 * token. In comes a {@link de.kreissiegel.hsm.signing.SignRequest}, out goes a {@link
 * de.kreissiegel.hsm.signing.Signed} that is already in the journal, or one of two hindrances:
 * {@link de.kreissiegel.hsm.signing.SigningUnavailable} (nothing is known; read the journal, come
 * again) and {@link de.kreissiegel.hsm.signing.SigningRefused} (the vault said no, and will again).
 */
package de.kreissiegel.hsm.signing;
