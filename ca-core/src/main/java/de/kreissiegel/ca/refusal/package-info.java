/** One vocabulary of "no" for every door; each door renders it in its protocol's own codes. */
package de.kreissiegel.ca.refusal;
