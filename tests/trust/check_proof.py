#!/usr/bin/env python3
"""check_proof.py FILE [PUB] - check proofs, one a line, by RFC 9162 and C2SP alone.
PUB: the public key that must have signed each.  Prints how many hold; exit 0 if all."""
import base64, hashlib, json, shutil, subprocess, sys, tempfile, uuid

skipped = set()

def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()

def root(leaf, index, size, path):  # RFC 9162, 2.1.3.2
    last = size - 1
    for node in map(bytes.fromhex, path):
        assert last > 0, "too long a path"
        if index & 1 or index == last:
            leaf = sha(b"\1", node, leaf)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            leaf = sha(b"\1", leaf, node)
        index, last = index >> 1, last >> 1
    return leaf if last == 0 else None

def ed25519(key, sig, text):
    try:
        from cryptography.hazmat.primitives.asymmetric import ed25519 as ed
        return ed.Ed25519PublicKey.from_public_bytes(key).verify(sig, text)
    except ImportError:
        pass
    if shutil.which("openssl"):  # it wants files, and the key in DER
        with tempfile.TemporaryDirectory() as d:
            for name, data in ("k", bytes.fromhex("302a300506032b6570032100") + key), ("s", sig), ("t", text):
                open(f"{d}/{name}", "wb").write(data)
            subprocess.run(["openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-keyform", "DER", "-inkey",
                            f"{d}/k", "-sigfile", f"{d}/s", "-in", f"{d}/t"], check=True, capture_output=True)
    else:
        skipped.add("signatures not checked: neither python3-cryptography nor openssl is there")

def check(proof, pub):
    e, head = proof["event"], proof["head"]
    leaf = sha(b"\0", e["seq"].to_bytes(8, "big"), e["recorded_us"].to_bytes(8, "big", signed=True),
               uuid.UUID(e["id"]).bytes,
               bytes.fromhex(e["body_sha256"]) if "body_sha256" in e else sha(bytes.fromhex(e["body"])))
    assert proof["leaf_index"] == e["seq"] - 1 < head["size"], "another leaf"
    assert root(leaf, e["seq"] - 1, head["size"], proof["path"]) == bytes.fromhex(head["root"]), "not in the tree"
    if pub:
        name, key_id, key = pub.strip().split("+", 2)
        text, _, signature = proof["note"].rpartition("\n\n")
        text = (text + "\n").encode()
        assert text.split(b"\n")[1:3] == [b"%d" % head["size"], base64.b64encode(bytes.fromhex(head["root"]))]
        dash, signer, data = signature.split()
        data, key = base64.b64decode(data), base64.b64decode(key)
        assert (signer, data[:4].hex()) == (name, key_id) and sha(name.encode(), b"\n", key)[:4] == data[:4]
        ed25519(key[1:], data[4:], text)

if __name__ == "__main__":
    if not __debug__:
        sys.exit("check_proof.py: its checks are assertions: run it without -O")
    held, lines = 0, open(sys.argv[1], encoding="utf-8").read().splitlines()
    for line in lines:
        try:
            check(json.loads(line), open(sys.argv[2]).read() if len(sys.argv) > 2 else None)
            held += 1
        except Exception as why:
            print("does not hold:", type(why).__name__, why, file=sys.stderr)
    print(held, "of", len(lines), "proofs hold", *skipped)
    sys.exit(held != len(lines) or held == 0)
