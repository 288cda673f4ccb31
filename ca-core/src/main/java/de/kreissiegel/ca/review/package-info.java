/**
 * What an officer has to see of an application beside its own words: hints at risks, what the
 * linter says of the certificate to be, and what the person has and had. In comes a request, out
 * goes a {@link de.kreissiegel.ca.review.Review}; nothing is decided here.
 */
package de.kreissiegel.ca.review;
