/**
 * Four eyes for settings. All that decides what is issued, and how, is one sheet of digests; it
 * takes effect when two of those who may have consented to it, each with their own key. In come the
 * settings as they are and the consents that lie beside them, out goes whether they may be used.
 *
 * <p>Files of the configuration: YAML in, settings out, and each fault with file, line and remedy.
 * {@link de.kreissiegel.ca.settings.Sheet} reads the form, its {@link
 * de.kreissiegel.ca.settings.Section}s hand out what stands there.
 */
package de.kreissiegel.ca.settings;
