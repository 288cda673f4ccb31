/**
 * What a ceremony needs of the vault: the secrets that activate keys, split over people ({@link
 * de.kreissiegel.hsm.ceremony.ActivationSecret}, {@link de.kreissiegel.hsm.ceremony.KeyShare}) and
 * kept on paper or cards ({@link de.kreissiegel.hsm.ceremony.ShareCard}); the record of what was
 * done, as octets that are signed ({@link de.kreissiegel.hsm.ceremony.CeremonyRecord}); the copy of
 * a vault that lies in a safe ({@link de.kreissiegel.hsm.ceremony.VaultBackup}). In come people's
 * decisions, out go octets; nothing here asks a person or draws a page.
 */
package de.kreissiegel.hsm.ceremony;
