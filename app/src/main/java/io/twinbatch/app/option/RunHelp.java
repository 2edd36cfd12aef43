package io.twinbatch.app.option;

/** What the whole help page of {@code run} says after the options. */
final class RunHelp {
    static final String FOOTER = """
            Inputs
              Words after -- are inputs even when they begin with a dash. An input that has
              the name of a command, such as run, is given as ./run.

            Examples
              app/app                                    the three sample texts
              app/app -n 10 --total book.txt letters/    the top 10 of each, and of all
              app/app --output-dir out 'texts/**/*.txt'  results in out/
              app/app --command='gzip -nk {}' --output='*.gz' texts/
                                                         a command of your own
              app/app --tasks=t.tsv --command='sim {x}'  a task for each row of a table
              app/app --output-dir out --skip-existing --force texts/
                                                         only what is new or has changed
              app/app --dry-run --nodes 2 texts/         what would be done
              app/app --json texts/ | jq .inputs         JSON; see docs/json-output.md

            Environment and configuration file
              Every option except --config, --help and --version has a variable
              (TWINBATCH_OUTPUT_DIR for --output-dir) and a key in the configuration file
              (output-dir=results). The command line wins over the environment, the
              environment over the file. --no-total and the like switch a flag off.
              TWINBATCH_JAVA_OPTS holds options for Java. HTTPS_PROXY and NO_PROXY are
              honored; see docs/proxies.md.

            Accounts of --backend=azure
              AZURE_BATCH_ACCOUNT, AZURE_BATCH_ENDPOINT    Batch account and its URL
              AZURE_BATCH_ACCESS_KEY                       its key
              AZURE_STORAGE_ACCOUNT, AZURE_STORAGE_KEY     storage account and its key, or
              AZURE_STORAGE_CONNECTION_STRING              both in one
              AZURE_SUBSCRIPTION_ID, AZURE_RESOURCE_GROUP  for checks of quotas
              Without keys Microsoft Entra ID is used (az login). All of these can be in
              the configuration file in lower case with dashes (azure-batch-account=...).
              A file with a key must not be readable by others (chmod 600).

            Folders
              configuration  $XDG_CONFIG_HOME/twinbatch, else ~/.config/twinbatch
              state          $XDG_STATE_HOME/twinbatch, else ~/.local/state/twinbatch
              cache          $XDG_CACHE_HOME/twinbatch, else ~/.cache/twinbatch""";

    private RunHelp() {}
}
