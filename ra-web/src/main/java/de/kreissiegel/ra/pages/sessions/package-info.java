/**
 * A person's own sessions: which are open, by what they began, and their end. In comes who is
 * logged in; what may be ended, and how fresh a log-in has to be for it, is decided in ca-core.
 */
@NullMarked
package de.kreissiegel.ra.pages.sessions;

import org.jspecify.annotations.NullMarked;
