/**
 * Terms of use in versions (BSI TR-03145-1, DissTC.Req.3 and 4). In come the texts of the settings
 * and people's acceptances; out goes which version is in force for a kind of certificate and a
 * tenant, and who accepted which when. Without it no application of a person is taken.
 */
package de.kreissiegel.ca.terms;
