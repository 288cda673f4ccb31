/**
 * What people are told by mail, and its queue. A {@link de.kreissiegel.ca.letter.Cue} is written in
 * the transaction of what causes it; once it is clear who has to hear of it, it becomes {@link
 * de.kreissiegel.ca.letter.Letter}s, each of which is sent at least once, in order, with the same
 * Message-ID (RFC 5322 §3.6.4) each time. How a letter looks and travels is the {@link
 * de.kreissiegel.ca.letter.Courier}'s affair.
 */
package de.kreissiegel.ca.letter;
