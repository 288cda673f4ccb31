package de.kreissiegel.ra.validation;

import static java.lang.System.Logger.Level.ERROR;

/** Which address leads where. Whatever goes wrong behind a door, the caller hears one line. */
final class Doors {
  private static final System.Logger LOG = System.getLogger(Doors.class.getName());

  private final OcspDoor ocsp;
  private final FileDoor files;

  Doors(OcspDoor ocsp, FileDoor files) {
    this.ocsp = ocsp;
    this.files = files;
  }

  Reply answer(Call call) {
    try {
      String path = call.path();
      if (path.equals("/")) {
        return call.isRead()
            ? Reply.text(200, "Certificate status by OCSP and CRL. There are no pages here.")
            : Reply.wrongMethod("GET, HEAD");
      }
      return path.equals(OcspDoor.PATH) || path.startsWith(OcspDoor.PATH + "/")
          ? ocsp.open(call)
          : files.open(call);
    } catch (RuntimeException fault) {
      LOG.log(ERROR, "no answer to a request for status", fault);
      return Reply.text(503, "Not now.").with("Retry-After", "10");
    }
  }
}
