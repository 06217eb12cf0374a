"""pipeline_manual.py STAGE: writes the man page of cf-pipeline, out of its --help and the tables of ../pipelines/README.md."""

import pathlib
import re
import subprocess
import sys

from manual import escaped, see_also
from pipeline_settings import names, plain, rows, settings


def bold(names):
    return ", ".join(f"\\fB{escaped(name)}\\fR" for name in names)


def terms(heading, items):
    lines = [f'.SH "{heading}"']
    for term, text in items:
        lines += [".TP", term, escaped(text)]
    return lines


def page(usage, version):
    synopsis, description = usage.split("\n\n")[:2]
    commands = [line.removeprefix("Usage:").strip() for line in synopsis.splitlines()]
    options = re.findall(r"^ *(--\S+) +(.*)", usage, re.MULTILINE)
    lines = [f'.TH "CF-PIPELINE" 1 "" "cf {version}"', ".SH NAME", "cf\\-pipeline \\- the whole pipeline, from nothing to a page"]
    lines += [".SH SYNOPSIS", "\n.br\n".join(escaped(command) for command in commands)]
    lines += [".SH DESCRIPTION", escaped(description)]
    lines += terms("OPTIONS", [(bold([name]), what) for name, what in options])
    lines += terms("SETTINGS", [(bold(group), f"{plain(what)} (default: {plain(default)})") for group, default, what in settings()])
    lines += terms("EXPERIMENTS", [(bold(names(name)), f"Arms: {plain(arms)}. Control: {plain(control)}.")
                                   for name, _, arms, control in rows("`NAME`")])
    lines += terms("ENVIRONMENT", [(bold(["XDG_CACHE_HOME", "HOME"]), "Models that are fetched are kept in "
                                    "XDG_CACHE_HOME/introspective-coupling, else in HOME/.cache/introspective-coupling.")])
    lines += terms("EXIT STATUS", [("64", "A word that is no task, setting or option; a place where the package cannot stand."),
                                   ("69", "A program that is needed is not installed."),
                                   ("2", "A setting that cannot be, or a stage that failed.")])
    lines += see_also("cf-pipeline")
    return "\n".join(lines) + "\n"


def main():
    stage = pathlib.Path(sys.argv[1])
    run = lambda option: subprocess.run([stage / "bin/cf-pipeline", option], check=True, capture_output=True, text=True).stdout
    manual = page(run("--help").replace(str(stage.resolve()), "PREFIX"), run("--version").split()[0])
    (stage / "share/man/man1/cf-pipeline.1").write_text(manual, encoding="utf-8")


main()
