"""`make bench ARGS="lists search --size full"`, or `python -m bench`."""

import argparse
import os
from importlib import import_module
from pathlib import Path

import django
from django.core.management import call_command

from bench import throwaway
from bench.scenarios import SCENARIOS, SIZES, Setting
from config.sentences import as_sentence


def options():
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("scenario", nargs="*", metavar="scenario", help=f"of: {', '.join(SCENARIOS)}")
    parser.add_argument("--size", choices=SIZES, default="small")
    parser.add_argument("--prompts", type=Path, metavar="FILE.csv", help="import this (columns act, prompt)")
    parser.add_argument("--run", action="store_true", help="time `make run` too")
    given = parser.parse_args()
    unknown = set(given.scenario) - set(SCENARIOS)
    if unknown:
        parser.error(f"There is no scenario {', '.join(sorted(unknown))}. Scenarios: {', '.join(SCENARIOS)}.")
    return given


def chosen(given):
    named = given.scenario or [name for name, scenario in SCENARIOS.items() if scenario.by_default]
    return [*named, *(["run"] if given.run and "run" not in named else [])]


def main():
    given = options()
    setting = Setting(SIZES[given.size], prompts=given.prompts, environment=dict(os.environ))
    with as_sentence(), throwaway.environment() as wanted:
        os.environ.update(wanted)
        django.setup()
        call_command("migrate", verbosity=0)
        for name in chosen(given):
            scenario = SCENARIOS[name]
            print(f"\n{name}: {scenario.what}" + (f" (floor: {scenario.floor})" if scenario.floor else ""))
            for line in import_module(scenario.module).run(setting):
                print(line, flush=True)
        close_connections()


def close_connections():
    import_module("django.db").connections.close_all()


if __name__ == "__main__":
    main()
