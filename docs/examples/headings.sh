#!/bin/sh
# The headings of a Markdown file, with their line numbers.
set -e
grep -n '^#' "$1" | sed 's/:#* */ /'
