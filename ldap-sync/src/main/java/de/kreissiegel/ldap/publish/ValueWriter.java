package de.kreissiegel.ldap.publish;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.controls.AssertionRequestControl;
import de.kreissiegel.ca.publication.EntryRefused;
import de.kreissiegel.ca.publication.ValueChange;
import de.kreissiegel.ca.publication.ValueChange.Form;
import de.kreissiegel.ca.subject.SubjectId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings values into people's entries and out of them, and touches no other value. Reads the entry,
 * changes what differs, and begins again if somebody else changed it in between.
 *
 * <p>Single values can be added to and taken from an attribute only where the server can compare
 * them. OpenLDAP's {@code userSMIMECertificate} has no equality rule, as RFC 2798 §2.8 gives it
 * none, and its syntax doesn't take the option {@code binary}. There the attribute is replaced by
 * what it held, with our values changed, on the condition that the entry is still the one that was
 * read (RFC 4528, {@code entryCSN}).
 */
final class ValueWriter {
  private static final int ATTEMPTS = 8;

  /** Changes with each change of the entry: OpenLDAP's, Active Directory's. */
  private static final List<String> VERSIONS = List.of("entryCSN", "uSNChanged");

  private static final String[] READ =
      Stream.of(EntryValues.ATTRIBUTES, VERSIONS, List.of("objectClass"))
          .flatMap(List::stream)
          .toArray(String[]::new);

  /** Somebody else was quicker, or the entry moved. */
  private static final Set<ResultCode> CHANGED =
      Set.of(
          ResultCode.NO_SUCH_OBJECT,
          ResultCode.ATTRIBUTE_OR_VALUE_EXISTS,
          ResultCode.NO_SUCH_ATTRIBUTE,
          ResultCode.ASSERTION_FAILED);

  private final Entries entries;

  private final ServerKind server;

  /** How this server is known to want it. */
  private volatile @Nullable Manner manner;

  /**
   * How values are changed.
   *
   * @param replaced whether messages are replaced, for the server can't compare them
   * @param plain what is written without the option {@code binary}
   */
  private record Manner(boolean replaced, Set<Form> plain) {
    Manner replacing() {
      return new Manner(true, plain);
    }

    Manner without(Form form) {
      return new Manner(
          replaced,
          Stream.concat(plain.stream(), Stream.of(form)).collect(Collectors.toUnmodifiableSet()));
    }
  }

  ValueWriter(Entries entries, ServerKind server) {
    this.entries = entries;
    this.server = server;
  }

  void write(SubjectId subject, List<ValueChange> changes) throws LDAPException, EntryRefused {
    boolean withClass = false;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Entry> entry = entries.of(subject, READ);
      if (entry.isEmpty()) {
        return; // gone, and its values with it
      }
      Manner tried = manner();
      var values = new EntryValues(entry.get(), changes, tried.plain());
      if (values.areThere()) {
        return;
      }
      try {
        entries.modify(request(entry.get(), values, tried, withClass));
        return;
      } catch (LDAPException answer) {
        ResultCode code = answer.getResultCode();
        Optional<Manner> better = better(code, values, tried);
        if (better.isPresent()) {
          manner = better.get();
        } else if (code.equals(ResultCode.OBJECT_CLASS_VIOLATION) && !withClass) {
          withClass = true;
        } else if (!CHANGED.contains(code)) {
          throw named(entry.get(), answer);
        }
      }
    }
    throw new EntryRefused("the entry of " + subject.value() + " changes all the time");
  }

  /** Active Directory knows no option {@code binary}. */
  private Manner manner() throws LDAPException {
    Manner known = manner;
    if (known == null) {
      known = new Manner(false, server.isActiveDirectory() ? Set.of(Form.values()) : Set.of());
      manner = known;
    }
    return known;
  }

  /** What the server may want instead of what it just refused. */
  private static Optional<Manner> better(ResultCode code, EntryValues values, Manner tried) {
    if (code.equals(ResultCode.INAPPROPRIATE_MATCHING) && !tried.replaced()) {
      return Optional.of(tried.replacing());
    }
    if (!code.equals(ResultCode.UNDEFINED_ATTRIBUTE_TYPE)) {
      return Optional.empty();
    }
    // The answer doesn't say which attribute it means. OpenLDAP takes the option of one only.
    return Stream.of(Form.SMIME_MESSAGE, Form.CERTIFICATE)
        .filter(form -> !tried.plain().contains(form))
        .filter(form -> form == Form.CERTIFICATE || values.changesMessages())
        .findFirst()
        .map(tried::without);
  }

  private static ModifyRequest request(
      Entry entry, EntryValues values, Manner manner, boolean withClass) throws EntryRefused {
    var modifications = manner.replaced() ? values.messagesReplaced() : values.oneByOne();
    if (withClass) {
      // A device can't hold a certificate by itself; pkiUser (RFC 4523 §3.1) lets it.
      modifications.addFirst(EntryValues.pkiUser());
    }
    var request = new ModifyRequest(entry.getDN(), modifications);
    if (manner.replaced() && values.changesMessages()) {
      request.addControl(new AssertionRequestControl(unchanged(entry)));
    }
    return request;
  }

  private static Filter unchanged(Entry entry) throws EntryRefused {
    for (String version : VERSIONS) {
      String value = entry.getAttributeValue(version);
      if (value != null) {
        return Filter.createEqualityFilter(version, value);
      }
    }
    throw new EntryRefused(
        "this directory can't compare values of userSMIMECertificate, and shows no entryCSN of "
            + entry.getDN());
  }

  private static LDAPException named(Entry entry, LDAPException answer) {
    return new LDAPException(
        answer.getResultCode(), entry.getDN() + ": " + answer.getMessage(), answer);
  }
}
