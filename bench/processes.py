"""Programs run as processes of their own: how long, and how much memory at most."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass
class Run:
    seconds: float
    peak_bytes: int


def run(command: list[str]) -> Run:
    """Runs a program to its end, quietly; its errors end the benchmark."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)}\nended with {process.returncode}\n{errors}")
    return Run(seconds, usage.ru_maxrss * 1024)


class Worker:
    """A peer's process, which does one job after the other."""

    def __init__(self, module: str, arguments: dict):
        self.module = module
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, json.dumps(arguments)], cwd=os.path.dirname(os.path.abspath(__file__)),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def do(self, job: dict) -> dict:
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{self.module} ended with {self.process.wait()} at {json.dumps(job['settings'])}")
        return json.loads(line)

    def close(self):
        self.process.stdin.close()
        self.process.wait()
