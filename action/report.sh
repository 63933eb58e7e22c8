#!/usr/bin/env bash
# Writes the report of a pull request's change into the job's summary, and a file with it for the comment.
set -euo pipefail

# An empty or relative folder of the path would be one of the checkout, where anything may be named git.
IFS=: read -ra folders <<<"$PATH"
PATH=""
for folder in "${folders[@]}"; do
  if [[ "$folder" == /* ]]; then PATH+="${PATH:+:}$folder"; fi
done

# The nearest folder with .git, which git never checks out: a repository that the pull request brings has none.
case "$DIRECTORY" in /*) above="$DIRECTORY" ;; *) above="./$DIRECTORY" ;; esac
checkout="$(cd -P "$above" && until [ -e .git ] || [ "$PWD" = / ]; do cd ..; done && pwd)"

# What lies in the checkout tells git neither what to run nor where to fetch. See docs/architecture.md, "Git".
in_checkout() {
  git -C "$checkout" --no-replace-objects -c safe.bareRepository=explicit -c core.hooksPath=/dev/null -c core.fsmonitor= "$@"
}

# A checkout is shallow by default: it lacks the base, and the commit that the change began from. 2147483647 is no limit
# to a depth, see git's "shallow". Why they cannot be fetched, git says, and tfgen what is missing.
if ! base="$(GIT_NO_LAZY_FETCH=1 in_checkout rev-parse --quiet --verify --end-of-options "$BASE^{commit}" 2>/dev/null)" ||
  ! GIT_NO_LAZY_FETCH=1 in_checkout merge-base "$base" HEAD >/dev/null 2>&1; then
  in_checkout fetch --quiet --no-tags --no-recurse-submodules --no-auto-gc --depth=2147483647 \
    origin '+refs/heads/*:refs/remotes/origin/*' || true
fi

here="$(dirname "${BASH_SOURCE[0]}")"
report="$(mktemp)"
options=()
if [ -n "${PLAN:-}" ]; then options=(--plan "$PLAN"); fi
tfgen report -C "$DIRECTORY" --catalogue "$CATALOGUE" --base "$BASE" --output "$report" ${options[@]+"${options[@]}"}
python -I "$here/summary.py" <"$report" >>"$GITHUB_STEP_SUMMARY"
echo "report=$report" >>"$GITHUB_OUTPUT"
