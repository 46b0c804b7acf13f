package org.confmail.console.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import javafx.css.CssParser;
import javafx.css.CssParser.ParseError;
import javafx.css.Stylesheet;
import org.junit.jupiter.api.Test;

/** A brace that is missing takes the styles behind it away, and nothing but a line on the terminal says so. */
class StylesheetTest {
    @Test
    void stylesheetHasNoErrors() throws IOException {
        CssParser.errorsProperty().clear();
        Stylesheet sheet = new CssParser()
                .parse(Objects.requireNonNull(Theme.class.getResource("/org/confmail/console/console.css")));
        assertFalse(sheet.getRules().isEmpty());
        assertEquals(
                List.of(),
                CssParser.errorsProperty().stream().map(ParseError::getMessage).toList());
    }
}
