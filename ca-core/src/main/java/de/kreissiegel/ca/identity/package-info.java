/**
 * Who was checked how (BSI TR-03145-1, IR.Req.5 and IR.Req.12). In come officers' checks with their
 * decisions, confirmations afterwards, and their word on who is the same human; out goes who has to
 * be confirmed again, and who may be recorded twice.
 */
package de.kreissiegel.ca.identity;
