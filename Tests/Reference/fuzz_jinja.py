#!/usr/bin/env python3
"""Writes templates made by chance with what jinja2 makes of them, set up as transformers does it:

    fuzz_jinja.py COUNT SEED >FILE && JINJA_FUZZ=FILE swift test --filter rendersRandomTemplates

Needs the package jinja2 (see make_jinja_fixture.py).
"""

import json
import random
import sys

from make_jinja_fixture import render

NAMES = ["a", "b", "s", "t", "n", "f", "xs", "d", "messages", "nothing", "missing", "ns.v", "m1"]
STRINGS = ["", "a", "Abc", " pad \\n", "x-y z", "ß\\u00e9Σ", "<|im_start|>", "12", "3.7", "%s|%s", "{}-{}", "it's", "q\\\"q", "a,b,,c", "\\t", "None"]
METHODS = ["upper()", "lower()", "strip()", "lstrip('a ')", "rstrip()", "title()", "capitalize()", "split()", "split(',')", "split('a', 1)",
           "rsplit(',', 1)", "replace('a', 'bb')", "replace('a', 'b', 1)", "startswith('a')", "endswith(('c', 'z'))", "find('b')", "count('a')", "join(xs)",
           "splitlines()", "isdigit()", "isalpha()", "isupper()", "zfill(6)", "center(9, '*')", "ljust(5)", "rjust(5)", "partition('b')", "swapcase()",
           "removeprefix('a')", "removesuffix('c')", "index('b')", "items()", "keys()", "values()", "get('k')", "get('zz', 1)", "format(1, 'x')", "isspace()",
           "istitle()", "islower()", "rfind('b', 1)", "append(1)", "pop()", "copy()", "index(2)", "count(2)", "nosuch()", "isalnum()"]
FILTERS = ["trim", "upper", "lower", "title", "capitalize", "length", "count", "first", "last", "list", "join(', ')", "join", "default('D')", "default('D', true)",
           "d", "int", "int(7)", "float", "abs", "round", "round(1)", "round(1, 'floor')", "string", "tojson", "tojson(indent=2)", "tojson(ensure_ascii=true)",
           "tojson(separators=(',', ':'), sort_keys=true)", "replace('a', 'b')", "replace('', '-')", "reverse|list", "reverse|join", "sort", "sort(reverse=true)", "unique|list",
           "min", "max", "sum", "batch(2)|list", "batch(2, 0)|list", "slice(2)|list", "slice(3, 9)|list", "map('upper')|list", "map('string')|join('/')",
           "select|list", "reject|list", "select('odd')|list", "select('string')|list", "selectattr('role', 'equalto', 'user')|list", "rejectattr('role', '==', 'user')|list|length",
           "map(attribute='role')|list", "map(attribute='zz', default='?')|list", "items|list", "dictsort", "dictsort(by='value')", "indent", "indent(2, true)", "indent('> ', blank=true)",
           "wordcount", "center(12)", "groupby('role')|list|length", "attr('upper')|string|length", "nosuch", "select('in', [1, 'a'])|list", "trim('a ')", "format(1, 2)", "sort(attribute='content')|length",
           "unique(case_sensitive=true)|list", "max(attribute='role')", "selectattr('role')|list|length", "map('length')|list", "map('int')|sum"]
TESTS = ["defined", "undefined", "none", "string", "number", "integer", "float", "boolean", "true", "false", "mapping", "sequence", "iterable", "callable", "odd", "even", "lower", "upper",
         "divisibleby 2", "divisibleby(3)", "equalto 'a'", "eq 1", "ne none", "in [1, 2, 'a']", "gt 1", "lessthan 3", "sameas none", "sameas true", "ge 2", "in 'abc'", "escaped", "filter", "test"]
BINARY = ["+", "-", "*", "/", "//", "%", "~", "==", "!=", "<", "<=", ">", ">=", "and", "or", "in", "not in", "~", "+", "=="]


