/**
 * Making, opening and using a vault. In comes a directory and a passphrase, out goes a {@link
 * de.kreissiegel.hsm.vault.Vault}: a {@link de.kreissiegel.hsm.signing.Signer} whose every
 * signature passed the key's policy and stands in the journal. The ceremony makes and locks keys
 * with it; the signer's process serves it.
 */
package de.kreissiegel.hsm.vault;
