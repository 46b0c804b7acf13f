package org.confmail.console.remote;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Puts the pages of a list of the server together. */
public final class PagedList {
    private PagedList() {}

    /**
     * Asks page after page.
     *
     * @param ask asks for the page behind the given one, without one for the first
     * @param items the items of a page
     * @param next what names the next page, if there is one
     * @param max how many items are enough: no page is asked for behind that many
     */
    public static <P, T> Answer<List<T>> all(
            Function<Optional<String>, Answer<P>> ask,
            Function<P, List<T>> items,
            Function<P, Optional<String>> next,
            int max) {
        Answer<List<T>> answer = new Answer<>();
        collect(ask, items, next, max, Optional.empty(), new ArrayList<>(), answer);
        return answer;
    }

    private static <P, T> void collect(
            Function<Optional<String>, Answer<P>> ask,
            Function<P, List<T>> items,
            Function<P, Optional<String>> next,
            int max,
            Optional<String> after,
            List<T> found,
            Answer<List<T>> answer) {
        ask.apply(after)
                .done(page -> {
                    found.addAll(items.apply(page));
                    Optional<String> behind = next.apply(page);
                    if (behind.isPresent() && found.size() < max && !answer.isOver()) {
                        collect(ask, items, next, max, behind, found, answer);
                    } else {
                        answer.complete(List.copyOf(found));
                    }
                })
                .failed(answer::fail);
    }
}
