"""Verifies an export of the audit trail by docs/audit.md alone.

verify-audit.py EXPORT [AUDIT-KEY.pem]    needs Python 3, and openssl where a key is given
"""

import hashlib
import json
import subprocess
import sys
import tempfile


def tlv(tag, content):
    size = len(content)
    if size < 128:
        length = bytes([size])
    else:
        octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
        length = bytes([0x80 | len(octets)]) + octets
    return bytes([tag]) + length + content


def integer(value):
    return tlv(0x02, value.to_bytes((value if value >= 0 else ~value).bit_length() // 8 + 1, "big", signed=True))


def text(value):
    return tlv(0x0C, value.encode("utf-8"))


def encoded(event):
    old = event["version"] == 1
    parts = integer(event["version"]) + text(event["chain"]) + integer(event["sequence"])
    parts += integer(event["micros"]) + text(event["actor"])
    parts += text(event["actorName"]) if old else b""
    parts += text(event["action"])
    parts += tlv(0xA0, text(event["tenant"])) if "tenant" in event else b""
    parts += text(event["object"])
    parts += text(event["detail"]) if old else tlv(0x04, bytes.fromhex(event["commitment"]))
    return tlv(0x30, parts)


def words_hold(event):
    there = [name in event for name in ("salt", "actorName", "detail")]
    if event["version"] == 1 or not any(there):
        return True
    words = tlv(0x30, text(event["actorName"]) + text(event["detail"])) if all(there) else b""
    return all(there) and hashlib.sha256(bytes.fromhex(event["salt"]) + words).hexdigest() == event["commitment"]


def signature_holds(head, key):
    with tempfile.NamedTemporaryFile() as signature, tempfile.NamedTemporaryFile() as signed:
        signature.write(bytes.fromhex(head["signature"]))
        signed.write(bytes.fromhex(head["signed"]))
        signature.flush(), signed.flush()
        command = ["openssl", "dgst", "-sha256", "-verify", key, "-signature", signature.name, signed.name]
        return subprocess.run(command, capture_output=True).returncode == 0


def faults(lines, key):
    hashes, last = {}, {}
    for line in lines:
        entry = json.loads(line)
        chain, sequence, where = entry["chain"], entry["sequence"], f"{entry['chain']}/{entry['sequence']}"
        if entry["type"] == "event":
            if sequence != last.get(chain, 0) + 1:
                yield f"{where}: events before it are missing"
            before = hashes.get((chain, sequence - 1), bytes(32))
            if hashlib.sha256(before + encoded(entry)).hexdigest() != entry["hash"]:
                yield f"{where}: doesn't match its hash and the one before"
            if not words_hold(entry):
                yield f"{where}: its words are not those that were written"
            hashes[chain, sequence], last[chain] = bytes.fromhex(entry["hash"]), sequence
        elif entry["type"] == "gap":
            hashes[chain, sequence], last[chain] = bytes.fromhex(entry["hash"]), sequence
        else:
            if chain not in last:  # the signed head with which a part of the chain begins
                hashes[chain, sequence], last[chain] = bytes.fromhex(entry["hash"]), sequence
            head = text(chain) + integer(sequence) + tlv(0x04, bytes.fromhex(entry["hash"]))
            if head not in bytes.fromhex(entry["signed"]):
                yield f"{where}: what was signed is another head"
            if key and not signature_holds(entry, key):
                yield f"{where}: the head's signature is not the vault's"
            if hashes.get((chain, sequence), b"").hex() != entry["hash"]:
                yield f"{where}: the vault signed another hash"


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as export:
        found = list(faults(export, sys.argv[2] if len(sys.argv) > 2 else None))
    print("\n".join(found) if found else "whole")
    sys.exit(1 if found else 0)
