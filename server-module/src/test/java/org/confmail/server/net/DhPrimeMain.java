package org.confmail.server.net;

import java.nio.file.Path;

/**
 * A process of its own for {@link DhParametersTest}, because the JDK reads its DH group once a process: installs the parameters
 * of the first argument, serves with key and certificate of the second and third, and prints any warning and then the prime
 * that a client is given.
 */
public final class DhPrimeMain {
    private static final int DHE_RSA_AES_128_GCM = 0x009e;

    private DhPrimeMain() {}

    public static void main(String[] files) throws Exception {
        TlsDefaults.install(Path.of(files[0])).ifPresent(System.out::println);
        TlsIdentity identity = TlsIdentity.load(Path.of(files[1]), Path.of(files[2]));
        try (LoopbackTls server = new LoopbackTls(identity)) {
            System.out.println(RawHello.say(server.port(), RawHello.TLS_1_2, DHE_RSA_AES_128_GCM)
                    .dhPrime()
                    .toString(16));
        }
    }
}
