/**
 * The pages: what people see of the counter. In come requests of a browser with a session, out goes
 * HTML (templates in {@code templates}, words in {@code messages*.properties}). Each state changes
 * by POST and answers with a redirect. What may be done is decided at the desks of ca-core; pages
 * only show and ask. Here is what all pages share: the frame, the words, the error pages.
 */
@NullMarked
package de.kreissiegel.ra.pages;

import org.jspecify.annotations.NullMarked;
