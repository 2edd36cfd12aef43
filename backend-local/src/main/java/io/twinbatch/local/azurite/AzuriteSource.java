package io.twinbatch.local.azurite;

/** Where Azurite comes from. */
public enum AzuriteSource {
    /** From npm when it is installed already, else from Docker when an engine answers and has the image, else from npm. */
    AUTO,
    /** It runs already, at an endpoint that the user names. */
    ENDPOINT,
    /** A container, through the Docker engine of this machine. */
    DOCKER,
    /** The npm package, installed once into the cache folder and run with this machine's Node.js. */
    NPM
}
