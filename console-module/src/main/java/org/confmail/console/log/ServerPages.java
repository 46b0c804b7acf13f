package org.confmail.console.log;

import java.time.Instant;
import java.util.Optional;
import org.confmail.console.remote.Answer;
import org.confmail.console.remote.Remote;
import org.confmail.shared.admin.LogMethods;

/** Pages that the server reads. */
final class ServerPages implements Pages {
    private final Remote remote;

    ServerPages(Remote remote) {
        this.remote = remote;
    }

    @Override
    public Answer<Page> newest() {
        return ask(Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Override
    public Answer<Page> from(Instant time) {
        return ask(Optional.of(time), Optional.empty(), Optional.empty());
    }

    @Override
    public Answer<Page> older(String place) {
        return ask(Optional.empty(), Optional.of(place), Optional.empty());
    }

    @Override
    public Answer<Page> newer(String place) {
        return ask(Optional.empty(), Optional.empty(), Optional.of(place));
    }

    private Answer<Page> ask(Optional<Instant> from, Optional<String> older, Optional<String> newer) {
        Answer<Page> answer = new Answer<>();
        remote.call(
                        LogMethods.PAGE,
                        new LogMethods.Page(from, older, newer, Optional.empty(), Optional.empty(), Optional.of(LINES)))
                .done(page -> answer.complete(new Page(
                        page.file(), page.lines().stream().map(LogLines::line).toList(), page.older(), page.newer())))
                .failed(answer::fail);
        return answer;
    }
}
