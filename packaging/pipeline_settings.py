"""What cf-pipeline takes: its tasks, goals and settings, read from the files that say so (../pipelines/README.md, settings.mk)."""

import pathlib
import re

HERE = pathlib.Path(__file__).resolve().parent
PIPELINES = HERE.parent / "pipelines"


def rows(heading):
    """The cells of the table of ../pipelines/README.md whose first column has this heading."""
    lines = iter((PIPELINES / "README.md").read_text(encoding="utf-8").splitlines())
    for line in lines:
        if line.startswith(f"| {heading} |"):
            break
    else:
        raise SystemExit(f"pipelines/README.md has no table of {heading}")
    next(lines)
    for line in lines:
        if not line.startswith("|"):
            return
        yield [without_links(cell.strip()) for cell in line.strip("|").split("|")]


def without_links(cell):
    """The text of links; of one that is all of what stands in brackets, nothing."""
    cell = re.sub(r" \(\[[^]]*\]\([^)]*\)\)", "", cell)
    return re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", cell)


def names(cell):
    return re.findall(r"`([^`]*)`", cell)


def plain(cell):
    return cell.replace("`", "")


def settings():
    """(names, default, what they mean) of each row; an error where settings.mk has one that the table lacks."""
    table = [(names(first), default, what) for first, default, what in rows("setting")]
    known = {name for row in table for name in row[0]}
    made = re.findall(r"^([A-Z][A-Z0-9_]*) *\?=", (PIPELINES / "settings.mk").read_text(encoding="utf-8"), re.MULTILINE)
    if missing := set(made) - known:
        raise SystemExit(f"pipelines/README.md does not explain the settings {', '.join(sorted(missing))}")
    return table


def choices():
    """The values of the settings that have few."""
    text = (PIPELINES / "settings.mk").read_text(encoding="utf-8")
    listed = lambda name: re.search(rf"^{name} := (.*)", text, re.MULTILINE)[1].split()
    return {"TASK": listed("TASKS"), "SCALE": listed("SCALES"), "NAME": listed("EXPERIMENTS")}


def goals():
    """What cf-pipeline runs besides the pipeline."""
    return re.search(r"^ *(.*)\) goal=\$word", (HERE / "cf-pipeline").read_text(encoding="utf-8"), re.MULTILINE)[1].split(" | ")
