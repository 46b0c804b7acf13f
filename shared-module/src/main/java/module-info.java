/** What server and console both know: the config.txt document and its option table. */
module org.confmail.shared {
    requires static transitive org.jspecify;

    exports org.confmail.shared.config;
}
