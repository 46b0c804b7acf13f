package org.confmail.shared.config;

import java.nio.file.Path;
import java.util.List;

/** Options of the administration socket. */
public final class AdminOptions {
    private static final String BOUND_AT_START = "the socket is made when the server starts";

    public static final ConfigOption<Path> ADMIN_SOCKET = ConfigOption.of(
                    "admin_socket", new OptionType.FilePath(), "admin.sock", """
                    The socket through which confmail-admin and the console operate this server, by its file name; a
                    relative one starts at the home directory. Whoever may open the file may administer the server. Without
                    the option there is no such socket.
                    """)
            .atRestart(BOUND_AT_START);

    public static final ConfigOption<String> ADMIN_SOCKET_GROUP = ConfigOption.of(
                    "admin_socket_group", new OptionType.GroupName(), "confmail", """
                    A group of users of this machine who may open the administration socket. Without it only the user who
                    runs the server may.
                    """)
            .atRestart(BOUND_AT_START);

    static final OptionGroup GROUP = new OptionGroup("Administration", List.of(ADMIN_SOCKET, ADMIN_SOCKET_GROUP));

    private AdminOptions() {}
}
