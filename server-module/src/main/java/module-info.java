/** The headless Confidant Mail server. Exports nothing: it is a program, not a library. */
module org.confmail.server {
    requires static org.jspecify;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires java.naming;
    requires jdk.net;
    requires jdk.unsupported;
    requires org.apache.commons.net;
    requires org.bouncycastle.pg;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.confmail.shared;
    requires org.slf4j;

    provides ch.qos.logback.classic.spi.Configurator with
            org.confmail.server.log.QuietStart;
}
