"""JSON Lines over zstd, read and written through the zstd program."""

import json
import subprocess


def read(path: str, limit: int | None = None) -> list[dict]:
    data = subprocess.run(["zstd", "-dcq", path], check=True, capture_output=True).stdout
    return [json.loads(line) for line in data.decode().split("\n")[:limit] if line]


def write(path: str, records: list[dict]):
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    subprocess.run(["zstd", "-qf", "-", "-o", path], check=True, input=text.encode())
