package org.confmail.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.confmail.server.delivery.peer.Steps;
import org.confmail.shared.admin.Doc;
import org.confmail.shared.admin.QueueMethods;
import org.junit.jupiter.api.Test;

class ProbeStepsTest {
    /** Clients know the steps by these names. */
    @Test
    void protocolNamesTheStepsAsTheServerDoes() {
        String steps = Stream.of(Steps.Step.values()).map(ProbeSteps::name).collect(Collectors.joining(", "));
        int last = steps.lastIndexOf(", ");
        Doc doc = Objects.requireNonNull(QueueMethods.Step.class.getRecordComponents()[0].getAnnotation(Doc.class));
        assertEquals(
                steps.substring(0, last) + " or " + steps.substring(last + 2) + "; " + ProbeSteps.ROUTE
                        + " where there is no way to go",
                doc.value());
    }
}
