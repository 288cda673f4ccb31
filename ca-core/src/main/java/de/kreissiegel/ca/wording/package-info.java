/** What a tenant's registration officers say in their own words again and again. */
package de.kreissiegel.ca.wording;
