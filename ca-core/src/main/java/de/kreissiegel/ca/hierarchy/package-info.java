/**
 * When keys follow each other: {@link de.kreissiegel.ca.hierarchy.RolloverPlanner} computes it from
 * dates alone, {@link de.kreissiegel.ca.hierarchy.HierarchyCalendar} for this installation, with
 * the algorithm calendar beside it. Nothing outlives its issuer (TR-03116-4 §6.1.2), and the next
 * key exists before the old one stops issuing (TR-03145-1 PRC.Req.2).
 */
package de.kreissiegel.ca.hierarchy;
