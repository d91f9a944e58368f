# What every entry script starts with: `. "$(dirname "$0")/lib.sh"`, then `prepare demo|tests|browser`.
# It installs what the machine lacks (apt packages, a virtual environment under var/venv) and
# leaves the machine's own services and clusters alone. Works where python3 is still missing.
set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)"
VENV="$ROOT/var/venv"
PYTHON="$VENV/bin/python"
LOGS="$ROOT/var/log"
BROWSERS="$ROOT/var/browsers"
export LC_ALL=C.UTF-8 PYTHONUTF8=1 PIP_DISABLE_PIP_VERSION_CHECK=1
# The portal shares the connector's wire, always the one of this checkout.
export PYTHONPATH="$ROOT/connector"
cd "$ROOT"
mkdir -p "$LOGS"

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 1
}

# step WORDS LOG COMMAND…: one line in plain words; what the command prints goes to a log.
step() {
  local words="$1" log="$LOGS/$2.log" began=$SECONDS
  shift 2
  printf '%s … ' "$words" >&2
  if "$@" >"$log" 2>&1; then
    say "done ($((SECONDS - began)) s)"
  else
    say "failed"
    tail -n 15 "$log" >&2
    fail "Everything it said is in $log"
  fi
}

# prepare demo|tests|browser: have all that the demonstration needs, or the tests as well, or the
# browser tests too.
# A stamp remembers what is done, so that the next start asks nothing.
prepare() {
  local lock
  case "$1" in
    demo) lock=requirements.lock ;;
    tests | browser) lock=requirements-dev.lock ;;
  esac
  once "packages-$1${DATABASE_URL:+-own-database}${REDIS_URL:+-own-redis}" scripts/lib.sh \
    install_packages "$1"
  [ -x "$PYTHON" ] || make_environment
  once "venv/$lock" "$lock" install_locked "$lock"
  has_postgres && has_redis ||
    once venv/requirements-servers.lock requirements-servers.lock \
      install_locked requirements-servers.lock
  [ "$1" != browser ] || once browser scripts/lib.sh install_browser
}

# once STAMP FILE COMMAND…: run the command unless it has been run for FILE as it is now.
once() {
  local stamp="$ROOT/var/$1.done" now
  now="$(sha256sum <"$2")"
  [ -e "$stamp" ] && [ "$(<"$stamp")" = "$now" ] && return
  "${@:3}"
  echo "$now" >"$stamp"
}

# The first Python that is new enough and can make virtual environments.
find_python() {
  local name
  for name in python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null &&
      "$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$name"
      return
    fi
  done
}

# candidate PACKAGE: the version apt would install, or nothing.
candidate() {
  apt-cache policy "$1" 2>/dev/null | sed -n 's/^  Candidate: \([^(].*\)/\1/p'
}

is_installed() {
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

has_command() { command -v "$1" >/dev/null || [ -x "/usr/sbin/$1" ]; }

# Which of the machine's packages are missing, by what is really there: a program installed in
# another way counts.
missing_packages() {
  local font
  [ -n "$(find_python)" ] || python_packages
  has_postgres || ! offers postgresql 15 || echo postgresql
  has_redis || ! offers redis-server 5:6.2 || echo redis-server
  [ "$1" = demo ] || has_command mariadbd || mariadb_package
  has_command wkhtmltopdf || echo wkhtmltopdf
  has_command pdftotext || echo poppler-utils
  has_command 7zz || has_command 7z || { [ -n "$(candidate 7zip)" ] && echo 7zip || echo p7zip-full; }
  for font in fonts-wqy-zenhei fonts-wqy-microhei fonts-noto-cjk; do
    is_installed "$font" || echo "$font"
  done
  [ "$1" != browser ] || has_browser || browser_package
}

# offers PACKAGE VERSION: apt has that version of it, or a newer one.
offers() { dpkg --compare-versions "$(candidate "$1")" ge "$2"; }

has_postgres() {
  [ -n "${DATABASE_URL:-}${PG_BIN:-}" ] ||
    compgen -G '/usr/lib/postgresql/1[5-9]/bin/initdb' >/dev/null
}

# Tests of the connector ask a MariaDB of their own; the server alone is enough.
mariadb_package() {
  if [ -n "$(candidate mariadb-server-core)" ]; then
    echo mariadb-server-core
  else
    echo mariadb-server-core-10.6
  fi
}

has_redis() {
  [ -n "${REDIS_URL:-}${REDIS_SERVER:-}" ] || {
    has_command redis-server &&
      dpkg --compare-versions "$(redis-server --version | sed 's/.*v=\([^ ]*\).*/\1/')" ge 6.2
  }
}

has_browser() { has_command chromium || compgen -G "$BROWSERS/chromium*" >/dev/null; }

# Ubuntu has no Chromium package, only a snap; Playwright then brings its own (install_browser),
# and its installer needs one library.
browser_package() {
  if [ -z "$(candidate chromium)" ]; then echo libatomic1; return; fi
  echo chromium
  # Its words in Chinese, for the pictures.
  [ -z "$(candidate chromium-l10n)" ] || echo chromium-l10n
}

python_packages() {
  if offers python3 3.11; then
    echo python3 python3-venv
  else
    echo python3.11 python3.11-venv
  fi
}

install_packages() {
  local missing
  missing="$(missing_packages "$1" | xargs)"
  [ -n "$missing" ] || return 0
  has_command apt-get || fail "This machine has no apt. Please install: $missing"
  as_root true || fail "Please run as root or with sudo, or have installed: $missing"
  step "Refreshing the list of system packages" apt-update as_root apt-get -q update
  missing="$(missing_packages "$1" | xargs)"
  step "Installing system packages: $missing" apt-install apt_install $missing
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  else
    has_command sudo && sudo "$@"
  fi
}

# Install without starting anything: no service, and no cluster made for the machine.
apt_install() {
  local no_cluster=/etc/postgresql-common/createcluster.d/hedui-install.conf
  local no_start=/usr/sbin/policy-rc.d ours=""
  as_root mkdir -p "${no_cluster%/*}"
  echo 'create_main_cluster = false' | as_root tee "$no_cluster" >/dev/null
  if [ ! -e "$no_start" ]; then
    ours="$no_start"
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$no_start" >/dev/null
    as_root chmod 755 "$no_start"
  fi
  local outcome=0
  as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
    apt-get -q -y --no-install-recommends install "$@" || outcome=$?
  as_root rm -f "$no_cluster" $ours
  return $outcome
}

make_environment() {
  local python
  python="$(find_python)"
  [ -n "$python" ] || fail "Python 3.11 or newer, with venv, is needed."
  step "Making a Python environment in var/venv" venv "$python" -m venv --clear "$VENV"
}

install_locked() {
  step "Installing the Python packages of $1" pip \
    "$PYTHON" -m pip install --no-input --require-hashes --only-binary :all: -r "$1"
}

install_browser() {
  has_browser && return
  step "Installing what a browser needs" browser-packages \
    as_root "$PYTHON" -m playwright install-deps chromium
  step "Installing a browser for the tests" browser \
    env PLAYWRIGHT_BROWSERS_PATH="$BROWSERS" "$PYTHON" -m playwright install chromium
}
