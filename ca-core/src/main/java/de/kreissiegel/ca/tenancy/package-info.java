/** The district and its tenants: between which there is isolation. */
package de.kreissiegel.ca.tenancy;
