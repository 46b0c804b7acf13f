/** The console: a desktop program with which an operator runs a server, over the server's admin socket. */
module org.confmail.console {
    requires static org.jspecify;
    requires org.confmail.shared;
    requires javafx.controls;
    requires atlantafx.base;
    requires org.kordamp.ikonli.javafx;
    requires org.kordamp.ikonli.feather;

    // The toolkit makes the application.
    exports org.confmail.console to
            javafx.graphics;

    // Their records are written to the settings file.
    opens org.confmail.console.settings to
            tools.jackson.databind;
}
