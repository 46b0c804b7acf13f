/** What server and console both know: the config.txt document and its option table, the admin protocol and its client. */
module org.confmail.shared {
    requires static transitive org.jspecify;
    requires transitive tools.jackson.databind;

    exports org.confmail.shared.admin;
    exports org.confmail.shared.config;
}
