#!/bin/sh
# Install from Debian what the tests need and the machine lacks: `sh scripts/debian.sh chromium postgresql libnss3-tools`.
set -eu
present() {
  case $1 in
    chromium) command -v chromium >/dev/null 2>&1 || [ -n "${CHROME:-}" ] ;;
    chromium-headless-shell) [ -x /usr/lib/chromium/chromium-headless-shell ] || [ -n "${CHROME:-}" ] ;;
    libnss3-tools) command -v certutil >/dev/null 2>&1 ;;
    postgresql) command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 ;;
  esac
}
missing=''
for package in "$@"; do present "$package" || missing="$missing $package"; done
[ -z "$missing" ] && exit 0
as_root=''
if [ "$(id -u)" -ne 0 ]; then
  if sudo -n true 2>/dev/null; then as_root='sudo -n'; else
    echo "The tests need$missing. Install it (apt-get install$missing), or run make test-fast, which needs neither." >&2
    exit 1
  fi
fi
command -v apt-get >/dev/null 2>&1 || { echo "The tests need$missing, and this machine has no apt-get: install it by hand." >&2; exit 1; }
echo "· installing$missing from Debian (once)"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# A PostgreSQL that starts by itself on the machine's port is not wanted: the tests start their own.
case $missing in *postgresql*)
  if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    $as_root mkdir -p /etc/postgresql-common
    echo 'create_main_cluster = false' | $as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
  fi ;;
esac
{
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q &&
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
} >"$log" 2>&1 || { tail -n 15 "$log" >&2; echo "apt-get could not install$missing." >&2; exit 1; }
