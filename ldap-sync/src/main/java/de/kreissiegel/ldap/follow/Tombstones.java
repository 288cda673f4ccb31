package de.kreissiegel.ldap.follow;

import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import de.kreissiegel.ldap.mapping.MappedDirectory;

/** What an Active Directory keeps of deleted entries (MS-ADTS §3.1.1.5.5). */
final class Tombstones {
  static final String HIDDEN =
      "the account may not read the container Deleted Objects: who is deleted is seen when"
          + " everything is read next";

  private static final System.Logger LOG = System.getLogger(Tombstones.class.getName());

  private Tombstones() {}

  /** Shows deleted entries, too (MS-ADTS §3.1.1.3.4.1.14). */
  static Control shown() {
    return new Control("1.2.840.113556.1.4.417", true);
  }

  /** Whether we may see them: the right is not that of every account. */
  static boolean areVisible(MappedDirectory directory) throws LDAPException {
    String domain = directory.connections().features().required("defaultNamingContext");
    var request =
        new SearchRequest(
            "CN=Deleted Objects," + domain,
            SearchScope.BASE,
            Filter.createPresenceFilter("objectClass"),
            SearchRequest.NO_ATTRIBUTES);
    request.addControl(shown());
    try {
      return !directory.connections().search(request).getSearchEntries().isEmpty();
    } catch (LDAPException e) {
      if (e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)
          || e.getResultCode().equals(ResultCode.INSUFFICIENT_ACCESS_RIGHTS)) {
        return false;
      }
      throw e;
    }
  }

  static void warnIfHidden(MappedDirectory directory) throws LDAPException {
    if (!areVisible(directory)) {
      LOG.log(System.Logger.Level.WARNING, HIDDEN);
    }
  }
}
