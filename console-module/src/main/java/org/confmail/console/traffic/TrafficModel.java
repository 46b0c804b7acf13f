package org.confmail.console.traffic;

import static org.confmail.console.text.Texts.text;

import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.confmail.console.lines.Line;
import org.confmail.console.lines.LineModel;
import org.confmail.console.lines.Mark;
import org.confmail.console.remote.Answer;
import org.confmail.console.remote.Following;
import org.confmail.console.remote.Problem;
import org.confmail.console.remote.Remote;
import org.confmail.console.text.Shown;
import org.confmail.shared.admin.LogMethods;
import org.confmail.shared.admin.LogMethods.FollowTraffic;
import org.confmail.shared.admin.LogMethods.TrafficLine;
import org.confmail.shared.admin.LogMethods.TrafficLines;

/**
 * Follows the traffic from when the view is shown for the first time until it is closed, so that nothing is missed while another
 * view is looked at.
 */
final class TrafficModel {
    private static final FollowTraffic ALL = new FollowTraffic(Optional.empty(), Optional.empty(), Optional.empty());

    private final Remote remote;
    private final LineModel lines;
    private final Consumer<Problem> problems;
    private Optional<Following> following = Optional.empty();
    private boolean followedBefore;

    TrafficModel(Remote remote, LineModel lines, Consumer<Problem> problems) {
        this.remote = remote;
        this.lines = lines;
        this.problems = problems;
    }

    void start() {
        if (following.isEmpty()) {
            following = Optional.of(Following.of(remote, this::subscribe, this::begun, problems));
        }
    }

    void close() {
        following.ifPresent(Following::close);
        following = Optional.empty();
        lines.close();
    }

    private Answer<Remote.Subscription> subscribe() {
        return remote.subscribe(LogMethods.FOLLOW_TRAFFIC, ALL, LogMethods.TRAFFIC_LINES, this::take);
    }

    private void begun() {
        if (followedBefore) {
            lines.note(text("traffic.gone"));
        }
        followedBefore = true;
    }

    private void take(TrafficLines told) {
        if (told.lost() > 0) {
            lines.note(text("traffic.lost", told.lost(), Shown.number(told.lost())));
        }
        lines.add(told.lines().stream().map(TrafficModel::line).toList());
    }

    private static Line line(TrafficLine line) {
        Mark mark = switch (line.direction()) {
            case IN -> Mark.IN;
            case OUT -> Mark.OUT;
            case EVENT -> Mark.EVENT;
        };
        return new Line(
                line.time().truncatedTo(ChronoUnit.MILLIS),
                mark,
                "",
                "",
                OptionalLong.of(line.connection()),
                line.text());
    }
}
