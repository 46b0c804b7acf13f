package org.confmail.server.session;

/** A command as an operator sees it among the open connections: its words and its key, no secret. */
final class Doing {
    private Doing() {}

    static String of(Command command) {
        return switch (command) {
            case Command.StoreServer store -> "STORE SERVER " + store.key();
            case Command.StoreProxy store -> "STORE PROXY " + store.key();
            case Command.StoreEntangled store -> "STORE ENTANGLED " + store.key();
            case Command.Replicate replicate -> "REPLICATE " + replicate.key();
            case Command.GetServer get -> "GET SERVER " + get.key();
            case Command.GetEntangled get -> "GET ENTANGLED " + get.key();
            case Command.DnsTxt dns -> "DNS TXT";
            case Command.Login login -> "LOGIN";
            case Command.AddLogin add -> "ADDLOGIN";
            case Command.RemoveLogin remove -> "RMLOGIN";
            case Command.GenerateLogins generate -> "GENLOGIN " + generate.count();
            case Command.ReplicateLogin add -> "REPLOGIN";
            case Command.StartTls start -> "STARTTLS";
            case Command.Ping ping -> "PING";
            case Command.SelfTest test -> "SELFTEST";
            case Command.Shutdown shutdown -> "SHUTDOWN";
            case Command.Quit quit -> "ending";
            case Command.Invalid invalid -> "an invalid command";
        };
    }
}
