package de.kreissiegel.ldap.demo;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedAddRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedCompareRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedDeleteRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedExtendedRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyDNRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSASLBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchEntry;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindResult;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import de.kreissiegel.ldap.sample.SampleDistrict;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who may do what in the demo's directory: nobody reads without a password, people read, the
 * service account changes certificates and nothing else, the administrator changes everything.
 * Nobody but the administrator sees a password's hash.
 */
final class Guard extends InMemoryOperationInterceptor {
  private static final int REMEMBERED = 20_000;
  private static final String PASSWORD = "userPassword";

  private enum Role {
    ANONYMOUS,
    READER,
    SERVICE,
    ADMINISTRATOR
  }

  /** By connection. The server tells no interceptor when one ends, so the longest unused goes. */
  private final Map<Long, Role> roles =
      Collections.synchronizedMap(
          new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, Role> eldest) {
              return size() > REMEMBERED;
            }
          });

  @Override
  public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest bind)
      throws LDAPException {
    roles.remove(bind.getConnectionID());
    String dn = bind.getRequest().getBindDN();
    if (!dn.isEmpty() && bind.getRequest().getPassword().getValueLength() == 0) {
      throw new LDAPException(ResultCode.UNWILLING_TO_PERFORM, "a bind needs a password");
    }
  }

  @Override
  public void processSimpleBindResult(InMemoryInterceptedSimpleBindResult bind) {
    if (!bind.getResult().getResultCode().equals(ResultCode.SUCCESS)) {
      return;
    }
    String dn = bind.getRequest().getBindDN();
    if (!dn.isEmpty()) {
      roles.put(bind.getConnectionID(), role(dn));
    }
  }

  private static Role role(String dn) {
    try {
      if (DN.equals(dn, SampleDistrict.ADMINISTRATOR_DN)) {
        return Role.ADMINISTRATOR;
      }
      return DN.equals(dn, SampleDistrict.SERVICE_DN) ? Role.SERVICE : Role.READER;
    } catch (LDAPException unreadable) {
      return Role.READER;
    }
  }

  @Override
  public void processSASLBindRequest(InMemoryInterceptedSASLBindRequest bind) throws LDAPException {
    throw new LDAPException(ResultCode.AUTH_METHOD_NOT_SUPPORTED, "simple bind only");
  }

  @Override
  public void processExtendedRequest(InMemoryInterceptedExtendedRequest request)
      throws LDAPException {
    // Password change and transactions would write past the log.
    throw new LDAPException(ResultCode.UNWILLING_TO_PERFORM, "no extended operations here");
  }

  @Override
  public void processSearchRequest(InMemoryInterceptedSearchRequest search) throws LDAPException {
    var request = search.getRequest();
    boolean rootDse = request.getBaseDN().isEmpty() && request.getScope().equals(SearchScope.BASE);
    if (!rootDse) {
      refuseUnless(search, Role.READER);
    }
    if (asksForPassword(request.getFilter())) {
      refuseUnless(search, Role.ADMINISTRATOR);
    }
  }

  @Override
  public void processSearchEntry(InMemoryInterceptedSearchEntry found) {
    if (found.getSearchEntry().hasAttribute(PASSWORD)
        && roleOf(found.getConnectionID()) != Role.ADMINISTRATOR) {
      Entry shown = found.getSearchEntry().duplicate();
      shown.removeAttribute(PASSWORD);
      found.setSearchEntry(shown);
    }
  }

  @Override
  public void processCompareRequest(InMemoryInterceptedCompareRequest compare)
      throws LDAPException {
    boolean secret = isPassword(compare.getRequest().getAttributeName());
    refuseUnless(compare, secret ? Role.ADMINISTRATOR : Role.READER);
  }

  @Override
  public void processModifyRequest(InMemoryInterceptedModifyRequest modify) throws LDAPException {
    boolean publication =
        modify.getRequest().getModifications().stream().allMatch(Guard::isPublication);
    refuseUnless(modify, publication ? Role.SERVICE : Role.ADMINISTRATOR);
  }

  /** A certificate's value added or taken away, or the class that lets an entry hold one. */
  private static boolean isPublication(Modification change) {
    boolean adds = change.getModificationType().equals(ModificationType.ADD);
    boolean deletes = change.getModificationType().equals(ModificationType.DELETE);
    if (change.getAttributeName().equalsIgnoreCase("userCertificate;binary")) {
      return change.hasValue() && (adds || deletes);
    }
    return adds
        && change.getAttributeName().equalsIgnoreCase("objectClass")
        && change.getValues().length == 1
        && change.getValues()[0].equalsIgnoreCase("pkiUser");
  }

  @Override
  public void processAddRequest(InMemoryInterceptedAddRequest add) throws LDAPException {
    refuseUnless(add, Role.ADMINISTRATOR);
  }

  @Override
  public void processDeleteRequest(InMemoryInterceptedDeleteRequest delete) throws LDAPException {
    refuseUnless(delete, Role.ADMINISTRATOR);
  }

  @Override
  public void processModifyDNRequest(InMemoryInterceptedModifyDNRequest move) throws LDAPException {
    refuseUnless(move, Role.ADMINISTRATOR);
  }

  private Role roleOf(long connection) {
    Role role = roles.get(connection);
    return role == null ? Role.ANONYMOUS : role;
  }

  private void refuseUnless(InMemoryInterceptedRequest request, Role least) throws LDAPException {
    Role role = roleOf(request.getConnectionID());
    if (role.compareTo(least) < 0) {
      throw new LDAPException(
          ResultCode.INSUFFICIENT_ACCESS_RIGHTS,
          role == Role.ANONYMOUS ? "bind first" : "this account may not do that");
    }
  }

  /** By name or number (RFC 4519 §2.41), with options or without. */
  private static boolean isPassword(String name) {
    String bare = Attribute.getBaseName(name);
    return bare.equalsIgnoreCase(PASSWORD) || bare.equals("2.5.4.35");
  }

  private static boolean asksForPassword(Filter filter) {
    String name = filter.getAttributeName();
    if (name != null && isPassword(name)) {
      return true;
    }
    Filter not = filter.getNOTComponent();
    if (not != null && asksForPassword(not)) {
      return true;
    }
    for (Filter part : filter.getComponents()) {
      if (asksForPassword(part)) {
        return true;
      }
    }
    return false;
  }
}
