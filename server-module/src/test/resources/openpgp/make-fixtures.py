#!/usr/bin/env python3
"""Made the files beside it, once, with GnuPG 2.2.40 and 1.4.23 (Debian 12); the tests need neither.

    make-fixtures.py DIRECTORY

Every NAME.key-announcement and NAME.address-claim is a whole valid or spoilt block, NAME.asc a clear-signed text,
NAME.key an armoured key. The tests' clock stands at 2026-11-23T12:00:00Z.
"""
import atexit
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile

OUT = sys.argv[1]
MADE = "20261122T120000!"
SIGNED = "20261122T130000!"
LATER = "20261122T140000!"
DATE = "2026-11-22T18:00:00Z"
EXPIRES = "2026-12-22T18:00:00Z"
FINGERPRINT = re.compile(r"^fpr:{9}([0-9A-F]{40}):", re.M)


def save(name, content):
    with open(os.path.join(OUT, name), "wb") as f:
        f.write(content)


class Gpg:
    """A key ring of its own, of one program."""

    def __init__(self, program="gpg"):
        self.program = program
        self.home = tempfile.mkdtemp(prefix="fixture")
        os.chmod(self.home, 0o700)
        atexit.register(shutil.rmtree, self.home, True)  # ends its agent as well

    def run(self, *args, text=b"", at=None, check=True):
        command = [self.program, "--homedir", self.home, "--batch", "--yes", "--no-greeting", "--no-tty"]
        if self.program == "gpg":
            command += ["--pinentry-mode", "loopback", "--passphrase", ""]
            if at:
                command += ["--faked-system-time", at]
        done = subprocess.run(command + list(args), input=text, capture_output=True)
        if check and done.returncode:
            raise SystemExit("%s\n%s" % (" ".join(command + list(args)), done.stderr.decode()))
        return done.stdout

    def make(self, parameters, *more, at=MADE):
        if self.program == "gpg":
            parameters = "%no-protection\n" + parameters
        self.run("--gen-key", *more, text=(parameters + "%commit\n").encode(), at=at)
        return self.fingerprints()[0]

    def quick(self, userid, algorithm, usage, expire="never", at=MADE):
        self.run("--quick-gen-key", userid, algorithm, usage, expire, at=at)
        return self.fingerprints()[0]

    def fingerprints(self):
        """Of the primary key, then of its subkeys."""
        return FINGERPRINT.findall(self.run("--with-colons", "--fingerprint", "--fingerprint", "--list-keys").decode())

    def edit(self, key, answers, *more, at=LATER):
        self.run(*more, "--command-fd", "0", "--status-fd", "2", "--expert", "--edit-key", key, text=answers.encode(), at=at)

    def export(self, key):
        return self.run("--armor", "--export", key).decode()

    def sign(self, key, text, digest="SHA512", at=SIGNED, *more):
        return self.run("--local-user", key, "--digest-algo", digest, *more, "--clearsign", text=text, at=at)


def proof(covered):
    seen = {}
    n = 0
    while True:
        nonce = "%09x" % n
        head = hashlib.sha256(nonce.encode() + covered).digest()[:3]
        if head in seen:
            return "bd,%s,%s" % (seen[head], nonce)
        seen[head] = nonce
        n += 1


def announce(name, gpg, fingerprint, signer=None, digest="SHA512", at=SIGNED, more=(), key=None, userid="N. N. <n@example.test>"):
    signed = sign_announcement(gpg, fingerprint, signer, digest, at, more, key, userid)
    save(name + ".key-announcement", signed)


def sign_announcement(gpg, fingerprint, signer=None, digest="SHA512", at=SIGNED, more=(), key=None, userid="N. N. <n@example.test>"):
    lines = ("Type: key-announcement\nVersion: 1\nDate: %s\nExpires: %s\nUserid: %s\nTransport: server=localhost:8081\n"
             "Mailboxes: 0,1,2,3\nSenderProofOfWork: bd,24,2\n\n%s\n" % (DATE, EXPIRES, userid, key or gpg.export(fingerprint)))
    work = proof(lines.replace("\n", "").encode())
    return gpg.sign(signer or fingerprint, ("ProofOfWork: %s\n%s" % (work, lines)).encode(), digest, at, *more)


def claim(name, gpg, fingerprint, signer=None, address="n@example.test", digest="SHA512", at=SIGNED, date=DATE, more=()):
    work = proof(date.encode() + bytes.fromhex(fingerprint) + address.encode())
    text = "Type: address-claim\nVersion: 1\nDate: %s\nProofOfWork: %s\nKeyid: %s\nAddress: %s\n" % (
        date, work, fingerprint, address)
    save(name + ".address-claim", gpg.sign(signer or fingerprint, text.encode(), digest, at, *more))


