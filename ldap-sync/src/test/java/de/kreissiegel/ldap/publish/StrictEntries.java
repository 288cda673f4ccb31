package de.kreissiegel.ldap.publish;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.AssertionRequestControl;
import de.kreissiegel.ca.subject.SubjectId;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;

/** The server's entries; it can be made as strict as OpenLDAP is. */
final class StrictEntries implements Entries {
  /** Something that happens just before a change arrives. */
  interface Interference {
    void happen() throws LDAPException;
  }

  private final LDAPConnection connection;
  private final String base;
  final Queue<Interference> beforeModify = new ArrayDeque<>();
  ResultCode answer = ResultCode.SUCCESS;
  boolean comparesMessages = true;
  boolean takesOptionOfMessages = true;
  boolean activeDirectory;
  int modified;

  StrictEntries(LDAPConnection connection, String base) {
    this.connection = connection;
    this.base = base;
  }

  @Override
  public Optional<Entry> of(SubjectId subject, String... attributes) throws LDAPException {
    var request =
        new SearchRequest(
            base,
            SearchScope.SUB,
            Filter.createORFilter(
                Filter.createEqualityFilter("uid", subject.value()),
                Filter.createEqualityFilter("cn", subject.value())));
    request.setAttributes(attributes);
    return connection.search(request).getSearchEntries().stream()
        .map(this::withVersion)
        .findFirst();
  }

  /** OpenLDAP's entryCSN, which this server lacks: what stands in the entry serves. */
  private Entry withVersion(SearchResultEntry found) {
    Entry entry = found.duplicate();
    entry.addAttribute("entryCSN", version(found));
    return entry;
  }

  private static String version(Entry entry) {
    return Integer.toString(
        entry.getAttributesWithOptions("userSMIMECertificate", null).stream()
            .mapToInt(attribute -> Arrays.deepHashCode(attribute.getValueByteArrays()))
            .sum());
  }

  @Override
  public Optional<Entry> at(String dn, String... attributes) throws LDAPException {
    if (dn.isEmpty() && activeDirectory) {
      return Optional.of(
          new Entry("", new Attribute("supportedCapabilities", "1.2.840.113556.1.4.800")));
    }
    return Optional.ofNullable(connection.getEntry(dn, attributes));
  }

  @Override
  public void modify(ModifyRequest request) throws LDAPException {
    Interference next = beforeModify.poll();
    if (next != null) {
      next.happen();
    }
    refuse();
    for (Modification change : request.getModifications()) {
      strict(request.getDN(), change);
    }
    if (request.hasControl()) {
      SearchResultEntry now = connection.getEntry(request.getDN());
      String asserted =
          ((AssertionRequestControl) request.getControlList().getFirst())
              .getFilter()
              .getAssertionValue();
      if (!version(now).equals(asserted)) {
        throw new LDAPException(ResultCode.ASSERTION_FAILED, "changed");
      }
    }
    connection.modify(request.getDN(), request.getModifications());
    modified++;
  }

  private void strict(String dn, Modification change) throws LDAPException {
    if (!Attribute.getBaseName(change.getAttributeName()).equals("userSMIMECertificate")) {
      return;
    }
    if (!takesOptionOfMessages && change.getAttributeName().endsWith(";binary")) {
      throw new LDAPException(ResultCode.UNDEFINED_ATTRIBUTE_TYPE, "option not supported");
    }
    Entry entry = connection.getEntry(dn);
    boolean first =
        change.getModificationType().equals(ModificationType.ADD)
            && (entry == null || !entry.hasAttribute(change.getAttributeName()));
    if (!comparesMessages
        && !first
        && !change.getModificationType().equals(ModificationType.REPLACE)) {
      throw new LDAPException(ResultCode.INAPPROPRIATE_MATCHING, "no equality matching rule");
    }
  }

  @Override
  public void add(Entry entry) throws LDAPException {
    refuse();
    connection.add(entry);
  }

  private void refuse() throws LDAPException {
    if (!answer.equals(ResultCode.SUCCESS)) {
      throw new LDAPException(answer, answer.getName());
    }
  }
}
