#!/bin/sh
# Build what browsers load: translations, the till (build/root/till) and the server's static files (build/static), each also compressed.
# Called with the parts to build: till, static, translations.
set -eu
for part in "$@"; do
  case $part in
    translations)
      find mostrador -type d -name locale | while read -r folder; do
        .venv/bin/pybabel -q compile --directory "$folder" --domain django --statistics >/dev/null
      done ;;
    till)
      (cd till && npm run build --silent -- --logLevel warn)
      .venv/bin/python -m whitenoise.compress -q build/root ;;
    static)
      mkdir -p build/root
      DJANGO_SETTINGS_MODULE=mostrador.config.settings .venv/bin/python -m django collectstatic --noinput --clear -v0 ;;
    *) echo "scripts/front.sh: no such part: $part" >&2; exit 2 ;;
  esac
done