def parameters(primary, sub):
    return "Key-Type: %s\nKey-Usage: sign\nSubkey-Type: %s\nSubkey-Usage: encrypt\nName-Real: N. N.\nName-Email: n@example.test\nExpire-Date: 0\n" % (
        primary, sub)


def algorithms():
    for bits in (1024, 2048, 3072, 4096):
        gpg = Gpg()
        key = gpg.make(parameters("RSA\nKey-Length: %d" % bits, "RSA\nSubkey-Length: %d" % bits))
        announce("rsa%d" % bits, gpg, key)
        claim("rsa%d" % bits, gpg, key)
    for bits in (1024, 2048, 3072):
        gpg = Gpg()
        key = gpg.make(parameters("DSA\nKey-Length: %d" % bits, "ELG-E\nSubkey-Length: %d" % bits))
        announce("dsa%d" % bits, gpg, key)
    for curve in ("nistp256", "nistp384", "nistp521", "brainpoolP256r1", "brainpoolP384r1", "brainpoolP512r1", "secp256k1"):
        gpg = Gpg()
        key = gpg.make(parameters("ECDSA\nKey-Curve: " + curve, "ECDH\nSubkey-Curve: " + curve))
        announce(curve, gpg, key)
    gpg = Gpg()
    key = gpg.make(parameters("EDDSA\nKey-Curve: ed25519", "ECDH\nSubkey-Curve: cv25519"))
    announce("ed25519", gpg, key)
    claim("ed25519", gpg, key)


def digests():
    gpg = Gpg()
    key = gpg.quick("N. N. <n@example.test>", "rsa2048", "sign,cert")
    for digest in ("SHA512", "SHA384", "SHA256", "SHA224", "SHA1", "RIPEMD160"):
        announce("digest-" + digest.lower(), gpg, key, digest=digest)
    announce("signed-in-the-future", gpg, key, at="20261130T110000!")
    announce("signature-expires", gpg, key, more=["--default-sig-expire", "seconds=3600"])
    other = Gpg()
    second = other.quick("Second <second@example.test>", "ed25519", "sign,cert")
    announce("signed-by-another", other, key, signer=second, key=gpg.export(key))
    other.run("--import", text=gpg.run("--export-secret-keys", key))
    announce("two-primary-keys", other, key, key=other.run("--armor", "--export").decode())
    announce("two-signatures", other, key, more=["--local-user", second], key=gpg.export(key))


def texts():
    gpg = Gpg()
    key = gpg.quick("N. N. <n@example.test>", "ed25519", "sign,cert")
    save("texts.key", gpg.export(key).encode())
    for name, text in {
        "empty": b"",
        "one-line": b"one line\n",
        "no-final-newline": b"no final newline",
        "dashes": b"- dash\n-----BEGIN PGP PUBLIC KEY BLOCK-----\n--\n-\nFrom here\n",
        "trailing-blanks": b"blank \ntab\t\nboth \t \n \n\t\nend\n",
        "blank-lines": b"\n\nbetween\n\n\nand after\n\n\n",
        "crlf": b"one\r\ntwo \r\n\r\nthree\r\n",
        "lone-cr": b"one\rtwo\r\r\nthree\n",
        "utf8": "Grüße aus Zürich, 日本\n".encode(),
        "bytes": bytes(i for i in range(1, 256) if i not in (10, 13)) + b"\n",
    }.items():
        save("text-%s.asc" % name, gpg.sign(key, text))
        save("text-%s.signed" % name, text)


