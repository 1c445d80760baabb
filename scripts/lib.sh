# Shared by the scripts of this folder: say what happens, and ask Debian for what is missing.

say() { printf '\033[1m» %s\033[0m\n' "$*"; }

fail() {
    printf '\n%s\n' "$@" >&2
    exit 1
}

has_library() { "$PYTHON" -c "import ctypes, sys; ctypes.CDLL(sys.argv[1])" "$1" 2>/dev/null; }

has_module() { "$PYTHON" -c "import importlib, sys; importlib.import_module(sys.argv[1])" "$1" 2>/dev/null; }

has_command() { command -v "$1" >/dev/null 2>&1; }

# Prefix that makes a command run as root; empty for root, and refused when there is no way to be root.
root_prefix() {
    if [ "$(id -u)" -eq 0 ]; then
        return 0
    elif has_command sudo; then
        echo sudo
    else
        return 1
    fi
}

# install_packages PACKAGE...: install Debian packages, or say in a sentence which ones to ask for.
install_packages() {
    local prefix
    if ! has_command apt-get; then
        fail "Il manque des paquets du système : $*." \
            "Cette machine n'a pas apt-get : installez leurs équivalents, puis relancez la commande." \
            "Missing system packages: $*. There is no apt-get here: install their equivalents, then try again."
    fi
    if ! prefix=$(root_prefix); then
        fail "Il manque des paquets du système, et vous n'êtes ni root ni en mesure d'utiliser sudo." \
            "Demandez à l'administrateur de la machine : apt-get install $*" \
            "Missing system packages, and neither root nor sudo is available: ask for apt-get install $*"
    fi
    say "Paquets du système : $*"
    if ! { $prefix apt-get update -qq -o DPkg::Lock::Timeout=300 && $prefix env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o DPkg::Lock::Timeout=300 --no-install-recommends "$@"; } </dev/null >/dev/null; then
        fail "L'installation des paquets $* a échoué (réseau, droits ou mot de passe sudo)." \
            "Installez-les à la main, puis relancez : apt-get install $*" \
            "Installing $* failed: install them by hand, then try again."
    fi
}
