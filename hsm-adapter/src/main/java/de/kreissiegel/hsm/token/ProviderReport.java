package de.kreissiegel.hsm.token;

import de.kreissiegel.hsm.signing.KeyAlgorithm;

/**
 * Who computes with keys of one kind.
 *
 * @param provider its name in the JCA
 * @param version its version
 * @param why a sentence for a person
 */
public record ProviderReport(KeyAlgorithm algorithm, String provider, String version, String why) {}
