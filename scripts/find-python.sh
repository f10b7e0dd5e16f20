#!/bin/sh
# Print the path of a Python that fits (3.12 or newer) and really runs; print nothing when there is none, so that uv fetches one.
# Tried in turn: $PY, python3, python3.13, python3.12 on PATH, then what pyenv holds: its shims on PATH may refuse to start.
fits() {
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 12)) or print(sys.executable)' 2>/dev/null
}
for name in ${PY:-} python3 python3.14 python3.13 python3.12; do
  command -v "$name" >/dev/null 2>&1 && fits "$name" && exit 0
done
for folder in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.13* "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[24-9]*; do
  [ -x "$folder/bin/python" ] && fits "$folder/bin/python" && exit 0
done
exit 0
