# Postgres' server programs for the other scripts, which source this: finds them, installs them from the
# system's packages, and runs a temporary server with the schema. POSIX sh.

say() { echo "$*" >&2; }

# Prints the folder of the programs, if there are any; the same places as in src/store/cluster/programs.rs.
postgres_bin() {
    if [ -n "${PG_BIN:-}" ]; then
        [ -x "$PG_BIN/initdb" ] && [ -x "$PG_BIN/postgres" ] && echo "$PG_BIN"
        return
    fi
    if command -v postgres >/dev/null && command -v initdb >/dev/null; then
        dirname "$(command -v initdb)"
        return
    fi
    for version in 20 19 18 17 16 15 14 13; do
        for bin in "/usr/lib/postgresql/$version/bin" "/usr/pgsql-$version/bin" "/usr/libexec/postgresql$version" \
            "/usr/lib/postgresql$version/bin" "/usr/lib64/postgresql-$version/bin" \
            "/opt/homebrew/opt/postgresql@$version/bin" "/usr/local/opt/postgresql@$version/bin" \
            "/Library/PostgreSQL/$version/bin" "/Applications/Postgres.app/Contents/Versions/$version/bin"; do
            if [ -x "$bin/initdb" ] && [ -x "$bin/postgres" ]; then
                echo "$bin"
                return
            fi
        done
    done
    return 1
}

# Prints the commands that install the programs here.
install_commands() {
    if command -v apt-get >/dev/null; then
        # The package would also make and start a cluster of its own; its settings come with -common.
        cat <<'COMMANDS'
apt-get update -q
DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends postgresql-common
mkdir -p /etc/postgresql-common
echo 'create_main_cluster = false' >> /etc/postgresql-common/createcluster.conf
DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends postgresql
COMMANDS
    elif command -v dnf >/dev/null; then
        echo "dnf install -y postgresql-server"
    elif command -v apk >/dev/null; then
        echo "apk add postgresql"
    elif command -v pacman >/dev/null; then
        echo "pacman -Sy --noconfirm postgresql"
    elif command -v zypper >/dev/null; then
        echo "zypper --non-interactive install postgresql-server"
    elif command -v brew >/dev/null; then
        echo "brew install postgresql@17"
    else
        return 1
    fi
}

# Makes sure that the programs are there, or stops with the command that installs them.
ensure_postgres() {
    postgres_bin >/dev/null && return
    if [ -n "${PG_BIN:-}" ]; then
        say "PG_BIN is $PG_BIN, but there is no working postgres with initdb in it"
        exit 1
    fi
    if ! commands=$(install_commands); then
        say "PostgreSQL's server programs (postgres, initdb) are missing: install them from the system's packages,"
        say "or name their folder in PG_BIN"
        exit 1
    fi
    say "PostgreSQL's server programs are missing; they are installed by:"
    say "$commands"
    case $commands in brew*) root=no ;; *) root=yes ;; esac
    if [ "$(id -u)" = 0 ] || [ $root = no ]; then
        echo "$commands" | sh -e >&2
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        echo "$commands" | sudo -n sh -e >&2
    else
        say "That needs root: run these commands as root, then start again."
        exit 1
    fi
    if ! postgres_bin >/dev/null; then
        say "They were installed, but are not found: name their folder in PG_BIN"
        exit 1
    fi
}

# Runs a command line as ourselves, or as another user if we are root, whom Postgres refuses.
as_server() {
    if [ "$(id -u)" != 0 ]; then
        (cd "$temporary" && sh -c "$1")
    elif id postgres >/dev/null 2>&1; then
        (cd "$temporary" && su -s /bin/sh postgres -c "$1")
    else
        (cd "$temporary" && su -s /bin/sh nobody -c "$1")
    fi
}

# Starts a server in a temporary folder, with the schema of migrations/, and sets $temporary_url to it; it goes
# with this script. Scripts alone need it: the programs and tests start their own.
temporary_database() {
    bin=$(postgres_bin)
    temporary=$(mktemp -d /tmp/tidings-scripts-XXXXXX)
    trap 'remove_temporary' EXIT
    trap 'exit 1' HUP INT TERM
    chmod 755 "$temporary"
    mkdir "$temporary/server"
    if [ "$(id -u)" = 0 ]; then
        chown "$(id -u postgres 2>/dev/null || id -u nobody)" "$temporary/server"
    fi
    as_server "'$bin/initdb' --auth=trust --encoding=UTF8 --locale=C --username=tidings --no-sync \
        -D '$temporary/server/data'" >"$temporary/log"
    # Single-user mode needs no client program; a line ends a statement only where an empty one follows.
    {
        cat migrations/*.sql
        printf '\n\n'
    } >"$temporary/schema.sql"
    as_server "'$bin/postgres' --single -j -D '$temporary/server/data' postgres" \
        <"$temporary/schema.sql" >"$temporary/schema.log" 2>&1
    if grep -E 'ERROR|FATAL' "$temporary/schema.log" >&2; then
        say "the migrations do not apply"
        exit 1
    fi
    as_server "'$bin/pg_ctl' start -w -s -D '$temporary/server/data' -l '$temporary/server/log' \
        -o \"-c listen_addresses= -c fsync=off -k '$temporary/server'\"" >&2
    # shellcheck disable=SC2034 # the scripts that source this read it
    temporary_url="postgres://tidings@localhost/postgres?host=$temporary/server"
}

remove_temporary() {
    if [ -f "$temporary/server/data/postmaster.pid" ]; then
        as_server "'$bin/pg_ctl' stop -s -m immediate -D '$temporary/server/data'" || true
    fi
    rm -rf "$temporary"
}
