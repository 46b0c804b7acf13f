package org.confmail.server.home;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Python pickle (protocols 0 to 2) of a dictionary of plain data: texts, numbers, lists, tuples and dictionaries. A pickle is
 * a program; of its instructions those alone are known here that push such data. What would call or load anything is refused
 * like any unknown instruction. Memory is bounded by the size of the pickle, because each instruction takes at least a byte of it.
 */
final class Pickle {
    private final byte[] bytes;
    private int at;
    private final List<Value> stack = new ArrayList<>();
    private final Map<Integer, Value> memo = new HashMap<>();

    Pickle(byte[] bytes) {
        this.bytes = bytes;
    }

    private sealed interface Value {}

    /** Where a list, tuple or dictionary begins on the stack. */
    private record Mark() implements Value {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Text(byte[] bytes) implements Value {}

    /** The entries whose keys are texts; one character a byte in the keys. */
    private record Dictionary(Map<String, Value> entries) implements Value {}

    /** What is of no interest: numbers, lists, tuples. */
    private record Other() implements Value {}

    private static final Value OTHER = new Other();
    private static final Value MARK = new Mark();

    /**
     * The byte string that the dictionary has under {@code name}.
     *
     * @throws IOException if this is not such a pickle, or has no such text
     */
    byte[] textUnder(String name) throws IOException {
        if (run() instanceof Dictionary dictionary && dictionary.entries().get(name) instanceof Text text) {
            return text.bytes();
        }
        throw new IOException("a pickle without a text under " + name);
    }

    private Value run() throws IOException {
        while (true) {
            int instruction = octet();
            switch (instruction) {
                case '.' -> {
                    Value result = pop();
                    if (!stack.isEmpty() || at != bytes.length) {
                        throw new IOException("something is left behind a pickle");
                    }
                    return result;
                }
                case 0x80 -> {
                    if (number(1) > 2) {
                        throw new IOException("a pickle of an unknown protocol");
                    }
                }
                case '(' -> stack.add(MARK);
                case 'S' -> stack.add(new Text(unquoted(line())));
                case 'U' -> stack.add(new Text(take(number(1))));
                case 'T' -> stack.add(new Text(take(number(4))));
                case 'N', 0x88, 0x89, ']', ')' -> stack.add(OTHER);
                case 'I', 'L', 'F', 'V' -> skip(line().length, false);
                case 'J' -> skip(4, true);
                case 'K' -> skip(1, true);
                case 'M' -> skip(2, true);
                case 'G' -> skip(8, true);
                case 'X' -> skip(number(4), true);
                case 0x8a -> skip(number(1), true);
                case '}' -> stack.add(new Dictionary(new HashMap<>()));
                case 'd' -> {
                    List<Value> items = sinceMark();
                    stack.add(new Dictionary(new HashMap<>()));
                    put(items);
                }
                case 'l', 't' -> {
                    sinceMark();
                    stack.add(OTHER);
                }
                case 0x85, 0x86, 0x87 -> {
                    for (int n = 0x84; n < instruction; n++) {
                        pop();
                    }
                    stack.add(OTHER);
                }
                case 's' -> {
                    Value value = pop();
                    put(List.of(pop(), value));
                }
                case 'u' -> put(sinceMark());
                case 'a' -> pop();
                case 'e' -> sinceMark();
                case 'p' -> memo.put(decimal(line()), top());
                case 'q' -> memo.put(number(1), top());
                case 'r' -> memo.put(number(4), top());
                case 'g' -> stack.add(recall(decimal(line())));
                case 'h' -> stack.add(recall(number(1)));
                case 'j' -> stack.add(recall(number(4)));
                default -> throw new IOException("a pickle that is not of plain data: instruction " + instruction);
            }
        }
    }

    private void put(List<Value> items) throws IOException {
        if (!(top() instanceof Dictionary dictionary) || items.size() % 2 != 0) {
            throw new IOException("a damaged pickle");
        }
        for (int i = 0; i < items.size(); i += 2) {
            if (items.get(i) instanceof Text key) {
                dictionary.entries().put(new String(key.bytes(), StandardCharsets.ISO_8859_1), items.get(i + 1));
            }
        }
    }

    private List<Value> sinceMark() throws IOException {
        int mark = stack.lastIndexOf(MARK);
        if (mark < 0) {
            throw new IOException("a damaged pickle");
        }
        List<Value> since = List.copyOf(stack.subList(mark + 1, stack.size()));
        stack.subList(mark, stack.size()).clear();
        return since;
    }

    private Value pop() throws IOException {
        Value top = top();
        stack.removeLast();
        return top;
    }

    private Value top() throws IOException {
        if (stack.isEmpty() || stack.getLast() instanceof Mark) {
            throw new IOException("a damaged pickle");
        }
        return stack.getLast();
    }

    private Value recall(int number) throws IOException {
        return Optional.ofNullable(memo.get(number)).orElseThrow(() -> new IOException("a damaged pickle"));
    }

    private void skip(int count, boolean follows) throws IOException {
        if (follows) {
            take(count);
        }
        stack.add(OTHER);
    }

    private int octet() throws IOException {
        return number(1);
    }

    /** A number of so many bytes, the least significant first. */
    private int number(int count) throws IOException {
        long number = 0;
        byte[] digits = take(count);
        for (int i = count - 1; i >= 0; i--) {
            number = number << 8 | (digits[i] & 0xff);
        }
        if (number > Integer.MAX_VALUE) {
            throw new IOException("a damaged pickle");
        }
        return (int) number;
    }

    private byte[] take(int count) throws IOException {
        if (count > bytes.length - at) {
            throw new IOException("a pickle that is cut off");
        }
        byte[] taken = new byte[count];
        System.arraycopy(bytes, at, taken, 0, count);
        at += count;
        return taken;
    }

    private byte[] line() throws IOException {
        int end = at;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        byte[] line = take(end - at);
        octet();
        return line;
    }

    private static int decimal(byte[] digits) throws IOException {
        try {
            return Integer.parseInt(new String(digits, StandardCharsets.ISO_8859_1));
        } catch (NumberFormatException e) {
            throw new IOException("a damaged pickle", e);
        }
    }

    /** The bytes that Python 2 writes in quotes, the unprintable ones escaped. */
    private static byte[] unquoted(byte[] text) throws IOException {
        int last = text.length - 1;
        if (last < 1 || text[0] != text[last] || (text[0] != '\'' && text[0] != '"')) {
            throw new IOException("a text without quotes in a pickle");
        }
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        for (int i = 1; i < last; i++) {
            if (text[i] != '\\') {
                plain.write(text[i]);
                continue;
            }
            if (++i == last) {
                throw new IOException("a damaged pickle");
            }
            switch (text[i]) {
                case '\\', '\'', '"' -> plain.write(text[i]);
                case 'n' -> plain.write('\n');
                case 'r' -> plain.write('\r');
                case 't' -> plain.write('\t');
                case 'x' -> {
                    if (i + 2 >= last || !Character.isLetterOrDigit(text[i + 1])) {
                        throw new IOException("a damaged pickle");
                    }
                    plain.write(hexadecimal(text, i + 1));
                    i += 2;
                }
                default -> throw new IOException("an unknown escape in a pickle");
            }
        }
        return plain.toByteArray();
    }

    private static int hexadecimal(byte[] text, int from) throws IOException {
        try {
            return Integer.parseInt(new String(text, from, 2, StandardCharsets.ISO_8859_1), 16);
        } catch (NumberFormatException e) {
            throw new IOException("a damaged pickle", e);
        }
    }
}
