#!/usr/bin/env bash
# Install the system packages that are missing: Pango and HarfBuzz to set text, poppler to look at pages.
# Usage: scripts/system-packages.sh [run|test|ears]
# `run` makes handouts; `test` and `ears` add what reads PDFs and web pages in the tests.
set -euo pipefail
want=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 python3-venv)
case "${1:-run}" in
  test | ears)
    want+=(poppler-utils mupdf-tools gettext chromium)
    # any Node.js will do that is there already, from Debian or not
    command -v node >/dev/null && command -v npm >/dev/null || want+=(nodejs npm)
    ;;
esac
missing=()
for package in "${want[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0
echo "installing: ${missing[*]}"
as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
"${as_root[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
