package de.kreissiegel.ra.validation;

import static java.lang.System.Logger.Level.ERROR;

import org.jspecify.annotations.Nullable;

/** Which address leads where. Whatever goes wrong behind a door, the caller hears one line. */
final class Doors {
  private static final System.Logger LOG = System.getLogger(Doors.class.getName());

  private final OcspDoor ocsp;
  private final FileDoor files;

  Doors(OcspDoor ocsp, FileDoor files) {
    this.ocsp = ocsp;
    this.files = files;
  }

  /** The answer, if it is there without waiting for anything; else null. */
  @Nullable Reply atOnce(Call call) {
    try {
      return OcspDoor.isFor(call.path()) ? ocsp.atOnce(call) : null;
    } catch (RuntimeException fault) {
      LOG.log(ERROR, "no answer to a request for status", fault);
      return Reply.notNow();
    }
  }

  Reply answer(Call call) {
    try {
      String path = call.path();
      if (path.equals("/")) {
        return call.isRead()
            ? Reply.text(200, "Certificate status by OCSP and CRL. There are no pages here.")
            : Reply.wrongMethod("GET, HEAD");
      }
      return OcspDoor.isFor(path) ? ocsp.open(call) : files.open(call);
    } catch (RuntimeException fault) {
      LOG.log(ERROR, "no answer to a request for status", fault);
      return Reply.notNow();
    }
  }
}
