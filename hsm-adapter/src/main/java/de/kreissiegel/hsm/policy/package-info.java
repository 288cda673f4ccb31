/**
 * What each key may sign. In comes a {@link de.kreissiegel.hsm.signing.SignRequest} and the {@link
 * de.kreissiegel.hsm.policy.KeyPolicy} of its key, out goes nothing, or a {@link
 * de.kreissiegel.hsm.signing.SigningRefused} that names the rule. The parsers take strict DER only
 * (X.690 §10, §11): what is signed has one reading (RFC 5280, RFC 6960).
 */
package de.kreissiegel.hsm.policy;
