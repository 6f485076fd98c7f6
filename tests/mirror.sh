#!/bin/sh
# A site in object storage: what is uploaded when, how one goes back, and how another keeps a copy.
# The commands are taken from docs/publishing.md, block by block; what they did is counted.
#
# Usage: tests/mirror.sh [CLAUSES]
#
# Everything is on this machine: a stand-in for S3 (moto) and a plain web server (rclone), both
# reached by loopback alone. Needs the Rust toolchain, Python 3 and rclone (`apt-get install
# rclone`); moto and the AWS CLI come from PyPI into target/mirror. HANDBOOK and GENERATE may name
# programs that are built already.
set -eu
cd "$(dirname "$0")/.."
clauses=${1:-400}
work=$(mktemp -d)/work
mkdir "$work"
started=
trap 'for it in $started; do kill "$it" || true; done; rm -rf "${work%/work}"' EXIT

if [ -z "${HANDBOOK:-}" ]; then
  cargo build --release --locked --quiet --bin handbook --example generate
  HANDBOOK=$PWD/${CARGO_TARGET_DIR:-target}/release/handbook
  GENERATE=$PWD/${CARGO_TARGET_DIR:-target}/release/examples/generate
fi
docs=$PWD/docs/publishing.md
mkdir "$work/bin"
ln -s "$HANDBOOK" "$work/bin/handbook"
venv=$PWD/target/mirror/venv
if [ ! -e "$venv/done" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet 'moto[server,s3]==5.2.5' 'awscli==1.46.2'
  touch "$venv/done"
fi
PATH=$work/bin:$venv/bin:$PATH
command -v rclone >/dev/null || { echo "rclone is missing: apt-get install rclone" >&2; exit 2; }

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
wait_for() { python3 - "$1" <<'PY'
import socket, sys, time
for _ in range(300):
    try:
        socket.create_connection(("127.0.0.1", int(sys.argv[1]))).close()
        break
    except OSError:
        time.sleep(0.1)
else:
    sys.exit("the server on port %s does not answer" % sys.argv[1])
PY
}
say() { printf '\n== %s\n' "$*"; }
# is WHAT FOUND EXPECTED
is() {
  printf '%-72s %s\n' "$1" "$2"
  [ "$2" = "$3" ] || { echo "should be $3" >&2; exit 1; }
}

cd "$work"
unset AWS_CA_BUNDLE AWS_PROFILE AWS_SESSION_TOKEN
export AWS_ACCESS_KEY_ID=none AWS_SECRET_ACCESS_KEY=none AWS_DEFAULT_REGION=eu-west-2
export RCLONE_CONFIG="$work/rclone.conf"
export GIT_CONFIG_GLOBAL="$work/gitconfig" GIT_CONFIG_NOSYSTEM=1
printf '[user]\nname = nobody\nemail = nobody@example.org\n' >gitconfig
# Two stores, told to rclone once; the AWS CLI has one of its own.
stand_in() { # a new stand-in for S3, that notes in $1 what it is asked; its port is in $port
  port=$(free_port)
  moto_server -H 127.0.0.1 -p "$port" >"$1" 2>&1 &
  started="$started $!"
  wait_for "$port"
}
store() { # NAME PORT
  printf '[%s]\ntype = s3\nprovider = Other\nendpoint = http://127.0.0.1:%s\n' "$1" "$2"
  printf 'access_key_id = none\nsecret_access_key = none\n'
}
stand_in asked.log
store store "$port" >rclone.conf
stand_in second.log
store second "$port" >>rclone.conf
stand_in aws.log
export AWS_ENDPOINT_URL="http://127.0.0.1:$port"
aws s3 mb s3://handbook >/dev/null
rclone mkdir store:handbook
rclone mkdir second:handbook

# Runs the block of the guide that begins with the comment $1.
guide() {
  awk -v name="# $1" '/^```/ { on = 0 } on { print } $0 == name { on = 1 }' "$docs" >block
  [ -s block ] || { echo "the guide has no block \"$1\"" >&2; exit 1; }
  sed "s|https://example.org/handbook$|${site:-}|" block >block.sh
  sh -eu block.sh
}
build() { guide Build | sed -n 's/^Published/  &/p'; }
from_nothing() { rm -rf public .public.*; build; }
# How many objects were written since the count before (PUT; a copy inside the store is one too).
seen=0
count() { grep -c '"PUT /[^/ ]*/' asked.log || true; }
seen() { seen=$(count); }
written() { echo $(($(count) - seen)); }
files() { find public -type f | grep -vc '/\.handbook/' || true; }
digests() { sed -n 's/^"\(.*\)": "\(.*\)",\{0,1\}$/\2  \1/p' "$1" | sort; }
# Files of `public` with new bytes or a new path, against the list $1; then those with new bytes.
differing() { digests "$1" >old; digests public/.handbook/manifest.json | comm -13 old - | wc -l; }
new_bytes() {
  digests "$1" | cut -d' ' -f1 | sort -u >old
  digests public/.handbook/manifest.json | cut -d' ' -f1 | comm -13 old - | wc -l
}
# What rclone or the AWS CLI would send.
would_send() { rclone copy public store:handbook --exclude '/.handbook/**' --dry-run "$@" 2>&1; }
uploads() { grep -c '^\((dryrun) \)*upload:' || true; }
aws_sync() { guide "With the AWS CLI" | tr '\r' '\n' | uploads; }
is_first() {
  same=$(cmp -s public/.handbook/manifest.json first.json && echo yes || true)
  is "the website is that of the first publication" "$same" yes
}

say "The first publication"
"$GENERATE" "$clauses" content >/dev/null
git init -q . && git add content && git commit -qm first
from_nothing
cp public/.handbook/manifest.json first.json
guide Publish
is "objects written: every file and the list" "$(written)" $(($(files) + 1))
guide Prove
is "files uploaded, AWS CLI" "$(aws_sync)" "$(files)"

say "Nothing changed, built from nothing as in CI: every file has a new time"
sleep 1
from_nothing
seen
guide Publish
is "objects written" "$(written)" 0
rclone copy public store:handbook --exclude '/.handbook/**'
is "objects written anew without --checksum" "$(written)" "$(files)"
is "files uploaded, AWS CLI" "$(aws_sync)" "$(files)"

say "Nothing changed, built into the folder of before"
sleep 1
build
is "files uploaded, AWS CLI" "$(aws_sync)" 0

say "One letter of one clause changed, the length as before"
clause=$(find content -path '*/2023-05/*/5.5.md' | sort | tail -1)
sed -i '$s/[A-Za-z]\([^A-Za-z]*\)$/x\1/' "$clause"
git commit -qam second
build
cp public/.handbook/manifest.json second.json
changed=$(differing first.json)
echo "files with new bytes or a new path: $changed; with new bytes: $(new_bytes first.json)"
page=${clause#content/}
page=${page%%/protocol/*}/clauses/5.5/index.html
is "the page of the clause would be sent with --size-only" "$(would_send --size-only | grep -c "$page")" 0
is "and with --checksum" "$(would_send --checksum | grep -c "$page")" 1
seen
guide Publish
is "objects written: those and the list" "$(written)" $((changed + 1))
is "files uploaded, AWS CLI" "$(aws_sync)" "$changed"
guide Tidy
guide Prove

say "Back by handbook restore: the files of before come with the times of before"
handbook restore >/dev/null
is_first
is "files that rclone would send" "$(would_send --checksum | grep -c 'Skipped copy')" "$(differing second.json)"
is "files uploaded, AWS CLI: it misses them" "$(aws_sync)" 0

say "Back by the commit, built from nothing"
guide "Go back" >/dev/null
from_nothing
is_first
seen
guide Publish
is "objects written: the files that differ, and the list" "$(written)" $(($(differing second.json) + 1))
guide Tidy
guide Prove

say "A mirror, from store to store"
guide "Mirror a store"
rclone check store:handbook second:handbook

say "A mirror over the web, by the list, of what it lacks alone"
web=$(free_port)
rclone serve http store:handbook --addr "127.0.0.1:$web" >web.log 2>&1 &
started="$started $!"
wait_for "$web"
site=http://127.0.0.1:$web
guide "Mirror a website"
is "files fetched the first time" "$(wc -l <lacking)" "$(files)"
guide "Mirror a website"
is "files fetched the second time" "$(wc -l <lacking)" 0
