"""pipeline_completions.py STAGE: writes the completions of cf-pipeline: those in completions/, with the words that it takes."""

import pathlib
import sys

from pipeline_settings import HERE, choices, goals, settings

PLACES = {"bash": "bash-completion/completions/cf-pipeline", "zsh": "zsh/site-functions/_cf-pipeline",
          "fish": "fish/vendor_completions.d/cf-pipeline.fish"}


def main():
    share = pathlib.Path(sys.argv[1]) / "share"
    names = [name for group, _, _ in settings() for name in group] + ["ACCEPT_GEMMA_TERMS"]
    words = {"GOALS": " ".join(goals()), "SETTINGS": " ".join(f"{name}=" for name in names)}
    words |= {name: " ".join(values) for name, values in choices().items()}
    for shell, place in PLACES.items():
        text = (HERE / "completions" / f"cf-pipeline.{shell}").read_text(encoding="utf-8")
        for name, value in words.items():
            text = text.replace(f"@{name}@", value)
        (share / place).write_text(text, encoding="utf-8")


main()
