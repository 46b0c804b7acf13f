package org.confmail.server.admin;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.confmail.server.main.WholeServer;
import org.confmail.shared.admin.AdminClient;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.ConnectionMethods;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A whole server with its admin socket, for what each method promises over a real socket. */
abstract class AdminContract {
    static final ConnectionMethods.Page FIRST_PAGE = new ConnectionMethods.Page(Optional.empty(), Optional.empty());

    @TempDir
    Path home;

    WholeServer server;
    AdminClient admin;

    @BeforeEach
    void start() throws Exception {
        server = WholeServer.startNew(home, "max_connections: 7", "repl_authkey: SecretKey001");
        admin = server.admin();
    }

    @AfterEach
    void stop() throws Exception {
        admin.close();
        server.close();
    }

    AdminError refusal(AdminCall call) {
        return assertThrows(AdminException.class, call::make).error();
    }

    interface AdminCall {
        void make() throws IOException, AdminException;
    }
}
