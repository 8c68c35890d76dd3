#!/usr/bin/env bash
# Installs what is missing of the named sections of tools/packages.txt, and the data that the tables are built from.
#   tools/setup.sh SECTION ...
# A stamp named after the lists says that all is there; then neither dpkg nor npm is asked.
set -euo pipefail
cd -- "$(dirname -- "$0")/.."

say() { printf '%s\n' "$*" >&2; }

(($#)) || { say "usage: tools/setup.sh SECTION ..."; exit 2; }

lists=$(cat tools/packages.txt package.json package-lock.json | sha256sum)
stamp=build/.setup-$(IFS=+; printf '%s' "$*")-${lists:0:16}
[[ -e $stamp && -e node_modules/.package-lock.json ]] && exit

declare -A installed=()
load_installed() {
    local status package
    while read -r status package; do
        [[ $status == installed ]] && installed[$package]=1
    done < <(dpkg-query -W -f '${db:Status-Status} ${Package}\n')
}

# Fills missing and purpose with a section's.
find_missing() {
    local section=$1 here='' package alternative
    missing=() purpose=''
    while read -r package alternative; do
        case $package in
        '' | '#'*) continue ;;
        '['*)
            here=$package
            [[ $here == "[$section]" ]] && purpose=$alternative
            continue
            ;;
        esac
        [[ $here == "[$section]" ]] || continue
        [[ -n $alternative ]] && command -v "$alternative" >/dev/null && continue
        [[ -n ${installed[$package]-} ]] || missing+=("$package")
    done <tools/packages.txt
    [[ -n $purpose ]] || { say "tools/packages.txt has no section [$section]"; exit 2; }
}

as_root() {
    if ((EUID == 0)); then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        say "This needs root, and there is no sudo.  As root: $*"
        exit 1
    fi
}

if command -v dpkg-query >/dev/null; then
    load_installed
    wanted=()
    for section in "$@"; do
        find_missing "$section"
        ((${#missing[@]})) || continue
        say "Synoptic needs Debian packages $purpose: ${missing[*]}"
        wanted+=("${missing[@]}")
    done
    if ((${#wanted[@]})); then
        as_root apt-get -qq update
        as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Dpkg::Use-Pty=0 install --no-install-recommends "${wanted[@]}" >&2
    fi
else
    say "This is no Debian system: what tools/packages.txt lists must be there already."
fi

have=node_modules/.package-lock.json
if [[ ! -e $have || package-lock.json -nt $have || package.json -nt $have ]]; then
    say "Synoptic builds its tables of languages, names and places from npm packages of CLDR and GeoNames: npm ci"
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2
    touch "$have"
fi

mkdir -p build
rm -f "${stamp%-*}"-*
: >"$stamp"
