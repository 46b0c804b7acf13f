package org.confmail.shared.admin;

import java.util.List;
import java.util.Optional;

/** Every method and event of the protocol. A new one is a constant in the class of its group, and listed here. */
public final class AdminMethods {
    private static final List<AdminMethod<?, ?>> ALL = List.of(
            SessionMethods.HELLO,
            SessionMethods.DESCRIBE,
            SessionMethods.UNSUBSCRIBE,
            ServerMethods.STATE,
            ServerMethods.HEALTH,
            ServerMethods.METRICS,
            ServerMethods.SHUTDOWN,
            ConfigMethods.READ,
            ConfigMethods.VALIDATE,
            ConfigMethods.DIFF,
            ConfigMethods.SAVE,
            ConfigMethods.CONFIRM,
            ConfigMethods.REVERT,
            ConfigMethods.HISTORY,
            ConfigMethods.SHOW,
            ConfigMethods.RESTORE,
            ConfigMethods.RELOAD,
            LogMethods.PAGE,
            LogMethods.RECENT,
            LogMethods.FOLLOW,
            LogMethods.DETAIL,
            LogMethods.FOLLOW_TRAFFIC,
            ConnectionMethods.LIST,
            ConnectionMethods.CLOSE,
            ConnectionMethods.FOLLOW,
            AccountMethods.LIST,
            AccountMethods.ADD,
            AccountMethods.GENERATE,
            AccountMethods.DISABLE,
            QueueMethods.TARGETS,
            QueueMethods.ENTRIES,
            QueueMethods.RETRY,
            QueueMethods.HOLD,
            QueueMethods.RELEASE,
            QueueMethods.COUNT,
            QueueMethods.REMOVE,
            QueueMethods.REMOVED,
            QueueMethods.RESTORE,
            QueueMethods.PROBE,
            QueueMethods.FOLLOW,
            CertificateMethods.OWN,
            CertificateMethods.RENEW,
            CertificateMethods.LIST,
            CertificateMethods.FORGET,
            DhtMethods.STATE,
            DhtMethods.CONTACTS,
            DhtMethods.LOOKUP,
            StorageMethods.STATE,
            StorageMethods.PRUNE,
            StorageMethods.REPORT,
            StorageMethods.CANCEL,
            StorageMethods.USAGE,
            StorageMethods.TEXT,
            StorageMethods.WRITE,
            StorageMethods.FOLLOW);

    private static final List<AdminEvent<?>> EVENTS = List.of(
            LogMethods.LOG_LINES,
            LogMethods.TRAFFIC_LINES,
            ConnectionMethods.CHANGED,
            QueueMethods.CHANGED,
            QueueMethods.PROBE_STEP,
            StorageMethods.PROGRESS);

    private AdminMethods() {}

    /** All methods, by groups. */
    public static List<AdminMethod<?, ?>> all() {
        return ALL;
    }

    /** All events. */
    public static List<AdminEvent<?>> events() {
        return EVENTS;
    }

    /** The method of exactly this name. */
    public static Optional<AdminMethod<?, ?>> find(String name) {
        for (AdminMethod<?, ?> method : ALL) {
            if (method.name().equals(name)) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }
}