def userids():
    gpg = Gpg()
    key = gpg.quick("Jürgen Müller-Lüdenscheidt (日本) <j@example.test>", "ed25519", "sign,cert")
    announce("userid-utf8", gpg, key, userid="Jürgen Müller-Lüdenscheidt (日本) <j@example.test>")
    for n in range(3):
        gpg.run("--quick-add-uid", key, "Other %d <o%d@example.test>" % (n, n), at=LATER)
    gpg.run("--quick-revoke-uid", key, "Other 1 <o1@example.test>", at=LATER)
    announce("userid-several", gpg, key, at=LATER)
    photo = os.path.join(gpg.home, "photo.jpg")
    with open(photo, "wb") as f:
        f.write(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01" + bytes(3000) + b"\xff\xd9")
    gpg.edit(key, "addphoto\n%s\ny\ny\nsave\n" % photo)
    announce("userid-photo", gpg, key, at=LATER)
    other = Gpg()
    other.quick("Other <other@example.test>", "rsa2048", "sign,cert")
    other.run("--import", text=gpg.export(key).encode())
    other.run("--quick-sign-key", key, at=LATER)
    announce("certified-by-another", gpg, key, at=LATER, key=other.export(key))


def lifetimes():
    gpg = Gpg()
    key = gpg.quick("N. N. <n@example.test>", "ed25519", "sign,cert", "30d", at="20261010T120000!")
    announce("key-expired", gpg, key, at="20261010T130000!")
    announce("key-expires-before-signing", gpg, key, at="20261020T130000!")
    gpg.run("--quick-set-expire", key, "1y", at="20261020T120000!")
    announce("key-extended", gpg, key)
    gpg.run("--quick-set-expire", key, "20261123T000000", at=LATER)
    announce("key-shortened", gpg, key)

    gpg = Gpg()
    key = gpg.quick("N. N. <n@example.test>", "rsa2048", "sign,cert")
    announce("key-not-yet-revoked", gpg, key)
    claim("key-not-yet-revoked", gpg, key)
    with open(os.path.join(gpg.home, "openpgp-revocs.d", key + ".rev")) as f:
        revocation = f.read().replace(":-----BEGIN", "-----BEGIN")
    other = Gpg()
    other.run("--import", text=gpg.export(key).encode())
    other.run("--import", text=revocation.encode())
    announce("key-revoked", gpg, key, key=other.export(key))

    gpg = Gpg()
    key = gpg.quick("N. N. <n@example.test>", "ed25519", "cert", at="20261010T120000!")
    gpg.run("--quick-add-key", key, "ed25519", "sign", "30d", at="20261010T120000!")
    subkey = gpg.fingerprints()[1] + "!"
    announce("subkey-expired", gpg, key, signer=subkey, at="20261020T120000!")
    gpg.run("--quick-set-expire", key, "1y", gpg.fingerprints()[1], at="20261020T120000!")
    announce("subkey-extended", gpg, key, signer=subkey)
    claim("subkey-first", gpg, key, signer=subkey)
    gpg.run("--quick-add-key", key, "ed25519", "sign", "1y", at=MADE)
    gpg.run("--quick-add-key", key, "cv25519", "encr", "1y", at=MADE)
    second = gpg.fingerprints()[2] + "!"
    announce("subkey-second", gpg, key, signer=second)
    claim("subkey-second", gpg, key, signer=second)
    before = Gpg()
    before.run("--import", text=gpg.run("--export-secret-keys", key))
    gpg.edit(key, "key %s\nrevkey\ny\n0\n\ny\nsave\n" % gpg.fingerprints()[1])
    announce("subkey-revoked-other-signs", gpg, key, signer=second)
    announce("subkey-revoked-signs", before, key, signer=subkey, key=gpg.export(key))
    rsa = Gpg()
    key = rsa.quick("N. N. <n@example.test>", "rsa2048", "cert")
    for _ in range(3):
        rsa.run("--quick-add-key", key, "rsa2048", "sign", "1y", at=MADE)
    announce("subkeys-rsa", rsa, key)


def gnupg1():
    for name, primary, sub, digest in (
            ("rsa1024", "RSA\nKey-Length: 1024", "RSA\nSubkey-Length: 1024", "SHA512"),
            ("rsa2048", "RSA\nKey-Length: 2048", "RSA\nSubkey-Length: 2048", "SHA512"),
            ("dsa2048", "DSA\nKey-Length: 2048", "ELG-E\nSubkey-Length: 2048", "SHA256"),
            ("dsa1024", "DSA\nKey-Length: 1024", "ELG-E\nSubkey-Length: 1024", "SHA512")):
        gpg = Gpg("gpg1")
        key = gpg.make(parameters(primary, sub))
        more = ["--enable-dsa2"] if name == "dsa1024" else []
        announce("gnupg1-" + name, gpg, key, digest=digest, more=more)
        if name == "rsa2048":
            claim("gnupg1-" + name, gpg, key)
            announce("gnupg1-v3-signature", gpg, key, more=["--force-v3-sigs"])
            announce("gnupg1-comment", gpg, key, more=["--comment", "Dash-escaped: no", "--emit-version"])
            gpg.edit(key, "addkey\n4\n2048\n0\nsave\n")
            announce("gnupg1-subkey", gpg, key)
            gpg = Gpg("gpg1")
            key = gpg.make(parameters(primary, sub), "--cert-digest-algo", "SHA1")
            gpg.edit(key, "addkey\n4\n2048\n0\nsave\n", "--cert-digest-algo", "SHA1")
            announce("gnupg1-sha1-self-signatures", gpg, key)


for part in (algorithms, digests, texts, userids, lifetimes, gnupg1):
    part()
