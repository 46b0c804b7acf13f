package org.confmail.server.command;

import java.util.List;
import java.util.Optional;

/** All commands, in the order of the help. */
final class Commands {
    private static final List<Command> ALL = List.of(
            new StateCommand(),
            new HealthCommand(),
            new MetricsCommand(),
            new ConfigCommand(),
            new LogCommand(),
            new TrafficCommand(),
            new ConnectionsCommand(),
            new AccountsCommand(),
            new QueueCommand(),
            TargetCommand.RETRY,
            TargetCommand.HOLD,
            TargetCommand.RELEASE,
            new ProbeCommand(),
            new RemoveCommand(),
            new RestoreCommand(),
            new CertificateCommand(),
            new DhtCommand(),
            new StorageCommand(),
            new PruneCommand(),
            new ReportCommand(),
            new CancelCommand(),
            new ShutdownCommand(),
            new CallCommand(),
            new DescribeCommand(),
            new HelpCommand());

    private Commands() {}

    static List<Command> all() {
        return ALL;
    }

    static Optional<Command> find(String name) {
        return ALL.stream().filter(command -> command.name().equals(name)).findFirst();
    }
}
