package io.twinbatch.azure.account;

/** The instructions that the processors of a node execute, and for which its image is built. */
enum CpuArchitecture {
    /** AMD and Intel. */
    X64("x64"),
    /** ARM. */
    ARM64("Arm64");

    private final String label;

    CpuArchitecture(String label) {
        this.label = label;
    }

    /** The name that the service uses. */
    @Override
    public String toString() {
        return label;
    }
}
