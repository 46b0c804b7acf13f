package org.confmail.server.home;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.confmail.server.disk.Disk;
import org.confmail.server.disk.Disk.Access;
import org.confmail.server.disk.DurableFile;
import org.confmail.server.net.DhParameters;
import org.confmail.server.net.NewTlsIdentity;
import org.confmail.shared.config.ConfigDocument;

/** What stands in a new home. Everything is its owner's alone: keys, accounts, and who writes to whom. */
record HomeContent(ConfigDocument config, String accounts, NewTlsIdentity identity) {
    /** The file that makes a directory a home. */
    static final String LAST = "config.txt";

    /** All entries of a new home, in the order in which they appear in their place. */
    static final List<String> NAMES =
            List.of("ssl", "localstore", "entangled", "inputqueue", "sendqueue", "auth.txt", LAST);

    /** Makes {@code directory} with all that, durable but for the directory's own name. */
    void write(Disk disk, Path directory) throws IOException {
        Home home = Home.at(directory);
        disk.createDirectory(directory, Access.OWNER_ONLY);
        disk.createDirectory(home.ssl(), Access.OWNER_ONLY);
        write(disk, home.tlsKey(), identity.keyPem());
        write(disk, home.tlsCertificate(), identity.certificatePem());
        write(disk, home.dhParameters(), DhParameters.standard().toPem());
        disk.forceDirectory(home.ssl());
        disk.createDirectory(home.localStore(), Access.OWNER_ONLY);
        disk.createDirectory(home.entangled(), Access.OWNER_ONLY);
        disk.createDirectory(home.inputQueue(), Access.OWNER_ONLY);
        disk.createDirectory(home.sendQueue(), Access.OWNER_ONLY);
        write(disk, home.accounts(), accounts);
        write(disk, home.config(), config.bytes());
        disk.forceDirectory(directory);
    }

    private static void write(Disk disk, Path path, String content) throws IOException {
        write(disk, path, content.getBytes(StandardCharsets.US_ASCII));
    }

    private static void write(Disk disk, Path path, byte[] content) throws IOException {
        try (DurableFile file = disk.create(path, Access.OWNER_ONLY)) {
            file.write(ByteBuffer.wrap(content));
            file.force();
        }
    }
}
