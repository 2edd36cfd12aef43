# Runs the command of a task for each of its inputs, and lists what it leaves. It needs a POSIX shell and coreutils.
#
# The lines before this one define
#   tb_command    the text for /bin/sh
#   tb_keep       stdout or files: what is the result of an input
#   tb_objects    the beginning of the names under which the node stores the files r-*
#   tb_require_all, tb_take_all    call tb_require and tb_take for each pattern of results
# An input lies in a folder of its own, in-NUMBER. Its results are moved to r-NUMBER or r-NUMBER-1, r-NUMBER-2 ... beside
# that folder; no name that the user or the command has chosen reaches the object store.

tb_folder=$PWD
tb_manifest=$tb_folder/twinbatch-manifest
tb_failed=0

# Exit codes that are not the command's.
tb_no_result=121
tb_broken=122

TWINBATCH_PROGRAM_DIR=$AZ_BATCH_JOB_PREP_WORKING_DIR/program
PATH=$TWINBATCH_PROGRAM_DIR:$PATH
export TWINBATCH_PROGRAM_DIR PATH

tb_say() {
    printf 'twinbatch-task: %s\n' "$1" >&2
}

tb_abort() {
    tb_say "$1"
    exit "$tb_broken"
}

# Some services try a task again in the folder that its last try has left.
tb_clear() {
    for tb_file in * .[!.]* ..?*; do
        case $tb_file in
            "$1") ;;
            *) rm -rf -- "./$tb_file" ;;
        esac
    done
}

# tb_require PATTERN KIND FILE...: KIND is exact for a pattern without wildcards.
tb_require() {
    tb_pattern=$1
    tb_kind=$2
    shift 2
    for tb_file in "$@"; do
        if tb_is_result "$tb_file"; then
            return
        fi
    done
    if [ "$tb_exit" -eq 0 ]; then
        tb_exit=$tb_no_result
        tb_say "$TWINBATCH_INPUT_NAME: the command ended well, but left no file that --output=$tb_pattern names"
    fi
}

# A file that the task was given is a result only where a pattern names it without wildcards.
tb_is_result() {
    [ -f "$1" ] || return 1
    case $tb_given in
        *"//${1#./}//"*) [ "$tb_kind" = exact ] ;;
    esac
}

# tb_take KIND FILE...
tb_take() {
    tb_kind=$1
    shift
    for tb_file in "$@"; do
        tb_is_result "$tb_file" || continue
        tb_count=$((tb_count + 1))
        tb_result=r-$tb_id-$tb_count
        if [ -L "$tb_file" ]; then
            cp -- "$tb_file" "$tb_folder/$tb_result"
        else
            mv -f -- "$tb_file" "$tb_folder/$tb_result"
        fi || tb_abort "$tb_file could not be put with the results"
        printf 'file %s %s\0\n' "$tb_result" "${tb_file#./}" >>"$tb_manifest" || tb_abort "the manifest cannot be written"
    done
}

# tb_begin NUMBER NAME PLACED: makes ready what the command finds. PLACED is the name under which the node has placed the
# input; without an input it is empty, and NAME is what the row is called. For a piece of an input NUMBER is NUMBER.PIECE.
tb_begin() {
    tb_id=$1
    TWINBATCH_INPUT_NUMBER=${1%.*}
    case $1 in
        *.*) TWINBATCH_PIECE=${1#*.} ;;
        *) TWINBATCH_PIECE= ;;
    esac
    TWINBATCH_INPUT_NAME=$2
    TWINBATCH_INPUT=
    tb_given=
    [ -n "$3" ] || mkdir -p -- "$tb_folder/in-$1"
    cd "$tb_folder/in-$TWINBATCH_INPUT_NUMBER" || tb_abort "the folder of input $1 is missing"
    if [ -n "$tb_again" ]; then
        tb_clear "$3"
    fi
    if [ -n "$3" ]; then
        tb_given=//$2//
        if [ "$2" != "$3" ]; then
            mv -f -- "$3" "./$2" || tb_abort "input $1 could not be given its name"
        fi
        case $2 in
            -* | *=*) TWINBATCH_INPUT=./$2 ;;
            *) TWINBATCH_INPUT=$2 ;;
        esac
    fi
    # Leading dots begin no extension.
    case ${2#"${2%%[!.]*}"} in
        *.*) TWINBATCH_INPUT_STEM=${TWINBATCH_INPUT%.*} ;;
        *) TWINBATCH_INPUT_STEM=$TWINBATCH_INPUT ;;
    esac
    export TWINBATCH_INPUT TWINBATCH_INPUT_STEM TWINBATCH_INPUT_NAME TWINBATCH_INPUT_NUMBER TWINBATCH_PIECE
}

