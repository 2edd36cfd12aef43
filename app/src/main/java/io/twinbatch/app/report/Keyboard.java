package io.twinbatch.app.report;

/** What is typed at the terminal. While nobody asks, its echo would break the changing line. */
public interface Keyboard {
    /** Does nothing: there is no terminal. */
    Keyboard NONE = new Keyboard() {
        @Override
        public void ignore() {
            // Nothing is typed here.
        }

        @Override
        public void listen() {
            // Nothing is typed here.
        }
    };

    /** Keys are not shown from now on. Signals such as Ctrl-C come all the same. */
    void ignore();

    /** Forgets what was typed since, and shows keys as before. */
    void listen();
}
