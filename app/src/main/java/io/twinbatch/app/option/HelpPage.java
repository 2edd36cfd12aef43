package io.twinbatch.app.option;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_DESCRIPTION;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_DESCRIPTION_HEADING;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER_HEADING;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_SYNOPSIS;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING;

import io.twinbatch.app.exit.ExitCode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The help page of a command. Its texts are in the {@code @Command} of the command's options; picocli renders them.
 * A command that has a heading for exit codes and no list of them has those of a run.
 */
public final class HelpPage {
    private static final int WIDTH = 80;

    private static final List<String> HEAD = List.of(
            SECTION_KEY_SYNOPSIS_HEADING,
            SECTION_KEY_SYNOPSIS,
            SECTION_KEY_DESCRIPTION_HEADING,
            SECTION_KEY_DESCRIPTION,
            SECTION_KEY_OPTION_LIST_HEADING,
            SECTION_KEY_OPTION_LIST);

    private static final List<String> COMMANDS =
            List.of(SECTION_KEY_COMMAND_LIST_HEADING, SECTION_KEY_COMMAND_LIST, SECTION_KEY_FOOTER);

    private static final List<String> DETAILS = List.of(
            SECTION_KEY_FOOTER_HEADING,
            SECTION_KEY_FOOTER,
            SECTION_KEY_EXIT_CODE_LIST_HEADING,
            SECTION_KEY_EXIT_CODE_LIST);

    private HelpPage() {}

    /** The page of a command. */
    public static String of(CommandLine command) {
        return page(command, "%nOptions%n", concat(HEAD, DETAILS));
    }

    /** The whole page of the command run, with its options under their headings. */
    public static String ofRun(CommandLine run) {
        run.getHelpSectionMap().put(SECTION_KEY_OPTION_LIST, OptionGroups::render);
        return page(run, "", concat(HEAD, DETAILS));
    }

    /** The first page of the command run: the options that are used most, and the other commands. */
    public static String ofRunInShort(CommandLine run) {
        run.getHelpSectionMap().put(SECTION_KEY_OPTION_LIST, OptionGroups::renderMostUsed);
        run.getCommandSpec()
                .usageMessage()
                .commandListHeading("%nOther commands (app/app COMMAND --help)%n")
                .footer("", "app/app --help --all lists all options, variables, folders and exit codes.");
        return page(run, "", concat(HEAD, COMMANDS));
    }

    private static String page(CommandLine command, String optionHeading, List<String> sections) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.width(WIDTH)
                .longOptionsMaxWidth(WIDTH / 3)
                .sortOptions(false)
                .descriptionHeading("%n")
                .optionListHeading(optionHeading)
                .footerHeading(usage.footer().length == 0 ? "" : "%n");
        if (!usage.exitCodeListHeading().isEmpty() && usage.exitCodeList().isEmpty()) {
            usage.exitCodeList(exitCodesOfRun());
        }
        command.setHelpSectionKeys(sections);
        return command.getUsageMessage(CommandLine.Help.Ansi.OFF);
    }

    private static Map<String, String> exitCodesOfRun() {
        Map<String, String> codes = new LinkedHashMap<>();
        Arrays.stream(ExitCode.values()).forEach(code -> codes.put(Integer.toString(code.status()), code.meaning()));
        return codes;
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
