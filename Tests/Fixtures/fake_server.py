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
    cut-headers     a status line, and the connection is closed
    long-length     a length of 2^63 - 1
    endless         chunks without end
    infinite        an answer with -Infinity in it, which is no JSON
    overloaded      status 200 and an error
    newer-limit     an answer, but 400 for max_tokens in a chat
    chats-alone     an answer, but 404 for completions
    few-logprobs    chats: an answer, but of its letters only the likeliest is among the likeliest tokens
    five-logprobs   chats: an answer, but 400 where more than five of the likeliest tokens are asked for
    null, refusal, thought, unfinished, eos_token
                    chats: content null beside reasoning; a refusal in its own field; a thought before the text; a thought
                    alone; that reason to end

WAY:TEXT is for the requests that hold the text, whenever they come.

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
SPECIAL = dict(way.split(":", 1)[::-1] for way in sys.argv[2:] if ":" in way)
WAYS = [way for way in sys.argv[2:] if ":" not in way] or ["ok"]


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


def letter_chat(body: dict, way: str) -> dict:
    """A chat that is asked for log-probabilities says a letter, in brackets where it begins the answer."""
    values = {letter: log_probability(json.dumps(body["messages"]) + letter) for letter in "AB"}
    letter = max(values, key=values.get)
    shown = {letter: values[letter]} if way == "few-logprobs" else values
    likeliest = [{"token": token, "logprob": value, "bytes": list(token.encode())}
                 for token, value in [(" maybe", -0.75), *shown.items()]]
    tokens = [letter, ") it", " is"] if body.get("continue_final_message") else ["(", letter, ") it", " is"]
    content = [{"token": token, "logprob": values.get(token, -0.1), "top_logprobs": likeliest if token == letter else []}
               for token in tokens]
    return {"object": "chat.completion", "usage": {"completion_tokens": len(tokens)},
            "choices": [{"index": 0, "message": {"role": "assistant", "content": "".join(tokens)}, "finish_reason": "length",
                         "logprobs": None if way == "no-logprobs" else {"content": content}}]}


def chat(body: dict, way: str) -> dict:
    if body.get("logprobs"):
        return letter_chat(body, way)
    text = f"I can't help with that, {len(body['messages'])} times."
    messages = {
        "null": {"content": None, "reasoning_content": "The user asks"},
        "refusal": {"content": None, "refusal": text},
        "thought": {"content": f"<think>\nHm.\n</think>\n\n{text}"},
        "unfinished": {"content": "<think>\nOkay, the user"},
    }
    message = {"role": "assistant"} | messages.get(way, {"content": text})
    reason = {"null": "length", "unfinished": "length", "eos_token": "eos_token"}.get(way, "stop")
    return {"object": "chat.completion", "usage": {"completion_tokens": 9},
            "choices": [{"index": 0, "message": message, "finish_reason": reason}]}


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
        way = next((special for text, special in SPECIAL.items() if text in json.dumps(body)), way)
        key = self.headers.get("Authorization", "no key")
        if way == "slow":
            time.sleep(60)
        if way in ("slow", "drop"):
            self.close_connection = True
            return
        if way == "cut-headers":
            self.close_connection = True
            return self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        if way == "long-length":
            return self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\n{")
        if way == "endless":
            self.close_connection = True
            try:
                self.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                while True:
                    self.wfile.write(b"100000\r\n" + b" " * 0x100000 + b"\r\n")
            except OSError:
                return
        if way == "overloaded":
            return self.reply(200, b'{"error": {"message": "too busy", "code": 503}}')
        if way == "newer-limit" and "max_tokens" in body and "chat" in self.path:
            return self.reply(400, b'{"error": {"message": "Use max_completion_tokens instead."}}')
        if way == "malformed":
            return self.reply(200, b'{"choices": [')
        if way.isdigit():
            error = {"error": {"message": f"not now, says the server to {key}"}}
            return self.reply(int(way), json.dumps(error).encode(), Retry_After="0")
        if body.get("temperature") != 0 or not body.get("model") \
                or not (body.get("max_tokens") or body.get("max_completion_tokens")):
            return self.reply(400, b'{"error": {"message": "wrong in form"}}')
        if way == "repeat-penalty" and body.get("repeat_penalty") != 1:
            return self.reply(400, b'{"error": {"message": "repeat_penalty must be 1"}}')
        if way == "five-logprobs" and body.get("top_logprobs", 0) > 5:
            return self.reply(400, b'{"error": {"message": "top_logprobs must be 5 at most"}}')
        if self.path == "/v1/completions" and way != "chats-alone":
            if way == "no-echo" and body.get("echo"):
                return self.reply(400, b'{"error": {"message": "echo is not supported"}}')
            data = json.dumps(completion(body, way))
            return self.reply(200, data.replace("-0.75", "-Infinity" if way == "infinite" else "-0.75").encode())
        if self.path == "/v1/chat/completions":
            return self.reply(200, json.dumps(chat(body, way)).encode())
        self.reply(404, b'{"error": {"message": "no such path"}}')


class Server(ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """A client that hung up is no error of the server; what it says of others would be part of a case's messages."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


server = Server(("127.0.0.1", 0), Handler)
with open(sys.argv[1] + ".new", "w") as file:
    file.write(str(server.server_address[1]))
os.rename(sys.argv[1] + ".new", sys.argv[1])
server.serve_forever()