# tb_file PLACED PATH: a further file, in a folder beside the input.
tb_file() {
    mkdir -p -- "${2%/*}" && mv -f -- "$tb_folder/$1" "$2" || tb_abort "$2 could not be put into its place"
    tb_given=$tb_given//$2//
}

# Runs the command in the folder that tb_begin has made ready.
tb_run() {
    if [ "$tb_keep" = stdout ]; then
        /bin/sh -c "$tb_command" sh "$TWINBATCH_INPUT" </dev/null >"$tb_folder/r-$tb_id"
    else
        /bin/sh -c "$tb_command" sh "$TWINBATCH_INPUT" </dev/null
    fi
    tb_exit=$?
    if [ "$tb_exit" -ne 0 ]; then
        tb_say "$TWINBATCH_INPUT_NAME: the command ended with exit code $tb_exit"
    else
        tb_count=0
        tb_require_all
    fi
    if [ "$tb_exit" -eq 0 ]; then
        tb_take_all
    else
        rm -f -- "$tb_folder/r-$tb_id"
        printf 'failed %s %s\n' "$tb_id" "$tb_exit" >>"$tb_manifest"
        [ "$tb_failed" -ne 0 ] || tb_failed=$tb_exit
    fi
}

tb_input() {
    tb_begin "$1" "$2" "$3"
    tb_run
}

# tb_part PLACED PATH: puts a result where the output folder has it.
tb_part() {
    case $2 in
        */*) mkdir -p -- "$tb_folder/combined/${2%/*}" || tb_abort "a folder for $2 could not be made" ;;
    esac
    mv -f -- "$tb_folder/$1" "$tb_folder/combined/$2" || tb_abort "$2 could not be given its name"
}

# tb_combine FILE...: runs the command once, for all results.
tb_combine() {
    cd "$tb_folder/combined" || tb_abort "the folder of the results is missing"
    /bin/sh -c "$tb_command" sh "$@" </dev/null >"$tb_folder/r-1"
    tb_failed=$?
    if [ "$tb_failed" -ne 0 ]; then
        tb_say "the command that combines the results ended with exit code $tb_failed"
        rm -f -- "$tb_folder/r-1"
    fi
}

tb_again=
if [ -e "$tb_manifest" ]; then
    tb_again=yes
    rm -f -- r-*
fi
printf 'twinbatch-manifest 2 %s/\n' "$tb_objects" >"$tb_manifest" || tb_abort "the manifest cannot be written"

if [ -e twinbatch-inputs ]; then
    . ./twinbatch-inputs
else
    tb_input "$TWINBATCH_INPUT_NUMBER" "$TWINBATCH_INPUT_NAME" "$TWINBATCH_INPUT_PLACED"
fi

cd "$tb_folder" || tb_abort "the task's folder is gone"
set -- r-*
if [ -e "$1" ]; then
    sha256sum -- "$@" >>"$tb_manifest" || tb_abort "the results cannot be read"
    # The second one is how stat is called on macOS.
    stat -c 'size %s %n' -- "$@" >>"$tb_manifest" 2>/dev/null || stat -f 'size %z %N' -- "$@" >>"$tb_manifest" \
        || tb_abort "the results cannot be measured"
fi
printf 'end\n' >>"$tb_manifest" || tb_abort "the manifest cannot be written"
exit "$tb_failed"
