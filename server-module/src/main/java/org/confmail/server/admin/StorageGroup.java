package org.confmail.server.admin;

import org.confmail.server.admin.rpc.Handler;
import org.confmail.server.admin.rpc.Methods;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminException;
import org.confmail.shared.admin.StorageMethods;

/** The stores. */
final class StorageGroup {
    void register(Methods methods) {
        methods.on(StorageMethods.STATE, lacking())
                .on(StorageMethods.PRUNE, lacking())
                .on(StorageMethods.REPORT, lacking())
                .on(StorageMethods.CANCEL, lacking())
                .on(StorageMethods.USAGE, lacking())
                .on(StorageMethods.TEXT, lacking())
                .on(StorageMethods.WRITE, lacking())
                .on(StorageMethods.FOLLOW, lacking());
    }

    private static <P extends Record, R extends Record> Handler<P, R> lacking() {
        return (params, caller) -> {
            throw new AdminException(AdminError.UNAVAILABLE, "this server looks after its stores with -storutil only");
        };
    }
}
