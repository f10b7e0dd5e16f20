#!/bin/sh
# Put uv into .tools/bin, from the package index that pip knows. `--target` needs no venv module and is allowed by Debian's own Python.
set -eu
wanted='uv==0.13.9'
python=$(sh scripts/find-python.sh)
for candidate in "$python" python3; do
  [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1 || continue
  "$candidate" -m pip --version >/dev/null 2>&1 || continue
  "$candidate" -m pip install -q --disable-pip-version-check --no-warn-script-location --root-user-action=ignore \
    --upgrade --target .tools "$wanted" && exit 0
done
for candidate in "$python" python3; do
  [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1 || continue
  "$candidate" -m venv .tools/v >/dev/null 2>&1 || continue
  .tools/v/bin/pip install -q --disable-pip-version-check "$wanted" || continue
  mkdir -p .tools/bin && ln -sf ../v/bin/uv .tools/bin/uv && exit 0
done
spoken=''
for value in "${MOSTRADOR_LANG:-}" "${LC_ALL:-}" "${LC_MESSAGES:-}" "${LANG:-}"; do
  case $value in '' | C* | POSIX*) ;; *) spoken=$value && break ;; esac
done
case $spoken in
  en*) echo 'Set-up needs pip or venv, and found neither (or no package index answers). On Debian: apt-get install python3-pip' >&2 ;;
  *) echo 'Hace falta pip o venv y no hay ninguno (o no responde el índice de paquetes). En Debian: apt-get install python3-pip' >&2 ;;
esac
exit 1
