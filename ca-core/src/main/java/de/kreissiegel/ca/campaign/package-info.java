/**
 * Campaigns: "everybody on the new authority by 1 March". An officer says which certificates are to
 * be followed by others, by which day and how many letters a day may go out; holders are written to
 * within business hours, and reminded. How far it is, is told from the certificates that there are,
 * never from what somebody clicked. Nothing is revoked.
 */
package de.kreissiegel.ca.campaign;
