package de.kreissiegel.ldap.demo;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedAddResult;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedDeleteResult;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyDNResult;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyResult;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import java.io.IOException;

/** Writes down what was changed before the client is told. */
final class Scribe extends InMemoryOperationInterceptor {
  /** Where it is written. */
  interface Notebook {
    /** The entry as it stands now, or that it is gone. */
    void entry(String dn) throws IOException;

    /** Everything. */
    void everything() throws IOException;
  }

  /** A change of the notebook that may fail. */
  private interface Writing {
    void write() throws IOException;
  }

  private final Notebook notebook;

  Scribe(Notebook notebook) {
    this.notebook = notebook;
  }

  @Override
  public void processAddResult(InMemoryInterceptedAddResult add) {
    String dn = add.getRequest().getDN();
    add.setResult(written(add.getResult(), () -> notebook.entry(dn)));
  }

  @Override
  public void processModifyResult(InMemoryInterceptedModifyResult modify) {
    String dn = modify.getRequest().getDN();
    modify.setResult(written(modify.getResult(), () -> notebook.entry(dn)));
  }

  @Override
  public void processDeleteResult(InMemoryInterceptedDeleteResult delete) {
    boolean subtree = delete.getRequest().getControls().length > 0;
    String dn = delete.getRequest().getDN();
    delete.setResult(
        written(delete.getResult(), subtree ? notebook::everything : () -> notebook.entry(dn)));
  }

  @Override
  public void processModifyDNResult(InMemoryInterceptedModifyDNResult move) {
    move.setResult(written(move.getResult(), notebook::everything));
  }

  private static LDAPResult written(LDAPResult result, Writing writing) {
    if (!result.getResultCode().equals(ResultCode.SUCCESS)) {
      return result;
    }
    try {
      writing.write();
      return result;
    } catch (IOException e) {
      return new LDAPResult(
          result.getMessageID(),
          ResultCode.UNAVAILABLE,
          "the change could not be written to disk",
          null,
          new String[0],
          new Control[0]);
    }
  }
}
