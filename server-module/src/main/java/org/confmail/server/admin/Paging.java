package org.confmail.server.admin;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.confmail.shared.admin.AdminError;
import org.confmail.shared.admin.AdminException;

/**
 * The paging of all lists: a page begins behind the key of the last item of the page before, so that items that come and go in
 * between are neither given twice nor passed over.
 *
 * @param items of this page
 * @param total of the whole list
 * @param next the key of the last item, where more follow
 */
record Paging<T>(List<T> items, int total, Optional<String> next) {
    static final int LIMIT_DEFAULT = 100;
    static final int LIMIT_MAX = 1000;

    Paging {
        items = List.copyOf(items);
    }

    /**
     * A page of {@code all}, which is sorted by {@code key} as {@code String::compareTo} sorts.
     *
     * @throws AdminException when the limit is out of range
     */
    static <T> Paging<T> of(
            List<T> all, Function<? super T, String> key, Optional<String> after, Optional<Integer> limit)
            throws AdminException {
        int size = limit(limit);
        int from = 0;
        if (after.isPresent()) {
            while (from < all.size() && key.apply(all.get(from)).compareTo(after.get()) <= 0) {
                from++;
            }
        }
        List<T> page = all.subList(from, Math.min(all.size(), from + size));
        boolean more = from + page.size() < all.size();
        return new Paging<>(page, all.size(), more ? Optional.of(key.apply(page.getLast())) : Optional.empty());
    }

    static int limit(Optional<Integer> wanted) throws AdminException {
        int limit = wanted.orElse(LIMIT_DEFAULT);
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new AdminException(
                    AdminError.WRONG_PARAMS, "'limit' is " + limit + "; it must be from 1 to " + LIMIT_MAX);
        }
        return limit;
    }
}
