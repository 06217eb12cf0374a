#!/usr/bin/env python3
"""A tiny OpenAI-compatible server for golden cases: fake_server.py PORT_FILE [WAY…]

Each WAY is what one request is answered with, in their order; the last one goes on for ever:

    ok              an answer: log-probabilities of the next tokens, echoed tokens, or a chat text
    no-echo         the same, but 400 for echo
    no-logprobs     the same, without log-probabilities
    repeat-penalty  the same, but 400 where a request does not say "repeat_penalty": 1
    429, 500…       that status, and a message that quotes the Authorization header
    malformed       status 200 and half a JSON object
    slow            no answer for a minute
    drop            the connection is closed

A request of ours that is wrong in form is answered with 400 and why. Log-probabilities are made from the text's bytes, so the
same prompt has the same ones.
"""

import hashlib
import json
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOCK = threading.Lock()
WAYS = sys.argv[2:] or ["ok"]


def log_probability(text: str) -> float:
    """A number that only the text decides, in -4...-1."""
    return -1 - int(hashlib.sha256(text.encode()).hexdigest()[:4], 16) / 0x10000 * 3


def completion(body: dict, way: str) -> dict:
    prompt = body["prompt"]
    reply = {"text": "A) it is", "index": 0, "finish_reason": "length", "logprobs": None}
    if body.get("echo"):
        # Every letter is a token.
        tokens = list(prompt)
        values = [None] + [log_probability(prompt[:end]) for end in range(2, len(prompt) + 1)]
        reply["text"] = prompt + "!"
        reply["logprobs"] = {"tokens": tokens + ["!"], "token_logprobs": values + [-0.5], "top_logprobs": []}
    elif body.get("logprobs"):
        reply["logprobs"] = {"tokens": ["A"], "token_logprobs": [log_probability(prompt + "A")],
                             "top_logprobs": [{"A": log_probability(prompt + "A"), " maybe": -0.75}]}
    if way == "no-logprobs":
        reply["logprobs"] = None
    return {"object": "text_completion", "choices": [reply], "usage": {"completion_tokens": 1}}


def chat(body: dict) -> dict:
    message = {"role": "assistant", "content": f"I can't help with that, {len(body['messages'])} times."}
    return {"object": "chat.completion", "usage": {"completion_tokens": 9},
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def reply(self, status: int, data: bytes, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with LOCK:
            way = WAYS.pop(0) if len(WAYS) > 1 else WAYS[0]
        key = self.headers.get("Authorization", "no key")
        if way == "slow":
            time.sleep(60)
        if way in ("slow", "drop"):
            self.close_connection = True
            return
        if way == "malformed":
            return self.reply(200, b'{"choices": [')
        if way.isdigit():
            error = {"error": {"message": f"not now, says the server to {key}"}}
            return self.reply(int(way), json.dumps(error).encode(), Retry_After="0")
        if body.get("temperature") != 0 or not body.get("max_tokens") or not body.get("model"):
            return self.reply(400, b'{"error": {"message": "wrong in form"}}')
        if way == "repeat-penalty" and body.get("repeat_penalty") != 1:
            return self.reply(400, b'{"error": {"message": "repeat_penalty must be 1"}}')
        if self.path == "/v1/completions":
            if way == "no-echo" and body.get("echo"):
                return self.reply(400, b'{"error": {"message": "echo is not supported"}}')
            return self.reply(200, json.dumps(completion(body, way)).encode())
        if self.path == "/v1/chat/completions":
            return self.reply(200, json.dumps(chat(body)).encode())
        self.reply(404, b'{"error": {"message": "no such path"}}')


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
with open(sys.argv[1] + ".new", "w") as file:
    file.write(str(server.server_address[1]))
os.rename(sys.argv[1] + ".new", sys.argv[1])
server.serve_forever()
