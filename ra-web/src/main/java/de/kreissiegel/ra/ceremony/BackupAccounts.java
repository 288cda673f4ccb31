package de.kreissiegel.ra.ceremony;

/** Accounts for backups that hold what is to be gone. */
final class BackupAccounts {
  private BackupAccounts() {}

  /**
   * Asks for them, one after the other.
   *
   * @param question the key of the words that ask where one is
   */
  static void ask(Room room, String question) throws CeremonyAborted {
    Words words = room.words();
    for (String backup = room.ask("backup-place", words.say(question), false);
        !backup.isEmpty();
        backup = room.ask("backup-place", words.say(question), false)) {
      boolean gone = room.yes("backup-destroyed", words.say("ask.backup.destroyed", backup));
      account(room, words.say("account.backup", backup), gone);
    }
  }

  /** What is still there is written down as outstanding: the record says so, too. */
  static void account(Room room, String thing, boolean gone) throws CeremonyAborted {
    Words words = room.words();
    String by = room.ask("by", words.say("ask.by"), false);
    room.minutes()
        .account(thing, words.say(gone ? "account.destroyed" : "account.outstanding"), by);
  }
}
