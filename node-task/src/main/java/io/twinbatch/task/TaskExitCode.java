package io.twinbatch.task;

/** How the program ends; the number is what the node sees. */
public enum TaskExitCode {
    DONE(0),
    INTERNAL(1),
    USAGE(2),
    CANNOT_READ(3),
    UPLOAD_FAILED(4),
    OUT_OF_MEMORY(5),
    CANNOT_WRITE(6);

    private final int number;

    TaskExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
