package io.twinbatch.local;

/** Whether an emulator runs the tasks of ordinary users without administrator rights, as the service does. */
public enum TaskUserMode {
    /** When it runs as root and the system lets it switch users. */
    AUTO,
    /** Always; the emulator does not start where that is not possible. */
    ON,
    /** Never: all tasks run as the user of the emulator. */
    OFF
}
