"""manual.py PROGRAM DIRECTORY: writes the man pages of a program and its subcommands, out of its own description of its options.

The description is the one that swift-argument-parser gives as JSON (--experimental-dump-help).
"""

import json
import pathlib
import re
import subprocess
import sys


def escaped(text):
    """Text as roff: no backslash, dot or quote of it is a command."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^([.'])", r"\\&\1", text, flags=re.MULTILINE)


def paragraphs(text):
    return "\n.PP\n".join(escaped(part.strip()) for part in re.split(r"\n\s*\n", text) if part.strip())


def spelled(name):
    return ("--" if name["kind"] == "long" else "-") + name["name"]


def term(argument):
    """An option as it is typed, such as `-o, --output FILE`."""
    value = argument.get("valueName", "")
    if argument["kind"] == "positional":
        text = f"\\fI{escaped(value.upper())}\\fR"
        return text + " ..." if argument.get("isRepeating") else text
    names = ", ".join(f"\\fB{escaped(spelled(name))}\\fR" for name in argument["names"])
    return names if argument["kind"] == "flag" else f"{names} \\fI{escaped(value)}\\fR"


def described(argument):
    text = " ".join(filter(None, [argument.get("abstract"), argument.get("discussion")]))
    if "defaultValue" in argument:
        text += f" (default: {argument['defaultValue']})"
    return text


def see_also(title):
    others = [name for name in ("cf-gen", "cf-label", "xp-train", "xp-score", "cf-pipeline") if name != title]
    return [".SH SEE ALSO", ", ".join(f"\\fB{escaped(name)}\\fR(1)" for name in others)]


def page(command, title, version):
    shown = [argument for argument in command.get("arguments", []) if argument.get("shouldDisplay", True)]
    subcommands = [c for c in command.get("subcommands", []) if c["commandName"] != "help"]
    lines = [f'.TH "{title.upper()}" 1 "" "{title.split("-")[0]} {version}"', ".SH NAME"]
    lines.append(f"{escaped(title)} \\- {escaped(command.get('abstract', '').rstrip('.'))}")
    lines += [".SH SYNOPSIS", f".B {escaped(title)}"]
    if subcommands:
        lines.append("[\\fIsubcommand\\fR]")
    lines.append("[\\fIoption\\fR]...")
    lines += [term(a) for a in shown if a["kind"] == "positional"]
    if command.get("discussion"):
        lines += [".SH DESCRIPTION", paragraphs(command["discussion"])]
    sections = {}
    for argument in sorted(shown, key=lambda a: a["kind"] != "positional"):
        heading = argument.get("sectionTitle") or ("Arguments" if argument["kind"] == "positional" else "Options")
        sections.setdefault(heading, []).append(argument)
    for heading, arguments in sections.items():
        lines.append(f'.SH "{escaped(heading.upper())}"')
        for argument in arguments:
            lines += [".TP", term(argument), escaped(described(argument))]
    if subcommands:
        lines.append(".SH SUBCOMMANDS")
        for sub in subcommands:
            lines += [".TP", f"\\fB{escaped(sub['commandName'])}\\fR", escaped(sub.get("abstract", ""))]
    lines += see_also(title)
    return "\n".join(lines) + "\n"


def write(command, title, version, directory):
    file_name = title.replace(" ", "-") + ".1"
    (directory / file_name).write_text(page(command, title, version), encoding="utf-8")
    for sub in command.get("subcommands", []):
        if sub["commandName"] != "help":
            write(sub, f"{title} {sub['commandName']}", version, directory)


def main():
    program, directory = sys.argv[1], pathlib.Path(sys.argv[2])
    run = lambda option: subprocess.run([program, option], check=True, capture_output=True, text=True).stdout
    write(json.loads(run("--experimental-dump-help"))["command"], pathlib.Path(program).name,
          run("--version").split()[0], directory)


if __name__ == "__main__":
    main()
