"""`make check`: every check, each to its end, then the verdict."""

import subprocess
import sys

CHECKS = {
    "format": ["-m", "ruff", "format", "--check", "."],
    "lint": ["-m", "ruff", "check", "."],
    "template format": ["-m", "djlint", "templates", "--check", "--quiet"],
    "template lint": ["-m", "djlint", "templates", "--lint", "--quiet"],
    "import order": ["-c", "from importlinter.cli import lint_imports_command as run; run()"],
    "types": ["-m", "mypy"],
    "migrations": ["manage.py", "makemigrations", "--check", "--dry-run"],
    "messages": ["manage.py", "messages", "--check"],
}


def main():
    failed = []
    for name, words in CHECKS.items():
        result = subprocess.run([sys.executable, *words], capture_output=True, text=True)
        print(f"{'ok    ' if result.returncode == 0 else 'FAILED'} {name}", flush=True)
        if result.returncode:
            failed.append(name)
            print(result.stdout, result.stderr, sep="", flush=True)
    if failed:
        sys.exit(f"check: {', '.join(failed)} failed.")


if __name__ == "__main__":
    main()
