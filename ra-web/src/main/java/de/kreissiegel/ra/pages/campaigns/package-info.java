/**
 * Pages of campaigns: what shall be renewed by when, what would happen, what has happened, and who
 * is left. Everything works without JavaScript.
 */
package de.kreissiegel.ra.pages.campaigns;
