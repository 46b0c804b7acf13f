package org.confmail.console.control;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.confmail.console.text.Shown;
import org.jspecify.annotations.Nullable;

/**
 * A column of a {@link DataTable}.
 *
 * @param title the key of its title; also its name in the settings
 * @param width in pixels, where the user has not set another; what all have together should fit into a window of the usual size
 * @param value what it is sorted by; rows with nothing stand last
 * @param shown what stands in a cell, also where it is copied
 * @param styles a style class for the cell of an item, if it has one
 * @param fills whether it takes the room that the others leave; its width is then the least
 * @param shownAtFirst whether it is there before the user has chosen; otherwise the menu of columns has it
 * @param <T> the items of the table
 */
public record Column<T>(
        String title,
        double width,
        Function<T, Optional<? extends Comparable<?>>> value,
        Function<T, String> shown,
        Function<T, Optional<String>> styles,
        boolean fills,
        boolean shownAtFirst) {

    /** A column of words. */
    public static <T> Column<T> words(String title, double width, Function<T, String> words) {
        return of(title, width, item -> Optional.of(words.apply(item)), words);
    }

    /** A column of words that may be missing. */
    public static <T> Column<T> maybe(String title, double width, Function<T, Optional<String>> words) {
        return of(title, width, words::apply, item -> words.apply(item).orElse(""));
    }

    /** A column of whole numbers. */
    public static <T> Column<T> number(String title, double width, Function<T, ? extends Number> number) {
        return of(
                title,
                width,
                item -> Optional.of(number.apply(item).longValue()),
                item -> Shown.number(number.apply(item).longValue()));
    }

    /** A column of sizes in bytes. */
    public static <T> Column<T> bytes(String title, double width, Function<T, Long> bytes) {
        return of(title, width, item -> Optional.of(bytes.apply(item)), item -> Shown.bytes(bytes.apply(item)));
    }

    /** A column of moments that may be missing. */
    public static <T> Column<T> moment(String title, double width, Function<T, Optional<Instant>> moment) {
        return of(
                title,
                width,
                moment::apply,
                item -> moment.apply(item).map(Shown::moment).orElse(""));
    }

    /** The same, showing something else than it is sorted by. */
    public Column<T> showing(Function<T, String> words) {
        return new Column<>(title, width, value, words, styles, fills, shownAtFirst);
    }

    /** The same, with a style class for some of its cells. */
    public Column<T> styled(Function<T, Optional<String>> style) {
        return new Column<>(title, width, value, shown, style, fills, shownAtFirst);
    }

    /** The same, taking the room that the others leave. */
    public Column<T> filling() {
        return new Column<>(title, width, value, shown, styles, true, shownAtFirst);
    }

    /** The same, to be had from the menu of columns. */
    public Column<T> onDemand() {
        return new Column<>(title, width, value, shown, styles, fills, false);
    }

    private static <T> Column<T> of(
            String title,
            double width,
            Function<T, Optional<? extends Comparable<?>>> value,
            Function<T, String> shown) {
        return new Column<>(title, width, value, shown, _ -> Optional.empty(), false, true);
    }

    /** What a file gets for an item: numbers and times in a form that programs read, otherwise what is shown. */
    String exported(T item) {
        Optional<? extends Comparable<?>> found = value.apply(item);
        return found.filter(it -> it instanceof Number || it instanceof Instant)
                .map(Objects::toString)
                .orElseGet(() -> shown.apply(item));
    }

    /** Whether its cells stand on the right for this item. */
    boolean isNumber(T item) {
        return value.apply(item).filter(Number.class::isInstance).isPresent();
    }

    /** By what it is sorted; ascending. */
    Comparator<T> order() {
        return Comparator.comparing(
                item -> value.apply(item).orElse(null), Comparator.nullsLast(Column::compareValues));
    }

    private static int compareValues(@Nullable Object a, @Nullable Object b) {
        if (a instanceof String text && b instanceof String other) {
            return String.CASE_INSENSITIVE_ORDER.compare(text, other);
        }
        @SuppressWarnings("unchecked") // values of one column are of one type
        Comparable<Object> comparable = (Comparable<Object>) Objects.requireNonNull(a);
        return comparable.compareTo(Objects.requireNonNull(b));
    }
}
