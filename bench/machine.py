"""What the figures were measured on, and with."""

import importlib.metadata
import os
import platform
import subprocess
import sys


def machine(tools: str) -> list[str]:
    """Lines of Markdown."""
    cores = len(os.sched_getaffinity(0))
    return [
        f"- machine: {processor()}, {cores} cores used of {os.cpu_count()}, {memory()}, Linux {platform.release()}",
        f"- threads: {cores} for every program; load average at the end {os.getloadavg()[0]:.1f}",
        f"- ours: {first_line([f'{tools}/cf-label', '--version'])}, {openblas(tools)}",
        "- peers: Python " + platform.python_version() + ", " + ", ".join(
            f"{name} {importlib.metadata.version(name)}" for name in
            ("torch", "transformers", "peft", "llama-cpp-python")) + f"; {torch_libraries()}",
    ]


def processor() -> str:
    with open("/proc/cpuinfo") as file:
        lines = file.read().splitlines()
    name = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    flags = next((line.split() for line in lines if line.startswith("flags")), [])
    known = [flag for flag in ("avx2", "avx512f", "avx512_bf16", "amx_bf16") if flag in flags]
    return f"{name} ({' '.join(known)})"


def memory() -> str:
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"


def openblas(tools: str) -> str:
    """The linear algebra that our tools are linked to."""
    libraries = subprocess.run(["ldd", f"{tools}/cf-label"], capture_output=True, text=True).stdout
    names = [os.path.basename(os.path.realpath(line.split()[2])) for line in libraries.splitlines()
             if "blas" in line or "dnnl" in line]
    return " ".join(names) or "OpenBLAS"


def torch_libraries() -> str:
    """What does PyTorch's products, as it says itself; asked in a process of its own, for its size."""
    text = subprocess.run(
        [sys.executable, "-c", "import torch; print(torch.__config__.show())"],
        capture_output=True, text=True).stdout
    lines = [line.strip(" -").split(" for Intel")[0].split(" (Git")[0] for line in text.splitlines()
             if "Math Kernel" in line or "MKL-DNN" in line]
    return ", ".join(lines)


def first_line(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True).stdout.splitlines()[0]
