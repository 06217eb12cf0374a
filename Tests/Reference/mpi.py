#!/usr/bin/env python3
"""Trains one model in several processes by MPI, and holds the run against one process alone.

    Tests/Reference/mpi.py MODEL.gguf [--bin DIR] [--parts processes,ended,mistakes,hosts] [--rates 10,1] [--steps N]

Losses, gradient norms, checkpoints and states have the same bytes with one process and with 2, 4 and 8, by each MPI that is installed
(Open MPI, MPICH). A run that is ended and gone on with by other numbers of processes has the bytes of one that was not, whichever way
it was ended: SIGTERM or SIGINT to one process, SIGTERM to mpirun, SIGKILL to one process. An error of one is one line, and the others
end too. Two network namespaces stand for two hosts that are joined by a cable of a number of Gbit/s (root, iproute2); the exchange of
gradients is timed there.
"""

import json
import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from kill_and_resume import digests, metrics, steps_in
from tools import Tools, arguments, print_table, verdict, write_stream

OPENMPI = ["mpirun.openmpi", "--allow-run-as-root", "--oversubscribe", "--bind-to", "none"]
MPICH = ["mpirun.mpich"]
# Open MPI waits so many seconds before it ends its processes, and again before it kills them.
PATIENT = ["--mca", "odls_base_sigkill_timeout", "5"]
STEPS, SLICES = 20, 8
PARTS = ["processes", "ended", "mistakes", "hosts"]
# How each life of the run that is ended ends, and how many processes it has.
LIVES = [(4, "SIGTERM to a process"), (2, "SIGTERM to mpirun"), (4, "SIGKILL to a process"), (2, "SIGINT to a process"),
         (1, "SIGTERM to a process")]


