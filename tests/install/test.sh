#!/usr/bin/env bash
# Installs into an empty folder, builds consumer.c against that through pkg-config in both forms and with both
# compilers, looks at what the library shows, and takes it all away again:  tests/install/test.sh BUILD
set -euo pipefail
cd -- "$(dirname -- "$0")/../.."

build=$1
dest=$(mktemp -d)
trap 'rm -rf -- "$dest"' EXIT

make -s BUILD="$build" install DESTDIR="$dest" PREFIX=/usr
lib=$dest/usr/lib
export PKG_CONFIG_PATH=$lib/pkgconfig PKG_CONFIG_SYSROOT_DIR=$dest

read -ra compile < <(pkg-config --cflags synoptic)
read -ra shared < <(pkg-config --libs synoptic)
read -ra static < <(pkg-config --static --libs synoptic)
static=("${static[@]/#-lsynoptic/-l:libsynoptic.a}")

version=$(pkg-config --modversion synoptic)
for cc in gcc clang; do
    command -v "$cc" >/dev/null || continue
    "$cc" -std=c17 -Wall -Wextra -Wpedantic -Werror "${compile[@]}" -o "$dest/shared" tests/install/consumer.c "${shared[@]}"
    "$cc" -std=c17 -Wall -Wextra -Wpedantic -Werror "${compile[@]}" -o "$dest/static" tests/install/consumer.c "${static[@]}"
    readelf -d "$dest/shared" | grep -q "NEEDED.*\[libsynoptic\.so\.${version%%.*}\]"
    if readelf -d "$dest/static" | grep -q libsynoptic; then
        echo "the static form still asks for the shared library"
        exit 1
    fi
    [[ $(LD_LIBRARY_PATH=$lib "$dest/shared") == "$version sv" ]]
    [[ $("$dest/static") == "$version sv" ]]
done

stray=$({ nm -D --defined-only "$lib/libsynoptic.so"; nm --defined-only --extern-only "$lib/libsynoptic.a"; } |
    awk 'NF == 3 && $3 !~ /^synoptic_/ { print $3 }' | sort -u)
[[ -z $stray ]] || { printf 'the library shows more than its interface:\n%s\n' "$stray"; exit 1; }
for name in $(grep -o 'synoptic_[a-z_]*(' include/synoptic.h | tr -d '(' | sort -u); do
    nm -D --defined-only "$lib/libsynoptic.so" | grep -q " T $name\$" || { echo "the library lacks $name"; exit 1; }
done

[[ $("$dest/usr/bin/synoptic" --version) == "synoptic $version" ]]
[[ -s $dest/usr/share/man/man1/synoptic.1 ]]

make -s BUILD="$build" uninstall DESTDIR="$dest" PREFIX=/usr
left=$(find "$dest/usr" ! -type d)
[[ -z $left ]] || { printf 'left after uninstall:\n%s\n' "$left"; exit 1; }
echo "installed, used and taken away"
