#!/usr/bin/env python3
"""How busy `cf-label --server` keeps a server, and what waiting costs it: a stub that answers after a delay.

    Tests/Reference/server_load.py [--bin DIR]

With 64 requests at a time and answers after 50 ms, at least 95 % of 64 are under way on average. While it waits 10 s for each answer,
it uses less than 2 % of a core. Needs nothing; other programs at work make the first figure smaller.
"""

import argparse
import asyncio
import json
import os
import resource
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from tools import ROOT, Tools, print_table, verdict, write_stream

BODY = json.dumps({"choices": [{"message": {"content": "I can help."}, "text": "I can help.", "finish_reason": "stop"}],
                   "usage": {"completion_tokens": 3}}).encode()
REPLY = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(BODY), BODY)


class Stub:
    """Answers every request after a delay, and counts how many are under way."""

    def __init__(self, delay: float):
        self.delay, self.requests, self.under_way, self.area = delay, 0, 0, 0.0
        self.first = self.last = None
        self.ready = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self.listen()), daemon=True).start()
        self.ready.wait()

    def count(self, change: int):
        now = time.monotonic()
        self.first = now if self.first is None else self.first
        self.area += self.under_way * (now - (self.last or now))
        self.last, self.under_way = now, self.under_way + change

    async def serve(self, reader, writer):
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                sizes = [int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")]
                await reader.readexactly(sum(sizes))
                self.requests += 1
                self.count(1)
                await asyncio.sleep(self.delay)
                self.count(-1)
                writer.write(REPLY)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def listen(self):
        server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self.ready.set()
        await server.serve_forever()


def load(tools: Tools, folder: Path, delay: float, cases: int, concurrency: int) -> tuple[Stub, float, float]:
    """The stub after a run, its wall seconds, and cf-label's seconds of a core."""
    source, stub = folder / "cases.jsonl", Stub(delay)
    source.write_bytes(write_stream(tools.generate("refusal", "--limit", cases)))
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(tools.command("cf-label", "--quiet", "--server", f"http://127.0.0.1:{stub.port}", "--model", "m", "--chat-template",
                                 "chatml", "--as", "M0", "--concurrency", concurrency, "--force", "-o", folder / "out.zst", source), check=True)
    seconds, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return stub, seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", metavar="DIR", default=os.environ.get("BIN", ROOT / ".build" / "release"))
    tools, failures = Tools(parser.parse_args().bin), []

    def rows():
        for delay, cases, concurrency in [(0.05, 2000, 64), (10, 1, 64)]:
            with tempfile.TemporaryDirectory() as folder:
                stub, seconds, used = load(tools, Path(folder), delay, cases, concurrency)
            under_way = stub.area / (stub.last - stub.first)
            if delay < 1 and under_way < 0.95 * concurrency:
                failures.append(f"{under_way:.1f} of 64 requests are under way")
            if delay > 1 and used > 0.02 * seconds:
                failures.append(f"waiting takes {used / seconds:.1%} of a core")
            yield [f"{delay:g} s", concurrency, stub.requests, f"{under_way:.1f}", f"{seconds:.1f}", f"{used:.2f}"]

    print_table(["delay", "at a time", "requests", "under way on average", "seconds", "seconds of a core"], rows())
    verdict(failures)


if __name__ == "__main__":
    main()
