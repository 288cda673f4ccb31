/**
 * The pages of the terms of use. In comes what somebody accepts with a form; out go the texts that
 * are in force, earlier ones, and who accepted which.
 */
@NullMarked
package de.kreissiegel.ra.pages.terms;

import org.jspecify.annotations.NullMarked;
