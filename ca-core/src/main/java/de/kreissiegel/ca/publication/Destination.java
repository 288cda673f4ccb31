package de.kreissiegel.ca.publication;

import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.SubjectId;
import java.util.List;

/**
 * A directory that is written to. Whatever is asked of it may be asked again: what is as it shall
 * be stays as it is. Used by several threads at once.
 */
public interface Destination {
  DirectoryName name();

  /** What goes there. */
  PublicationRules rules();

  /**
   * Adds and takes away values of the subject's entry, all or none, and touches no other value
   * there. An entry that is gone counts as changed.
   *
   * @throws DirectoryUnavailable if the directory doesn't answer; nobody knows what was done
   * @throws EntryRefused if the directory answers that it won't; nothing was done
   */
  void change(SubjectId subject, List<ValueChange> changes)
      throws DirectoryUnavailable, EntryRefused;

  /**
   * Replaces what the directory says of an authority, at once: whoever reads sees the old values or
   * the new ones. Makes the entry if it isn't there.
   *
   * @throws DirectoryUnavailable as above
   * @throws EntryRefused as above
   */
  void post(Posting posting) throws DirectoryUnavailable, EntryRefused;
}
