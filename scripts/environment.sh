# Read by the scripts beside it: find a Python, make a virtual environment, install the pinned versions.

find_python() {
    for name in python3.12 python3.13 python3.11 python3 python; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
            echo "$name"
            return 0
        fi
    done
    echo "sendwatch needs Python 3.11, 3.12 or 3.13 with venv (on Debian: apt-get install python3-venv)" >&2
    return 1
}

# install_into FOLDER LOCK: the pinned versions, then sendwatch itself; nothing to do when both are as they were.
install_into() {
    stamp="$1/installed"
    if [ -f "$stamp" ] && [ "$stamp" -nt "$2" ] && [ "$stamp" -nt pyproject.toml ]; then
        return 0
    fi
    python=$(find_python)
    echo "installing into $1 with $python"
    "$python" -m venv "$1"
    "$1/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$2"
    "$1/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --editable .
    touch "$stamp"
}
