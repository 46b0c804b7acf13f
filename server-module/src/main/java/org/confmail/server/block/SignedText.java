package org.confmail.server.block;

import org.confmail.server.openpgp.ClearSigned;
import org.confmail.server.openpgp.OpenPgpException;
import org.confmail.server.openpgp.Verdict;

/** Clear-signed text as blocks have it. */
final class SignedText {
    private static final String BEGIN = "-----begin pgp signed message-----";

    private SignedText() {}

    /** Whether the first line that is not blank begins one. */
    static boolean begins(byte[] text) {
        int start = 0;
        while (start < text.length && text[start] == '\n') {
            start++;
        }
        return Lines.startsWith(text, start, text.length, BEGIN);
    }

    /** Reads the text from {@code from} to {@code to}, all of whose lines may stand in a stored block. */
    static ClearSigned read(byte[] text, int from, int to) throws InvalidBlock {
        Headers.requireStorable(text, from, to);
        try {
            return ClearSigned.parse(text, from, to);
        } catch (OpenPgpException e) {
            throw new InvalidBlock(e.reason());
        }
    }

    /** Refuses what is not proven good. */
    static void requireGood(Verdict verdict) throws InvalidBlock {
        switch (verdict) {
            case Verdict.Good _ -> {}
            case Verdict.UnknownSigner _ -> throw new InvalidBlock("signed by another key");
            case Verdict.Expired(String reason) -> throw new InvalidBlock("signature is not good: " + reason);
            case Verdict.Revoked(String reason) -> throw new InvalidBlock("signature is not good: " + reason);
            case Verdict.Bad(String reason) -> throw new InvalidBlock("bad signature: " + reason);
        }
    }
}
