package org.confmail.shared.admin;

/**
 * A method of the admin protocol.
 *
 * @param name group and verb, such as {@code config.save}
 * @param params a record whose components are the parameters; those of type Optional or List may be left away
 * @param result a record whose components are the members of the result
 * @param help what it does, in a sentence or two
 * @param example parameters that make sense, for the description
 */
public record AdminMethod<P extends Record, R extends Record>(
        String name, Class<P> params, Class<R> result, String help, P example) {

    /** A method that takes no parameters. */
    static <R extends Record> AdminMethod<Nothing, R> of(String name, Class<R> result, String help) {
        return new AdminMethod<>(name, Nothing.class, result, help, Nothing.AT_ALL);
    }

    @SuppressWarnings("unchecked") // the example is of the class that it has
    static <P extends Record, R extends Record> AdminMethod<P, R> of(
            String name, P example, Class<R> result, String help) {
        return new AdminMethod<>(name, (Class<P>) example.getClass(), result, help, example);
    }

    /** No parameters, or a result that says nothing but that it was done. */
    public record Nothing() {
        public static final Nothing AT_ALL = new Nothing();
    }

    /** The name before the dot, or the name itself. */
    public String group() {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