class Chance(random.Random):
    def expression(self, depth: int) -> str:
        if depth <= 0:
            return self.leaf()
        e = lambda: self.expression(depth - 1)
        kind = self.randrange(22)
        if kind < 4:
            return f"{e()} {self.choice(BINARY)} {e()}"
        if kind < 5:
            return f"({e()})"
        if kind < 6:
            return f"not {e()}"
        if kind < 7:
            return f"-{self.leaf()}" if self.random() < 0.8 else f"+{self.leaf()}"
        if kind < 10:
            return f"{self.leaf()}.{self.choice(METHODS)}"
        if kind < 14:
            return f"{e()}|{self.choice(FILTERS)}" if self.random() < 0.3 else f"{self.leaf()}|{self.choice(FILTERS)}"
        if kind < 16:
            return f"{self.leaf()} is {self.choice(['', '', 'not '])}{self.choice(TESTS)}"
        if kind < 17:
            return f"{e()} if {e()}" + (f" else {e()}" if self.random() < 0.7 else "")
        if kind < 19:
            return f"{self.leaf()}[{self.subscript(depth)}]"
        if kind < 20:
            return "[" + ", ".join(e() for _ in range(self.randrange(4))) + "]"
        if kind < 21:
            return "{" + ", ".join(f"{self.leaf()}: {e()}" for _ in range(self.randrange(3))) + "}"
        return self.choice(["range({})", "dict(k={})", "m1({})", "m1(q={})", "({},)", "loop.cycle({}, 2)", "namespace(v={}).v", "messages[0].content + {}"]).format(e())

    def subscript(self, depth: int) -> str:
        bound = lambda: self.choice(["", "0", "1", "2", "-1", "-2", "5", "n"])
        kind = self.randrange(4)
        if kind == 0:
            return self.choice(["0", "-1", "1", "'role'", "'k'", "n", "9", "'items'", "true"])
        if kind == 1:
            return f"{bound()}:{bound()}"
        if kind == 2:
            return f"{bound()}:{bound()}:{self.choice(['1', '2', '-1', '-2', ''])}"
        return self.expression(depth - 1)

    def leaf(self) -> str:
        kind = self.randrange(10)
        if kind < 5:
            return self.choice(NAMES)
        if kind < 7:
            return '"' + self.choice(STRINGS) + '"'
        if kind < 9:
            return self.choice(["0", "1", "2", "3", "7", "10", "1.5", "0.1", "2.0", "1e3", "1_000", "true", "false", "none", "True", "None"])
        return self.choice(["loop.index", "loop.first", "loop.last", "loop.previtem", "loop.nextitem", "loop.length", "loop.revindex", "messages[0]", "messages[-1].content", "d.k", "d.items()", "d['l']", "strftime_now('%Y')"])

    def space(self) -> str:
        return self.choice(["", "", "", " ", "\n", "\n\n", "  \n  ", "text", " x ", "\r\n", "\t"])

    def tag(self, inside: str) -> str:
        return "{%" + self.choice(["", "", "-", "+"]) + " " + inside + " " + self.choice(["", "", "-", "+"]) + "%}"

    def body(self, depth: int) -> str:
        return "".join(self.space() + self.part(depth) for _ in range(self.randrange(1, 4))) + self.space()

    def part(self, depth: int) -> str:
        x = lambda: self.expression(self.choice([0, 1, 1, 2]))
        inner = lambda: self.body(depth - 1)
        kind = self.randrange(16 if depth > 0 else 7)
        if kind < 5:
            return "{{" + self.choice(["", "-"]) + " " + x() + " " + self.choice(["", "-"]) + "}}"
        if kind < 6:
            return self.tag(f"set {self.choice(['a', 'b', 'ns.v', 'a, b', 'messages'])} = {x()}")
        if kind < 7:
            return self.choice(["{# note #}", "{#- note -#}", "{% raw %} {{ a }} {% endraw %}", "{%- raw -%} {% x %} {%- endraw -%}", "{#+ a\n +#}", "{% raw %}\n  {{ x }}\n  {% endraw %}\n"])
        if kind < 9:
            parts = self.tag(f"if {x()}") + inner()
            if self.random() < 0.3:
                parts += self.tag(f"elif {x()}") + inner()
            if self.random() < 0.5:
                parts += self.tag("else") + inner()
            return parts + self.tag("endif")
        if kind < 12:
            target, what = self.choice([("i", x()), ("i", "range(4)"), ("m", "messages"), ("k, v", "d.items()"), ("i", "xs"), ("c", "s"), ("i", "missing")])
            test = f" if {x()}" if self.random() < 0.2 else ""
            leave = self.tag(f"if loop.index == 2") + self.tag(self.choice(["break", "continue"])) + self.tag("endif") if self.random() < 0.3 else ""
            otherwise = self.tag("else") + inner() if self.random() < 0.3 else ""
            return self.tag(f"for {target} in {what}{test}") + inner() + leave + inner() + otherwise + self.tag("endfor")
        if kind < 13:
            return self.tag(f"set {self.choice(['a', 'b', 'ns.v'])}{self.choice(['', ' | upper', ' | trim'])}") + inner() + self.tag("endset")
        if kind < 14:
            return self.tag("filter " + self.choice(["upper", "trim", "indent(2)", "replace('a', 'b')"])) + inner() + self.tag("endfilter")
        if kind < 15:
            return self.tag("macro m1(p, q='Q')") + self.choice(["{{ p }}{{ q }}", "{{ varargs }}", "{{ kwargs }}", "{{ caller() if caller }}", ""]) + inner() + self.tag("endmacro") + "{{ m1(1) }}"
        return self.choice([lambda: self.tag("with a = 1, b = a") + inner() + self.tag("endwith"), lambda: self.tag("generation") + inner() + self.tag("endgeneration"),
                            lambda: self.tag("macro m2()") + "<{{ caller(3) }}>" + self.tag("endmacro") + self.tag("call(z) m2()") + "{{ z }}" + inner() + self.tag("endcall")])()


def variables(chance: Chance) -> dict:
    return {"a": chance.choice([1, "a", None, [1, 2], 0]), "b": chance.choice([True, "b b", 2.5, {}, -3]), "s": chance.choice(["abc", "", "Hello world\n", "über Straße", "a,b"]),
            "t": " Mixed Case-text\nline two ", "n": chance.choice([0, 1, 2, -1, 10]), "f": chance.choice([0.5, 2.0, -1.25, 1e20, 1e-7]), "xs": chance.choice([[], [1, 2, 3], ["a", "B", "a"], [3, 1.5, 2], [[1], [2, 3]]]),
            "d": {"k": "v", "l": [1, "x"], "n": None, "items2": 3}, "nothing": None,
            "messages": [{"role": "user", "content": chance.choice(["Hi", "  padded \n", ""])}, {"role": "assistant", "content": "Yes."}][: chance.choice([1, 2])]}


def main():
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    chance = Chance(seed)
    templates = []
    while len(templates) < count:
        text = chance.body(chance.choice([0, 0, 1, 2]))
        given = variables(chance)
        if "ns.v" in text:
            text = "{%- set ns = namespace(v='ns') -%}" + text
        templates.append({"text": text, "renderings": [{"variables": given, **render(text, given)}]})
    json.dump({"templates": templates}, sys.stdout)


if __name__ == "__main__":
    main()
