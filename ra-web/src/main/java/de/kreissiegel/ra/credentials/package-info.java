/**
 * The credentials file of a demo: who may log in where, with which password. The launcher writes it
 * at the first start, a person reads it, the walkthrough reads it. In comes a {@link
 * de.kreissiegel.ra.credentials.DemoCredentials}, out goes {@code DIR/demo-credentials.txt}: YAML
 * 1.2 with German comments, mode 600. A real installation has no such file.
 */
@NullMarked
package de.kreissiegel.ra.credentials;

import org.jspecify.annotations.NullMarked;
