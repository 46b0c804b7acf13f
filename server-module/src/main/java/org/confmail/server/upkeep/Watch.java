package org.confmail.server.upkeep;

/** Who follows a run of upkeep, and may end it early. Called in the run's own thread, often. */
public interface Watch {
    /** Nobody. */
    Watch NOBODY = new Watch() {
        @Override
        public boolean goesOn() {
            return true;
        }

        @Override
        public void at(Progress progress) {
            // nobody looks
        }
    };

    /** Whether the run is to go on. */
    boolean goesOn();

    /** The run has come this far. */
    void at(Progress progress);
}
