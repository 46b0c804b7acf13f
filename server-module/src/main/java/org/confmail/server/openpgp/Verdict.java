package org.confmail.server.openpgp;

/** What a verification found. All texts are for the operator's log. */
public sealed interface Verdict {

    /** The key, or a subkey of it that may sign, made the signature, and is in force. */
    record Good() implements Verdict {}

    /** Neither the primary key nor one of its subkeys claims to have made the signature: nothing is said about it. */
    record UnknownSigner() implements Verdict {}

    /** The key made it, but it, or the key, has expired. */
    record Expired(String reason) implements Verdict {}

    /** The key made it, but has been revoked. */
    record Revoked(String reason) implements Verdict {}

    /** The key did not make it, or could not in this way. */
    record Bad(String reason) implements Verdict {}
}
