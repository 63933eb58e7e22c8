#!/usr/bin/env bash
# Writes the report of a pull request's change to the job's summary, and into one comment of the pull request.
set -euo pipefail

report="$(mktemp)"
trap 'rm -f "$report"' EXIT

# A checkout is shallow by default and lacks the base.
if ! git -C "$DIRECTORY" cat-file -e "$BASE^{commit}" 2>/dev/null; then
  git -C "$DIRECTORY" fetch --quiet --no-tags --depth=1 origin "$BASE"
fi

tfgen report -C "$DIRECTORY" --catalogue "$CATALOGUE" --base "$BASE" --output "$report"
cat "$report" >>"$GITHUB_STEP_SUMMARY"

if [ -n "$PULL_REQUEST" ]; then
  python "$(dirname "$0")/comment.py" "$DIRECTORY/$CATALOGUE" <"$report"
fi
