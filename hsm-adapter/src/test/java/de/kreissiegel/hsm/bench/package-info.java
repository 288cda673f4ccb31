/**
 * Figures, not tests: programs that measure the parts of the vault and the whole over its socket,
 * each against a limit taken in the same run. {@code mvn verify -Pbench -pl hsm-adapter} runs them
 * all and prints one table.
 */
package de.kreissiegel.hsm.bench;
