package org.confmail.console.view;

import java.util.Locale;
import org.kordamp.ikonli.feather.Feather;

/** The views, in the order of the window's navigation. */
public enum ViewName {
    OVERVIEW(Feather.ACTIVITY),
    QUEUES(Feather.SEND),
    LOG(Feather.FILE_TEXT),
    TRAFFIC(Feather.REPEAT),
    CONFIGURATION(Feather.SLIDERS),
    CONNECTIONS(Feather.USERS),
    ACCOUNTS(Feather.KEY),
    CERTIFICATES(Feather.SHIELD),
    DHT(Feather.SHARE_2),
    STORAGE(Feather.HARD_DRIVE),
    SERVERS(Feather.SERVER);

    private final Feather icon;

    ViewName(Feather icon) {
        this.icon = icon;
    }

    /** Its picture in the navigation. */
    public Feather icon() {
        return icon;
    }

    /** What the keys of its texts begin with; {@code KEY.title} is its title, {@code KEY.question} what it answers. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
