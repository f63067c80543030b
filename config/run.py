"""`make run`: prepares the database, runs the processes of the Procfile, stops what it started."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from honcho.environ import parse_procfile
from honcho.manager import Manager
from honcho.process import Process

from config.embedded import server
from config.process import end_with_parent
from config.serve import refuse_taken_port

ROOT = Path(__file__).resolve().parent.parent


class AttachedProcess(Process):
    """honcho's, except that it does not outlive a killed honcho."""

    def run(self, *arguments):
        end_with_parent(signal.SIGKILL)
        super().run(*arguments)


def main():
    refuse_taken_port()
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ.get('PATH', os.defpath)}",
        "PYTHONUNBUFFERED": "1",
        "REMAP_SIGTERM": "SIGQUIT",  # Celery's quick end: an interrupted job is sent again at the next start
    }
    prepared = subprocess.run([sys.executable, "-m", "config.prepare"], cwd=ROOT)
    if prepared.returncode:
        sys.exit(prepared.returncode)
    returncode = run_processes(environment)
    stop_embedded_server()
    sys.exit(returncode)


def run_processes(environment):
    manager = Manager()
    manager._process_ctor = AttachedProcess
    for name, command in parse_procfile((ROOT / "Procfile").read_text()).processes.items():
        manager.add_process(name, command, env=environment, cwd=str(ROOT))
    manager.loop()
    stopped_by_user = manager.returncode in {130, 143}
    return 0 if stopped_by_user else manager.returncode


def stop_embedded_server():
    """Stop it unless somebody else still uses it; our own processes' connections take a moment to end."""
    if os.environ.get("DATABASE_URL"):
        return
    for _ in range(10):
        if server.stop(os.environ.get("DATA_DIR") or ROOT / "var"):
            return
        time.sleep(0.2)


if __name__ == "__main__":
    end_with_parent()
    main()
