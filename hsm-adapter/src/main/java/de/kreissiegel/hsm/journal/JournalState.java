package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;

/**
 * Where the next entry goes.
 *
 * @param size how many entries there are, all on disk
 * @param head the last one's hash
 * @param segment the first entry's number of the file that is written
 * @param position where that file ends
 */
record JournalState(long size, Bytes head, long segment, long position) {}