class Runs:
    """One explainer, trained in this way and that."""

    def __init__(self, options, folder: Path):
        self.tools, self.folder = Tools(options.bin), folder
        labelled = folder / "labelled.jsonl"
        cases = self.tools.generate("hint", "--split", "train", "--limit", 24)
        labelled.write_bytes(write_stream(self.tools.label(cases, options.model)))
        followed = folder / "followed.jsonl"
        cases = self.tools.generate("hint", "--split", "validation", "--limit", 6)
        followed.write_bytes(write_stream(self.tools.label(cases, options.model)))
        # A run by the other ways: all weights, a stored teacher, evaluations.
        self.full = ["--method", "full", "--behave-targets", "kl", "--eval", followed, "--eval-every", 3, "--steps", 6, "--save-every", 3]
        self.steps = options.steps
        self.arguments = ["--model", options.model, "--explain", labelled, "--behave", f"{labelled}:2", "--behave-on", "both",
                          "--batch-size", 9, "--seed", 3, "--lr", options.rate, "--threads", 1, "--slices", SLICES, "--quiet"]

    def command(self, launcher: list[str], processes: int, name: str, *more) -> list[str]:
        launch = [*launcher, "-n", str(processes)] if launcher else []
        options = [*self.arguments, "--steps", self.steps, "--save-every", max(4, self.steps // 3), *more]
        return launch + self.tools.command("xp-train", *options, "-o", self.folder / name)

    def train(self, launcher: list[str], processes: int, name: str, *more) -> Path:
        subprocess.run(self.command(launcher, processes, name, *more), check=True)
        return self.folder / name

    def ended(self, processes: int, way: str) -> tuple[int, int, str]:
        """A life of the run `cut`: its exit status, its steps so far, and what xp-train said."""
        cut, before = self.folder / "cut", steps_in(self.folder / "cut")
        launcher = [*OPENMPI, *PATIENT] if processes > 1 else []
        life = subprocess.Popen(self.command(launcher, processes, "cut", "--resume"), stderr=subprocess.PIPE, text=True)
        while life.poll() is None and steps_in(cut) < before + max(1, self.steps // 8):
            time.sleep(0.02)
        name, _, target = way.partition(" to ")
        number = getattr(signal, name)
        if target == "mpirun" or processes == 1:
            life.send_signal(number)
        else:
            for process in self.processes(life.pid)[-1:]:
                os.kill(process, number)
        said = [line for line in life.communicate()[1].splitlines() if line.startswith("xp-train")]
        return life.returncode, steps_in(cut), "; ".join(said)

    def processes(self, launcher: int) -> list[int]:
        try:
            children = [int(text) for text in Path(f"/proc/{launcher}/task/{launcher}/children").read_text().split()]
        except FileNotFoundError:
            return []
        return [child for child in children if os.readlink(f"/proc/{child}/exe").endswith("xp-train")]


def same(run: Path, expected: Path) -> bool:
    def trained(folder: Path) -> list[dict]:
        return [{key: value for key, value in line.items() if key != "exchange_seconds"} for line in metrics(folder)]

    return digests(run) == digests(expected) and trained(run) == trained(expected)


def installed() -> dict[str, list[str]]:
    launchers = {"Open MPI": OPENMPI, "MPICH": MPICH}
    return {name: command for name, command in launchers.items() if subprocess.run(
        ["which", command[0]], stdout=subprocess.DEVNULL).returncode == 0}


def compare(runs: Runs, alone: Path, failures: list[str]):
    full = runs.train([], 1, "alone-full", *runs.full)
    for name, launcher in installed().items():
        for what, processes, more, expected in [
                *(("an adapter", count, [], alone) for count in [2, 4, 8]), ("all weights, kl, evaluated", 2, runs.full, full)]:
            run = runs.train(launcher, processes, f"{what} {processes} by {name}", *more)
            equal = same(run, expected)
            if not equal:
                failures.append(f"{name}, {processes} processes, {what}: other bytes than one")
            yield [name, what, processes, "yes" if equal else "no"]


def interrupt(runs: Runs, alone: Path, failures: list[str]):
    for processes, way in LIVES:
        status, steps, said = runs.ended(processes, way)
        if status == 0 or steps == runs.steps:
            failures.append(f"{way}: the run was not ended")
        yield [processes, way, status, steps, said]
    status = subprocess.run(runs.command(OPENMPI, 8, "cut", "--resume")).returncode
    if status or not same(runs.folder / "cut", alone):
        failures.append("ended and gone on with: other bytes than without")
    yield [8, "to its end", status, steps_in(runs.folder / "cut"), ""]


def mistakes(runs: Runs, failures: list[str]):
    """Command lines that must fail, with their status and the one line that says why."""
    plain = runs.command(OPENMPI, 2, "new")
    wrong = {
        "3 processes": (64, runs.command(OPENMPI, 3, "new")),
        "a file that is not there": (66, [*plain, "--explain", "nowhere.jsonl"]),
        "slices for fewer": (64, [*plain, "--slices", "1"]),
        "another seed in one of them": (64, [*runs.command(OPENMPI, 1, "new"), ":", "-n", "1",
                                             *runs.command([], 1, "new", "--seed", 4)]),
        "a rate that is too high": (1, [*plain, "--lr", "1e30", "--clip", "0"]),
    }
    for name, (expected, command) in wrong.items():
        done = subprocess.run(command, stderr=subprocess.PIPE, text=True)
        said = [line for line in done.stderr.splitlines() if line.startswith("xp-train")]
        if done.returncode != expected or len(said) != 1:
            failures.append(f"{name}: status {done.returncode}, {len(said)} lines")
        yield [name, done.returncode, "; ".join(said)]


class Hosts:
    """Two network namespaces with a cable between them, each with a name of its own."""

    NAMES = {"icA": "10.77.0.1", "icB": "10.77.0.2"}

    def __init__(self, folder: Path):
        self.agent = folder / "agent"
        # What mpirun calls in place of ssh: HOST COMMAND…
        self.agent.write_text('#!/bin/sh\nhost=$1; shift\nexec ip netns exec "$host" unshare --uts sh -c "hostname $host; $*"\n')
        self.agent.chmod(0o755)

    def __enter__(self):
        for name in self.NAMES:
            self.run("ip", "netns", "add", name)
            where = Path("/etc/netns") / name
            where.mkdir(parents=True, exist_ok=True)
            (where / "hosts").write_text("127.0.0.1 localhost\n" + "".join(
                f"{address} {host}\n" for host, address in self.NAMES.items()))
        self.run("ip", "link", "add", "cable", "netns", "icA", "type", "veth", "peer", "name", "cable", "netns", "icB")
        for name, address in self.NAMES.items():
            self.run("ip", "-n", name, "address", "add", f"{address}/24", "dev", "cable")
            for device in ["lo", "cable"]:
                self.run("ip", "-n", name, "link", "set", device, "up")
        return self

    def __exit__(self, *_):
        for name in self.NAMES:
            subprocess.run(["ip", "netns", "delete", name])
            (Path("/etc/netns") / name / "hosts").unlink()
            (Path("/etc/netns") / name).rmdir()

    def limit(self, rate: float):
        """Makes the cable as fast as that, in Gbit/s."""
        for name in self.NAMES:
            self.run("tc", "-n", name, "qdisc", "replace", "dev", "cable", "root", "tbf", "rate", f"{rate}gbit",
                     "burst", "1mb", "latency", "20ms")

    def launcher(self) -> list[str]:
        """mpirun on the first host, with one process on each."""
        return [str(self.agent), "icA", *OPENMPI, "--mca", "plm_rsh_agent", str(self.agent), "--mca", "btl", "tcp,self",
                "--mca", "btl_tcp_if_include", "cable", "--mca", "oob_tcp_if_include", "cable", "--host", "icA:1,icB:1"]

    def run(self, *command):
        subprocess.run(command, check=True)


def quoted(command: list[str]) -> list[str]:
    """A command behind the agent, which hands it to a shell."""
    return [command[0], command[1], *(f"'{word}'" for word in command[2:])]


def over_hosts(runs: Runs, alone: Path, rates: list[float], failures: list[str]):
    with Hosts(runs.folder) as hosts:
        for rate in [None, *rates]:
            if rate:
                hosts.limit(rate)
            for rank in [None, 128] if rate else [None]:
                name = f"hosts at {rate}, rank {rank}"
                more = ["--rank", rank] if rank else []
                subprocess.run(quoted(runs.command(hosts.launcher(), 2, name.replace(" ", "-"), *more)), check=True)
                run = runs.folder / name.replace(" ", "-")
                equal = same(run, alone) if not rank else None
                if equal is False:
                    failures.append(f"two hosts at {rate}: other bytes than one process")
                lines = [json.loads(line) for line in (run / "metrics.jsonl").read_text().splitlines()][1:]
                waited = sorted(line["exchange_seconds"] for line in lines)[len(lines) // 2]
                size = (run / "checkpoints").glob("*/adapter_model.safetensors").__next__().stat().st_size
                yield [rate or "no limit", f"{size / 1e6:.1f}", f"{waited:.3f}", {True: "yes", False: "no", None: ""}[equal]]


def main():
    parser = arguments(__doc__)
    parser.add_argument("--parts", default=",".join(PARTS), help=f"of {', '.join(PARTS)} (default: all)")
    parser.add_argument("--rates", default="10,1", help="of their cable, in Gbit/s (default: 10,1)")
    parser.add_argument("--steps", type=int, default=STEPS, help=f"default: {STEPS}")
    parser.add_argument("--rate", default="1e-3", help="the learning rate (default: 1e-3)")
    options = parser.parse_args()
    failures: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        runs = Runs(options, Path(folder))
        alone = runs.train([], 1, "alone")
        parts = options.parts.split(",")
        if "processes" in parts:
            print_table(["launched by", "trained", "processes", "equal to one, to the byte"], compare(runs, alone, failures))
        if "ended" in parts:
            print_table(["processes", "ended by", "status", "steps so far", "said"], interrupt(runs, alone, failures))
        if "mistakes" in parts:
            print_table(["mistake", "status", "said"], mistakes(runs, failures))
        if "hosts" in parts:
            print_table(["Gbit/s", "gradients, MB", "median seconds of a step's exchange", "equal to one, to the byte"],
                        over_hosts(runs, alone, [float(rate) for rate in options.rates.split(",")], failures))
    verdict(failures)


if __name__ == "__main__":
    main()
