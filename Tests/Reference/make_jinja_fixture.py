#!/usr/bin/env python3
"""Makes Tests/Fixtures/jinja-templates.json: chat templates in the manner of families in use, written for these tests, rendered by jinja2
as transformers sets it up (transformers.utils.chat_template_utils). Needs the packages jinja2 (3.1.6) and transformers (5.24).
"""

import hashlib
import json
import random
from datetime import datetime, timezone
from pathlib import Path

import jinja2
import jinja2.ext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from transformers.utils import chat_template_utils

CLOCK = datetime.fromtimestamp(1_700_000_000, timezone.utc)


class StandingClock(datetime):
    @classmethod
    def now(cls, tz=None):
        return CLOCK


chat_template_utils.datetime = StandingClock


def render(text: str, variables: dict) -> dict:
    """The text that a template becomes, or how it fails."""
    try:
        rendered = chat_template_utils._compile_jinja_template(text).render(**variables)
        return {"text": rendered} if "0x" not in rendered or " at 0x" not in rendered else {"error": "an address"}
    except Exception as failure:
        return {"error": type(failure).__name__}


CHATML = "{% for m in messages %}{{ '<|im_start|>' + m['role'] + '\\n' + m['content'] + '<|im_end|>\\n' }}{% endfor %}"
ASK = "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"

TEMPLATES = {
    # ChatML and its kin.
    "chatml": CHATML + ASK,
    "chatml default before": "{% if messages[0].role != 'system' %}{{ '<|im_start|>system\\nBe useful.<|im_end|>\\n' }}{% endif %}" + CHATML + ASK,
    "chatml default in the loop": "{% for m in messages %}{% if loop.first and m.role != 'system' %}<|im_start|>system\nBe useful.<|im_end|>\n{% endif %}"
        "<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}" + ASK,
    "chatml default in a variable": "{% set text = 'Be useful.' %}{% if messages[0]['role'] == 'system' %}{% set rest = messages[1:] %}{% set text = messages[0]['content'] %}"
        "{% else %}{% set rest = messages %}{% endif %}{% if text is defined %}{{ '<|im_start|>system\n' + text + '<|im_end|>\n' }}{% endif %}{% for m in rest %}"
        "{% set content = m['content'] %}{% if m['role'] == 'user' %}{{ '<|im_start|>user\n' + content + '<|im_end|>\n<|im_start|>assistant\n' }}"
        "{% elif m['role'] == 'assistant' %}{{ content + '<|im_end|>' + '\n' }}{% endif %}{% endfor %}",
    "chatml trimmed": "{% for m in messages %}{{ '<|im_start|>' + m.role + '\\n' + (m.content | trim) + '<|im_end|>\\n' }}{% endfor %}" + ASK,
    "chatml crlf": "{% for m in messages %}\r\n{{ '<|im_start|>' + m.role + '\r\n' + m.content + '<|im_end|>' }}\r\n{% endfor %}\r\n" + ASK + "\r\n",
    "chatml text before": "A conversation.\n\n" + CHATML + ASK,
    "chatml no end of line": "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>{% if not loop.last %}{{ '\n' }}{% endif %}{% endfor %}" + ASK,
    "chatml filter in loop": "{% for m in messages if m.content %}{{ loop.index }}/{{ loop.length }} {{ m.content }};{% else %}nothing{% endfor %}",
    "yi": "{%- if messages[0].role == 'system' -%}{{ messages[0].content ~ '\\n' }}{%- endif -%}{% for m in messages if m.role != 'system' %}<|im_start|>{{ m.role ~ '\\n' ~ m.content }}<|im_end|>\n{% endfor %}" + ASK,
    "orca": "{% set ns = namespace(seen=false) %}{% for m in messages %}{% if m.role == 'system' %}{% set ns.seen = true %}{% endif %}{% endfor %}{% if not ns.seen %}<|im_start|>system\nYou think step by step.<|im_end|>\n{% endif %}" + CHATML + ASK,
    # Llama.
    "llama 2": "{% if messages[0]['role'] == 'system' %}{% set rest = messages[1:] %}{% set top = messages[0]['content'] %}{% else %}{% set rest = messages %}{% set top = false %}{% endif %}"
        "{% for m in rest %}{% if (m['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Roles must take turns: user, assistant, …') }}{% endif %}"
        "{% if loop.index0 == 0 and top != false %}{% set content = '<<SYS>>\\n' + top + '\\n<</SYS>>\\n\\n' + m['content'] %}{% else %}{% set content = m['content'] %}{% endif %}"
        "{% if m['role'] == 'user' %}{{ bos_token + '[INST] ' + content.strip() + ' [/INST]' }}{% elif m['role'] == 'assistant' %}{{ ' ' + content.strip() + ' ' + eos_token }}{% endif %}{% endfor %}",
    "llama 3": "{% set rest = messages %}{% for m in rest %}{% set content = '<|start_header_id|>' + m['role'] + '<|end_header_id|>\n\n' + m['content'] | trim + '<|eot_id|>' %}{% if loop.index0 == 0 %}"
        "{% set content = bos_token + content %}{% endif %}{{ content }}{% endfor %}{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %}",
    "llama 3 default": "{{ bos_token }}{% if messages[0].role != 'system' %}{{ '<|start_header_id|>system<|end_header_id|>\n\nYou are careful.<|eot_id|>' }}{% endif %}{% for m in messages %}"
        "{{ '<|start_header_id|>' + m.role + '<|end_header_id|>\n\n' + m.content | trim + '<|eot_id|>' }}{% endfor %}",
    "llama 3.1": """{{- bos_token }}
{%- if custom_tools is defined %}
    {%- set tools = custom_tools %}
{%- endif %}
{%- if not tools_first is defined %}
    {%- set tools_first = true %}
{%- endif %}
{%- if not date is defined %}
    {%- set date = "26 Jul 2024" %}
{%- endif %}
{%- if messages[0]['role'] == 'system' %}
    {%- set top = messages[0]['content']|trim %}
    {%- set messages = messages[1:] %}
{%- else %}
    {%- set top = "" %}
{%- endif %}
{{- "<|start_header_id|>system<|end_header_id|>\\n\\n" }}
{%- if builtin is defined or tools is not none %}
    {{- "Environment: ipython\\n" }}
{%- endif %}
{%- if builtin is defined %}
    {{- "Tools: " + builtin | reject('equalto', 'code') | join(", ") + "\\n\\n" }}
{%- endif %}
{{- "Knowledge until: December 2023\\nToday: " + date + "\\n\\n" }}
{%- if tools is not none and not tools_first %}
    {%- for t in tools %}
        {{- t | tojson(indent=4) }}
        {{- "\\n\\n" }}
    {%- endfor %}
{%- endif %}
{{- top }}
{{- "<|eot_id|>" }}
{%- if tools_first and not tools is none %}
    {%- if messages | length != 0 %}
        {%- set first = messages[0]['content']|trim %}
        {%- set messages = messages[1:] %}
    {%- else %}
        {{- raise_exception("Tools need a user message") }}
    {%- endif %}
    {{- '<|start_header_id|>user<|end_header_id|>\\n\\n' -}}
    {%- for t in tools %}{{- t | tojson(indent=4) }}{{- "\\n\\n" }}{%- endfor %}
    {{- first + "<|eot_id|>"}}
{%- endif %}
{%- for m in messages %}
    {%- if not (m.role == 'ipython' or m.role == 'tool' or 'tool_calls' in m) %}
        {{- '<|start_header_id|>' + m['role'] + '<|end_header_id|>\\n\\n'+ m['content'] | trim + '<|eot_id|>' }}
    {%- elif 'tool_calls' in m %}
        {%- if not m.tool_calls|length == 1 %}
            {{- raise_exception("One call at a time") }}
        {%- endif %}
        {%- set call = m.tool_calls[0].function %}
        {{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n{"name": "' + call.name + '", "parameters": ' }}
        {{- call.arguments | tojson }}
        {{- "}<|eot_id|>" }}
    {%- elif m.role == "tool" or m.role == "ipython" %}
        {{- "<|start_header_id|>ipython<|end_header_id|>\\n\\n" }}
        {%- if m.content is mapping or m.content is iterable %}{{- m.content | tojson }}{%- else %}{{- m.content }}{%- endif %}
        {{- "<|eot_id|>" }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}
{%- endif %}
""",
    "llama 3.2 dated": """{{- bos_token }}{%- if not date is defined %}
    {%- if strftime_now is defined %}{%- set date = strftime_now("%d %b %Y") %}{%- else %}{%- set date = "26 Jul 2024" %}{%- endif %}
{%- endif %}
{%- set images = namespace(found=false) %}
{%- for m in messages %}{%- if m.content is not string %}{%- for part in m.content %}{%- if part.type == 'image' %}{%- set images.found = true %}{%- endif %}{%- endfor %}{%- endif %}{%- endfor %}
{{- "Today: " ~ date ~ "\\n" }}{%- for m in messages %}
    {{- '<|start_header_id|>' + m.role + '<|end_header_id|>\\n\\n' }}
    {%- if m.content is string %}{{- m.content }}{%- else %}{%- for part in m.content %}{%- if part.type == 'text' %}{{- part.text }}{%- endif %}{%- endfor %}{%- endif %}
    {{- '<|eot_id|>' }}
{%- endfor %}""",
    "llama 4": "{{- bos_token }}{% for m in messages %}{{- '<|header_start|>' + m.role + '<|header_end|>\\n\\n' }}{%- if m.content is string %}{{- m.content }}{%- else %}{%- for part in m.content %}"
        "{%- if part.type == 'image' %}{{- '<|image|>' }}{%- elif part.type == 'text' %}{{- part.text | trim }}{%- endif %}{%- endfor %}{%- endif %}{{- '<|eot|>' }}{% endfor %}"
        "{%- if add_generation_prompt %}{{- '<|header_start|>assistant<|header_end|>\\n\\n' }}{%- endif %}",
    # Mistral.
    "mistral v1": "{{ bos_token }}{% for m in messages %}{% if (m['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Turns must alternate') }}{% endif %}{% if m['role'] == 'user' %}"
        "{{ '[INST] ' + m['content'] + ' [/INST]' }}{% elif m['role'] == 'assistant' %}{{ m['content'] + eos_token}}{% else %}{{ raise_exception('Only user and assistant roles') }}{% endif %}{% endfor %}",
    "mistral v3": """{%- if messages[0]["role"] == "system" %}
    {%- set top = messages[0]["content"] %}
    {%- set rest = messages[1:] %}
{%- else %}
    {%- set rest = messages %}
{%- endif %}
{%- if not tools is defined %}{%- set tools = none %}{%- endif %}
{%- set users = rest | selectattr("role", "equalto", "user") | list %}
{%- set ns = namespace() %}
{%- set ns.index = 0 %}
{%- for m in rest %}
    {%- if not (m.role == "tool" or m.role == "tool_results" or (m.tool_calls is defined and m.tool_calls is not none)) %}
        {%- if (m["role"] == "user") != (ns.index % 2 == 0) %}
            {{- raise_exception("After the system message turns must alternate") }}
        {%- endif %}
        {%- set ns.index = ns.index + 1 %}
    {%- endif %}
{%- endfor %}
{{- bos_token }}
{%- for m in rest %}
    {%- if m["role"] == "user" %}
        {%- if tools is not none and (m == users[-1]) %}
            {{- "[AVAILABLE_TOOLS] [" }}
            {%- for tool in tools %}
                {%- set tool = tool.function %}
                {{- '{"type": "function", "function": {' }}
                {%- for key, val in tool.items() if key != "return" %}
                    {%- if val is string %}{{- '"' + key + '": "' + val + '"' }}{%- else %}{{- '"' + key + '": ' + val|tojson }}{%- endif %}
                    {%- if not loop.last %}{{- ", " }}{%- endif %}
                {%- endfor %}
                {{- "}}" }}
                {%- if not loop.last %}{{- ", " }}{%- else %}{{- "]" }}{%- endif %}
            {%- endfor %}
            {{- "[/AVAILABLE_TOOLS]" }}
        {%- endif %}
        {%- if loop.last and top is defined %}
            {{- "[INST] " + top + "\\n\\n" + m["content"] + "[/INST]" }}
        {%- else %}
            {{- "[INST] " + m["content"] + "[/INST]" }}
        {%- endif %}
    {%- elif m.tool_calls is defined and m.tool_calls is not none %}
        {{- "[TOOL_CALLS] [" }}
        {%- for call in m.tool_calls %}
            {%- set out = call.function|tojson %}
            {{- out[:-1] }}
            {%- if not call.id is defined or call.id|length != 9 %}{{- raise_exception("Call ids have length 9") }}{%- endif %}
            {{- ', "id": "' + call.id + '"}' }}
            {%- if not loop.last %}{{- ", " }}{%- else %}{{- "]" + eos_token }}{%- endif %}
        {%- endfor %}
    {%- elif m["role"] == "assistant" %}
        {{- " " + m["content"]|trim + eos_token}}
    {%- elif m["role"] == "tool_results" or m["role"] == "tool" %}
        {%- if m.content is defined and m.content.content is defined %}{%- set content = m.content.content %}{%- else %}{%- set content = m.content %}{%- endif %}
        {{- '[TOOL_RESULTS] {"content": ' + content|string + ", " }}
        {{- '"call_id": "' + m.tool_call_id + '"}[/TOOL_RESULTS]' }}
    {%- else %}
        {{- raise_exception("Unknown role " ~ m.role) }}
    {%- endif %}
{%- endfor %}
""",
    "mistral tekken": "{%- if messages[0].role == 'system' %}{%- set top = messages[0].content %}{%- set rest = messages[1:] %}{%- else %}{%- set rest = messages %}{%- endif %}{{- bos_token }}{%- for m in rest %}"
        "{%- if m.role == 'user' %}{%- if loop.last and top is defined %}{{- '[INST]' + top + '\\n\\n' + m.content + '[/INST]' }}{%- else %}{{- '[INST]' + m.content + '[/INST]' }}{%- endif %}"
        "{%- elif m.role == 'assistant' %}{{- m.content + eos_token }}{%- endif %}{%- endfor %}",
    "mistral small": """{%- set today = strftime_now("%Y-%m-%d") %}
{%- set fallback = "You are Small, made for tests.\\nToday is " + today + ".\\n\\nWhen you don't know, say so." %}

{{- bos_token }}

{%- if messages[0]['role'] == 'system' %}
    {%- if messages[0]['content'] is string %}
        {%- set top = messages[0]['content'] %}
    {%- else %}
        {%- set top = messages[0]['content'][0]['text'] %}
    {%- endif %}
    {%- set rest = messages[1:] %}
{%- else %}
    {%- set top = fallback %}
    {%- set rest = messages %}
{%- endif %}
{{- '[SYSTEM_PROMPT]' + top + '[/SYSTEM_PROMPT]' }}

{%- for m in rest %}
    {%- if m['role'] == 'user' %}
        {%- if m['content'] is string %}
            {{- '[INST]' + m['content'] + '[/INST]' }}
        {%- else %}
            {{- '[INST]' }}
            {%- for block in m['content'] %}
                {%- if block['type'] == 'text' %}{{- block['text'] }}{%- elif block['type'] in ['image', 'image_url'] %}{{- '[IMG]' }}{%- else %}{{- raise_exception('Only text and images here') }}{%- endif %}
            {%- endfor %}
            {{- '[/INST]' }}
        {%- endif %}
    {%- elif m['role'] == 'assistant' %}
        {{- m['content'] + eos_token }}
    {%- else %}
        {{- raise_exception('Only user and assistant roles') }}
    {%- endif %}
{%- endfor %}""",
    # Gemma.
    "gemma 1": "{% if messages[0]['role'] == 'system' %}{{ raise_exception('No system role') }}{% endif %}{{ bos_token }}{% for m in messages %}{% if (m['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Alternate') }}{% endif %}"
        "{% if (m['role'] == 'assistant') %}{% set role = 'model' %}{% else %}{% set role = m['role'] %}{% endif %}{{ '<start_of_turn>' + role + '\n' + m['content'] | trim + '<end_of_turn>\n' }}{% endfor %}"
        "{% if add_generation_prompt %}{{'<start_of_turn>model\n'}}{% endif %}",
    "gemma untrimmed": "{{ bos_token }}{% for m in messages %}<start_of_turn>{{ 'model' if m.role == 'assistant' else m.role }}\n{{ m.content }}<end_of_turn>\n{% endfor %}{% if add_generation_prompt %}<start_of_turn>model\n{% endif %}",
    "gemma 3": """{{ bos_token }}
{%- if messages[0]['role'] == 'system' -%}
    {%- if messages[0]['content'] is string -%}
        {%- set prefix = messages[0]['content'] + '

' -%}
    {%- else -%}
        {%- set prefix = messages[0]['content'][0]['text'] + '

' -%}
    {%- endif -%}
    {%- set rest = messages[1:] -%}
{%- else -%}
    {%- set prefix = "" -%}
    {%- set rest = messages -%}
{%- endif -%}
{%- for m in rest -%}
    {%- if (m['role'] == 'user') != (loop.index0 % 2 == 0) -%}
        {{ raise_exception("user and assistant take turns") }}
    {%- endif -%}
    {%- set role = "model" if m['role'] == 'assistant' else m['role'] -%}
    {{ '<start_of_turn>' + role + '
' + (prefix if loop.first else "") }}
    {%- if m['content'] is string -%}
        {{ m['content'] | trim }}
    {%- elif m['content'] is iterable -%}
        {%- for item in m['content'] -%}
            {%- if item['type'] == 'image' -%}{{ '<start_of_image>' }}{%- elif item['type'] == 'text' -%}{{ item['text'] | trim }}{%- endif -%}
        {%- endfor -%}
    {%- else -%}
        {{ raise_exception("Invalid content type") }}
    {%- endif -%}
    {{ '<end_of_turn>
' }}
{%- endfor -%}
{%- if add_generation_prompt -%}
    {{'<start_of_turn>model
'}}
{%- endif -%}
""",
    # Qwen.
    "qwen 2": "{% for m in messages %}{% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system\nYou are helpful.<|im_end|>\n' }}{% endif %}{{'<|im_start|>' + m['role'] + '\n' + m['content']}}"
        "{% if (loop.last and add_generation_prompt) or not loop.last %}{{ '<|im_end|>' + '\n'}}{% endif %}{% endfor %}{% if add_generation_prompt and messages[-1]['role'] != 'assistant' %}{{ '<|im_start|>assistant\n' }}{% endif %}",
    "qwen 2.5": """{%- if tools %}
    {{- '<|im_start|>system\\n' }}
    {%- if messages[0]['role'] == 'system' %}{{- messages[0]['content'] }}{%- else %}{{- 'You are Q.' }}{%- endif %}
    {{- "\\n\\n# Tools\\n\\n<tools>" }}
    {%- for tool in tools %}
        {{- "\\n" }}
        {{- tool | tojson }}
    {%- endfor %}
    {{- "\\n</tools>\\n{\\"name\\": <name>}<|im_end|>\\n" }}
{%- else %}
    {%- if messages[0]['role'] == 'system' %}
        {{- '<|im_start|>system\\n' + messages[0]['content'] + '<|im_end|>\\n' }}
    {%- else %}
        {{- '<|im_start|>system\\nYou are Q.<|im_end|>\\n' }}
    {%- endif %}
{%- endif %}
{%- for m in messages %}
    {%- if (m.role == "user") or (m.role == "system" and not loop.first) or (m.role == "assistant" and not m.tool_calls) %}
        {{- '<|im_start|>' + m.role + '\\n' + m.content + '<|im_end|>' + '\\n' }}
    {%- elif m.role == "assistant" %}
        {{- '<|im_start|>' + m.role }}
        {%- if m.content %}{{- '\\n' + m.content }}{%- endif %}
        {%- for call in m.tool_calls %}
            {%- if call.function is defined %}{%- set call = call.function %}{%- endif %}
            {{- '\\n<tool_call>\\n{"name": "' }}{{- call.name }}{{- '", "arguments": ' }}{{- call.arguments | tojson }}{{- '}\\n</tool_call>' }}
        {%- endfor %}
        {{- '<|im_end|>\\n' }}
    {%- elif m.role == "tool" %}
        {%- if (loop.index0 == 0) or (messages[loop.index0 - 1].role != "tool") %}{{- '<|im_start|>user' }}{%- endif %}
        {{- '\\n<tool_response>\\n' }}{{- m.content }}{{- '\\n</tool_response>' }}
        {%- if loop.last or (messages[loop.index0 + 1].role != "tool") %}{{- '<|im_end|>\\n' }}{%- endif %}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
{%- endif %}
""",
    "qwen 3": """{%- if messages[0].role == 'system' %}
    {{- '<|im_start|>system\\n' + messages[0].content + '<|im_end|>\\n' }}
{%- endif %}
{%- set ns = namespace(looking=true, last=messages|length - 1) %}
{%- for m in messages[::-1] %}
    {%- set index = (messages|length - 1) - loop.index0 %}
    {%- if ns.looking and m.role == "user" and m.content is string and not(m.content.startswith('<tool_response>') and m.content.endswith('</tool_response>')) %}
        {%- set ns.looking = false %}
        {%- set ns.last = index %}
    {%- endif %}
{%- endfor %}
{%- for m in messages %}
    {%- if m.content is string %}{%- set content = m.content %}{%- else %}{%- set content = '' %}{%- endif %}
    {%- if (m.role == "user") or (m.role == "system" and not loop.first) %}
        {{- '<|im_start|>' + m.role + '\\n' + content + '<|im_end|>' + '\\n' }}
    {%- elif m.role == "assistant" %}
        {%- set thought = '' %}
        {%- if m.reasoning_content is string %}
            {%- set thought = m.reasoning_content %}
        {%- else %}
            {%- if '</think>' in content %}
                {%- set thought = content.split('</think>')[0].rstrip('\\n').split('<think>')[-1].lstrip('\\n') %}
                {%- set content = content.split('</think>')[-1].lstrip('\\n') %}
            {%- endif %}
        {%- endif %}
        {%- if loop.index0 > ns.last %}
            {%- if loop.last or (not loop.last and thought) %}
                {{- '<|im_start|>' + m.role + '\\n<think>\\n' + thought.strip('\\n') + '\\n</think>\\n\\n' + content.lstrip('\\n') }}
            {%- else %}
                {{- '<|im_start|>' + m.role + '\\n' + content }}
            {%- endif %}
        {%- else %}
            {{- '<|im_start|>' + m.role + '\\n' + content }}
        {%- endif %}
        {{- '<|im_end|>\\n' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
    {%- if enable_thinking is defined and enable_thinking is false %}
        {{- '<think>\\n\\n</think>\\n\\n' }}
    {%- endif %}
{%- endif %}""",
    "qwen thinking only": CHATML + "{%- if add_generation_prompt %}\n    {{- '<|im_start|>assistant\\n<think>\\n' }}\n{%- endif %}",
    # Phi.
    "phi 3": "{% for m in messages %}{% if m['role'] == 'system' and m['content'] %}{{'<|system|>\n' + m['content'] + '<|end|>\n'}}{% elif m['role'] == 'user' %}{{'<|user|>\n' + m['content'] + '<|end|>\n'}}{% elif m['role'] == 'assistant' %}"
        "{{'<|assistant|>\n' + m['content'] + '<|end|>\n'}}{% endif %}{% endfor %}{% if add_generation_prompt %}{{ '<|assistant|>\n' }}{% else %}{{ eos_token }}{% endif %}",
    "phi 3.5": "{% for m in messages %}{{ '<|' + m.role + '|>' + '\n' + m.content + '<|end|>' + '\n' }}{% endfor %}{{ '<|assistant|>\n' if add_generation_prompt else eos_token }}",
    "phi 4": "{% for m in messages %}{% if (m['role'] == 'system') %}{{'<|im_start|>system<|im_sep|>' + m['content'] + '<|im_end|>'}}{% elif (m['role'] == 'user') %}{{'<|im_start|>user<|im_sep|>' + m['content'] + '<|im_end|>'}}"
        "{% elif (m['role'] == 'assistant') %}{{'<|im_start|>assistant<|im_sep|>' + m['content'] + '<|im_end|>'}}{% endif %}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant<|im_sep|>' }}{% endif %}",
    "phi 4 mini": "{% for m in messages %}{% if m['role'] == 'system' and 'tools' in m and m['tools'] is not none %}{{ '<|' + m['role'] + '|>' + m['content'] + '<|tool|>' + m['tools'] + '<|/tool|>' + '<|end|>' }}{% else %}"
        "{{ '<|' + m['role'] + '|>' + m['content'] + '<|end|>' }}{% endif %}{% endfor %}{% if add_generation_prompt %}{{ '<|assistant|>' }}{% else %}{{ eos_token }}{% endif %}",
    # DeepSeek.
    "deepseek v2": "{% if not add_generation_prompt is defined %}{% set add_generation_prompt = false %}{% endif %}{{ bos_token }}{% for m in messages %}{% if m['role'] == 'user' %}{{ 'User: ' + m['content'] + '\n\n' }}"
        "{% elif m['role'] == 'assistant' %}{{ 'Assistant: ' + m['content'] + eos_token }}{% elif m['role'] == 'system' %}{{ m['content'] + '\n\n' }}{% endif %}{% endfor %}{% if add_generation_prompt %}{{ 'Assistant:' }}{% endif %}",
    "deepseek v3": "{% if not add_generation_prompt is defined %}{% set add_generation_prompt = false %}{% endif %}{% set ns = namespace(is_first=false, is_tool=false, top='', is_first_sp=true) %}{%- for m in messages %}"
        "{%- if m['role'] == 'system' %}{%- if ns.is_first_sp %}{% set ns.top = ns.top + m['content'] %}{% set ns.is_first_sp = false %}{%- else %}{% set ns.top = ns.top + '\\n\\n' + m['content'] %}{%- endif %}{%- endif %}{%- endfor %}"
        "{{ bos_token }}{{ ns.top }}{%- for m in messages %}{%- if m['role'] == 'user' %}{%- set ns.is_tool = false -%}{{'<｜User｜>' + m['content']}}{%- endif %}{%- if m['role'] == 'assistant' and m['content'] is not none %}"
        "{%- if ns.is_tool %}{{'<｜tool▁outputs▁end｜>' + m['content'] + '<｜end▁of▁sentence｜>'}}{%- set ns.is_tool = false -%}{%- else %}{{'<｜Assistant｜>' + m['content'] + '<｜end▁of▁sentence｜>'}}{%- endif %}{%- endif %}{%- endfor -%}"
        "{% if ns.is_tool %}{{'<｜tool▁outputs▁end｜>'}}{% endif %}{% if add_generation_prompt and not ns.is_tool %}{{'<｜Assistant｜>'}}{% endif %}",
    "deepseek r1": "{{ bos_token }}{% for m in messages %}{% if m.role == 'assistant' %}{% set content = m.content %}{% if '</think>' in content %}{% set content = content.split('</think>')[-1] %}{% endif %}{{ '<｜Assistant｜>' + content + '<｜end▁of▁sentence｜>' }}"
        "{% elif m.role == 'user' %}{{ '<｜User｜>' + m.content }}{% else %}{{ m.content }}{% endif %}{% endfor %}{% if add_generation_prompt %}{{ '<｜Assistant｜><think>\\n' }}{% endif %}",
    # Others.
    "command-r": "{{ bos_token }}{% if messages[0]['role'] == 'system' %}{% set rest = messages[1:] %}{% set top = messages[0]['content'] %}{% elif false == true %}{% set rest = messages %}{% set top = 'You are C.' %}{% else %}{% set rest = messages %}{% set top = false %}{% endif %}"
        "{% if top != false %}{{ '<|START_OF_TURN_TOKEN|><|SYSTEM_TOKEN|>' + top + '<|END_OF_TURN_TOKEN|>' }}{% endif %}{% for m in rest %}{% if (m['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Alternate') }}{% endif %}"
        "{% set content = m['content'] %}{% if m['role'] == 'user' %}{{ '<|START_OF_TURN_TOKEN|><|USER_TOKEN|>' + content.strip() + '<|END_OF_TURN_TOKEN|>' }}{% elif m['role'] == 'assistant' %}"
        "{{ '<|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|>'  + content.strip() + '<|END_OF_TURN_TOKEN|>' }}{% endif %}{% endfor %}{% if add_generation_prompt %}{{ '<|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|>' }}{% endif %}",
    "zephyr": "{% for m in messages %}\n{% if m['role'] == 'user' %}\n{{ '<|user|>\n' + m['content'] + eos_token }}\n{% elif m['role'] == 'system' %}\n{{ '<|system|>\n' + m['content'] + eos_token }}\n{% elif m['role'] == 'assistant' %}\n"
        "{{ '<|assistant|>\n'  + m['content'] + eos_token }}\n{% endif %}\n{% if loop.last and add_generation_prompt %}\n{{ '<|assistant|>' }}\n{% endif %}\n{% endfor %}",
    "vicuna": "{% if messages[0].role == 'system' %}{{ messages[0].content.strip() }} {% set messages = messages[1:] %}{% else %}A chat between a user and an assistant. {% endif %}{% for m in messages %}{% if m.role == 'user' %}USER: {{ m.content }} {% else %}ASSISTANT: {{ m.content }}{{ eos_token }}{% endif %}{% endfor %}"
        "{% if add_generation_prompt %}ASSISTANT:{% endif %}",
    "alpaca": "{% for m in messages %}{% if m.role == 'system' %}{{ m.content + '\n\n' }}{% elif m.role == 'user' %}{{ '### Instruction:\n' + m.content + '\n\n' }}{% elif m.role == 'assistant' %}{{ '### Response:\n' + m.content + '\n\n' }}{% endif %}{% endfor %}"
        "{% if add_generation_prompt and messages[-1].role == 'user' %}{{ '### Response:\n' }}{% endif %}",
    "falcon": "{% for m in messages %}{% if not loop.first %}{{ '\n' }}{% endif %}{% if m['role'] == 'system' %}{{ 'System: ' }}{% elif m['role'] == 'user' %}{{ 'User: ' }}{% elif m['role'] == 'assistant' %}{{ 'Falcon: ' }}{% endif %}"
        "{{ m['content'].replace('\r\n', '\n').replace('\n\n', '\n') }}{% endfor %}{% if add_generation_prompt %}{{ '\n' + 'Falcon:' }}{% endif %}",
    "falcon 3": "{% for m in messages %}{{ '<|' ~ m.role ~ '|>\n' ~ m.content.strip() }}{{ '\n' if not loop.last else (eos_token if m.role == 'assistant' else '\n') }}{% endfor %}{{ '<|assistant|>\n' if add_generation_prompt }}",
    "olmo": "{{ bos_token }}{% for m in messages %}\n{% if m['role'] == 'system' %}\n{{ '<|system|>\n' + m['content'] }}\n{% elif m['role'] == 'user' %}\n{{ '<|user|>\n' + m['content'] }}\n{% elif m['role'] == 'assistant' %}\n"
        "{% if not loop.last %}\n{{ '<|assistant|>\n'  + m['content'] + eos_token + '\n' }}\n{% else %}\n{{ '<|assistant|>\n'  + m['content'] + eos_token }}\n{% endif %}\n{% endif %}\n{% if loop.last and add_generation_prompt %}\n{{ '<|assistant|>\n' }}\n{% endif %}\n{% endfor %}",
    "granite": """{%- if messages[0]['role'] == 'system' %}
    {%- set top = messages[0]['content'] %}
    {%- set rest = messages[1:] %}
{%- else %}
    {%- set top = "Knowledge until: April 2024.\\nToday: " + strftime_now('%B %d, %Y') + ".\\nYou are G." %}
    {%- if thinking %}{%- set top = top + " Think inside <think></think>." %}{%- endif %}
    {%- set rest = messages %}
{%- endif %}
{{- '<|start_of_role|>system<|end_of_role|>' + top + '<|end_of_text|>\\n' }}
{%- for m in rest %}
    {{- '<|start_of_role|>' + m['role'] + '<|end_of_role|>' + m['content'] + '<|end_of_text|>\\n' }}
    {%- if loop.last and add_generation_prompt %}
        {{- '<|start_of_role|>assistant' }}
        {%- if controls %}{{- ' ' + controls | tojson() }}{%- endif %}
        {{- '<|end_of_role|>' }}
    {%- endif %}
{%- endfor %}""",
    "smollm 3": """{%- if enable_thinking is not defined -%}{%- set enable_thinking = true -%}{%- endif -%}
{%- set mode = "/think" if enable_thinking else "/no_think" -%}
{%- if messages[0].role == "system" -%}
  {%- set top = messages[0].content -%}
  {%- if "/no_think" in top -%}{%- set mode = "/no_think" -%}{%- elif "/think" in top -%}{%- set mode = "/think" -%}{%- endif -%}
  {%- set own = top.replace("/no_think", "").replace("/think", "").rstrip() -%}
{%- endif -%}
{{- "<|im_start|>system\\n" -}}
{{- "## Metadata\\n\\nToday: " ~ strftime_now("%d %B %Y") ~ "\\nMode: " ~ mode ~ "\\n\\n" -}}
{%- if own -%}{{- own ~ "\\n\\n" -}}{%- elif mode == "/think" -%}{{- "You think first.\\n\\n" -}}{%- endif -%}
{{- "<|im_end|>\\n" -}}
{%- for m in messages -%}
  {%- set content = m.content if m.content is string else "" -%}
  {%- if m.role == "user" -%}{{ "<|im_start|>" + m.role + "\\n"  + content + "<|im_end|>\\n" }}
  {%- elif m.role == "assistant" -%}
    {%- generation -%}
    {%- if mode == "/think" -%}{{ "<|im_start|>assistant\\n" + content.lstrip("\\n") + "<|im_end|>\\n" }}{%- else -%}{{ "<|im_start|>assistant\\n" + "<think>\\n\\n</think>\\n" + content.lstrip("\\n") + "<|im_end|>\\n" }}{%- endif -%}
    {%- endgeneration -%}
  {%- endif -%}
{%- endfor -%}
{%- if add_generation_prompt -%}{%- if mode == "/think" -%}{{ "<|im_start|>assistant\\n" }}{%- else -%}{{ "<|im_start|>assistant\\n" + "<think>\\n\\n</think>\\n"  }}{%- endif -%}{%- endif -%}""",
    "internlm": "{{ bos_token }}{% for m in messages %}{{ '<|im_start|>' ~ m['role'] ~ '\n' ~ m['content'] ~ '<|im_end|>' ~ '\n' }}{% endfor %}" + ASK,
    "stablelm": "{% for m in messages %}{{ '<|' ~ m.role ~ '|>\n' ~ m.content ~ '<|endoftext|>' ~ '\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|assistant|>\n' }}{% endif %}",
    "glm 4": "[gMASK]<sop>{% for item in messages %}{% if item['tools'] is defined %}<|system|>\nTools:{% for tool in item['tools'] %}\n{{ tool | tojson(indent=4) }}{% endfor %}{% endif %}{% if item['content'] %}<|{{ item['role'] }}|>{{ item['metadata'] }}\n{{ item['content'] }}{% endif %}{% endfor %}"
        "{% if add_generation_prompt %}<|assistant|>{% endif %}",
    "glm 4.5": """[gMASK]<sop>
{%- macro visible(content) -%}
    {%- if content is string -%}{{- content }}{%- elif content is iterable and content is not mapping -%}{%- for item in content -%}{%- if item is mapping and item.type == 'text' -%}{{- item.text }}{%- elif item is string -%}{{- item }}{%- endif -%}{%- endfor -%}{%- else -%}{{- content }}{%- endif -%}
{%- endmacro -%}
{%- set ns = namespace(last=-1) %}
{%- for m in messages %}{%- if m.role == 'user' %}{% set ns.last = loop.index0 -%}{%- endif %}{%- endfor %}
{% for m in messages %}
{%- if m.role == 'user' -%}<|user|>
{{ visible(m.content) }}
{{- '/nothink' if (enable_thinking is defined and not enable_thinking and not visible(m.content).endswith("/nothink")) else '' -}}
{%- elif m.role == 'assistant' -%}
<|assistant|>
{%- set thought = '' %}
{%- set content = visible(m.content) %}
{%- if '</think>' in content %}{%- set thought = content.split('</think>')[0].rstrip('\\n').split('<think>')[-1].lstrip('\\n') %}{%- set content = content.split('</think>')[-1].lstrip('\\n') %}{%- endif %}
{%- if loop.index0 > ns.last and thought -%}{{ '\\n<think>' + thought.strip() +  '</think>'}}{%- else -%}{{ '\\n<think></think>' }}{%- endif -%}
{%- if content.strip() -%}{{ '\\n' + content.strip() }}{%- endif -%}
{%- elif m.role == 'system' -%}
<|system|>
{{ visible(m.content) }}
{%- endif -%}
{%- endfor -%}
{%- if add_generation_prompt -%}<|assistant|>{{- '\\n<think></think>' if (enable_thinking is defined and not enable_thinking) else '' -}}{%- endif -%}""",
    "hermes tools": """{%- macro kind(spec) %}{%- set simple = {"string": "str", "number": "float", "integer": "int", "boolean": "bool"} %}
{%- if spec.type in simple %}{{- simple[spec.type] }}{%- elif spec.type == "array" %}{{- "list[" + kind(spec['items']) + "]" }}{%- elif spec.type == "object" %}{{- "dict" }}{%- elif spec.type is iterable and spec.type | length > 0 %}{{- "Union[" + spec.type | join(",") + "]" }}{%- else %}{{- "Any" }}{%- endif %}
{%- endmacro %}
{{- bos_token }}{{- "<|im_start|>system\\nTools: <tools> " }}
{%- if tools is iterable and tools | length > 0 %}
    {%- for tool in tools %}
        {%- if tool.function is defined %}{%- set tool = tool.function %}{%- endif %}
        {{- '{"name": "' + tool.name + '(' }}
        {%- for name, spec in tool.parameters.properties|items %}{{- name + ": " + kind(spec) }}{%- if not loop.last %}{{- ", " }}{%- endif %}{%- endfor %}
        {{- ")" }}{{- '", "description": ' + tool.description|tojson + '}' }}
        {%- if not loop.last %}{{- "\\n" }}{%- endif %}
    {%- endfor %}
{%- endif %}
{{- " </tools><|im_end|>\\n" }}
{%- for m in messages %}{{- '<|im_start|>' + m.role + '\\n' + m.content + '<|im_end|>' + '\\n' }}{%- endfor %}""" + ASK,
    "gpt-oss": """{%- macro kinds(spec, required) -%}
    {%- if spec.type == "array" -%}{%- if spec['items'] -%}{{- kinds(spec['items'], false) + "[]" }}{%- else -%}{{- "any[]" }}{%- endif -%}
    {%- elif spec.enum is defined -%}{{- '"' + spec.enum|join('" | "') + '"' }}
    {%- elif spec.type is defined -%}{{- spec.type }}{%- else -%}{{- "any" }}{%- endif -%}
{%- endmacro -%}
{%- macro section() -%}
    {%- if model_identity is not defined %}{%- set model_identity = "You are O." %}{%- endif %}
    {{- model_identity + "\\n" }}{{- "Current date: " + strftime_now("%Y-%m-%d") + "\\n\\n" }}
    {%- if reasoning_effort is not defined %}{%- set reasoning_effort = "medium" %}{%- endif %}
    {{- "Reasoning: " + reasoning_effort + "\\n\\n# Valid channels: analysis, final." }}
{%- endmacro -%}
{{- "<|start|>system<|message|>" }}{{- section() }}{{- "<|end|>" }}
{%- if messages[0].role == "developer" or messages[0].role == "system" %}
    {%- set top = messages[0].content %}{%- set rest = messages[1:] %}
{%- else %}
    {%- set top = "" %}{%- set rest = messages %}
{%- endif %}
{%- if top or tools %}{{- "<|start|>developer<|message|>" }}{%- if top %}{{- "# Instructions\\n\\n" }}{{- top }}{%- endif %}
    {%- if tools %}{%- for tool in tools %}{{- "\\n// " + tool.function.description + "\\ntype " + tool.function.name + " = (" }}{%- for name, spec in tool.function.parameters.properties.items() %}{{- name + (": " if name in tool.function.parameters.required else "?: ") + kinds(spec, true) + "," }}{%- endfor %}{{- ")" }}{%- endfor %}{%- endif %}{{- "<|end|>" }}{%- endif %}
{%- set last_call = namespace(name=none) %}
{%- for m in rest -%}
    {%- if m.role == 'assistant' -%}
        {%- if "<|channel|>analysis<|message|>" in m.content -%}{{- raise_exception("The content holds a channel of its own") }}{%- endif %}
        {%- if loop.last and not add_generation_prompt %}{{- "<|start|>assistant<|channel|>final<|message|>" + m.content + "<|return|>" }}{%- else %}{{- "<|start|>assistant<|channel|>final<|message|>" + m.content + "<|end|>" }}{%- set last_call.name = none %}{%- endif %}
    {%- elif m.role == 'user' -%}{{- "<|start|>user<|message|>" + m.content + "<|end|>" }}{%- endif -%}
{%- endfor -%}
{%- if add_generation_prompt -%}
<|start|>assistant
{%- endif -%}""",
    "nemotron": "{{ '<extra_id_0>System' }}{% for m in messages %}{% if m.role == 'system' %}{{ '\n' + m.content.strip() }}{% endif %}{% endfor %}{{ '\n' }}{% for m in messages %}{% if m.role == 'user' %}{{ '\n<extra_id_1>User\n' + m.content.strip() + '\n<extra_id_1>Assistant\n' }}"
        "{% elif m.role == 'assistant' %}{{ m.content.strip() }}{% endif %}{% endfor %}",
    "exaone": "{% for m in messages %}{% if loop.first and m['role'] != 'system' %}{{ '[|system|][|endofturn|]\n' }}{% endif %}{{ '[|' + m['role'] + '|]' + m['content'] }}{% if m['role'] == 'user' %}{{ '\n' }}{% else %}{{ '[|endofturn|]\n' }}{% endif %}{% endfor %}{% if add_generation_prompt %}{{ '[|assistant|]' }}{% endif %}",
    "minicpm": "{% for m in messages %}{% if m['role'] == 'user' %}{{'<用户>' + m['content'].strip() + '<AI>'}}{% else %}{{m['content'].strip()}}{% endif %}{% endfor %}",
    "baichuan": "{% for m in messages %}{% if m['role'] == 'user' %}{{ '<reserved_106>' + m['content'] }}{% elif m['role'] == 'assistant' %}{{ '<reserved_107>' + m['content'] }}{% else %}{{ m['content'] }}{% endif %}{% endfor %}{% if add_generation_prompt and messages[-1]['role'] != 'assistant' %}{{ '<reserved_107>' }}{% endif %}",
    "solar": "{% for m in messages %}{% if m.role == 'system' %}{% if m.content %}{{'### System:\n' + m.content + '\n\n'}}{% endif %}{% elif m.role == 'user' %}{{'### User:\n' + m.content + '\n\n'}}{% elif m.role == 'assistant' %}{{'### Assistant:\n'  + m.content}}{% endif %}"
        "{% if loop.last and add_generation_prompt %}{{ '### Assistant:\n' }}{% endif %}{% endfor %}",
    "openchat": "{{ bos_token }}{% for m in messages %}{{ 'GPT4 Correct ' + m['role'].title() + ': ' + m['content'] + '<|end_of_turn|>'}}{% endfor %}{% if add_generation_prompt %}{{ 'GPT4 Correct Assistant:' }}{% endif %}",
    "orion": "{% for m in messages %}{% if loop.first %}{{ bos_token }}{% endif %}{% if m['role'] == 'user' %}{{ 'Human: ' + m['content'] + '\n\nAssistant: ' + eos_token }}{% elif m['role'] == 'assistant' %}{{ m['content'] + eos_token }}{% endif %}{% endfor %}",
    "starchat": "{% for m in messages %}<|{{ m.role }}|>\n{{ m.content|trim }}<|end|>\n{% endfor %}{% if add_generation_prompt %}<|assistant|>\n{% endif %}",
    "mpt": "{% if messages[0].role == 'system' %}{% set rest = messages[1:] %}{% set top = messages[0].content %}{% else %}{% set rest = messages %}{% set top = 'Talk.' %}{% endif %}{% for m in rest %}{% if loop.index0 == 0 %}{{ '<|im_start|>system\n' + top.strip() }}{% endif %}"
        "{% if loop.index0 == 0 %}{{ '\n' }}{% endif %}{{ '<|im_start|>' + m.role + '\n' + m.content }}{% if (add_generation_prompt == true) %}{{ '<|im_end|>\n<|im_start|>assistant\n' if loop.last else '<|im_end|>\n' }}{% elif m.role == 'assistant' %}{{ eos_token }}{% endif %}{% endfor %}",
    "jamba": "{# Written for tests. #}\n{%- set ns = namespace(system=false, in_docs = false) -%}\n{%- for m in messages %}{%- if m.role == 'system' %}{%- set ns.system = true %}{%- break %}{%- endif %}{%- endfor %}\n{{- bos_token }}{%- if documents %}{% for doc in documents %}{{ loop.index }}: {{ doc.text }}\n{% endfor %}{%- endif %}"
        "{%- if not ns.system %}{{- '<|bom|><|system|> ' + 'Hello.<|eom|>' }}{%- endif %}{%- for m in messages %}{{- '<|bom|><|' ~ m.role ~ '|> ' ~ m.content ~ '<|eom|>' }}{%- endfor %}{%- if add_generation_prompt %}{{- '<|bom|><|assistant|>' }}{%- endif %}",
    "xgen": "{% if messages|length > 0 and messages[0].role == 'system' %}{{ messages[0].content }}\n\n{% endif %}{% for m in messages if m.role != 'system' %}### {{ 'Human' if m.role == 'user' else m.role|capitalize }}: {{ m.content }}\n{% endfor %}###{% if add_generation_prompt %} Assistant:{% endif %}",
    "dbrx": "{% if messages[0]['role'] == 'system' %}{% set rest = messages[1:] %}{% set top = messages[0]['content'] %}{% elif 'x' in messages[0]['content'] %}{% set rest = messages %}{% set top = 'An x.' %}{% else %}{% set rest = messages %}{% set top = 'No x.' %}{% endif %}"
        "{% for m in rest %}{% if loop.index0 == 0 %}{{ '<|im_start|>system\n' + top.strip() + '<|im_end|>\n' }}{% else %}{{ '\n' }}{% endif %}{{ '<|im_start|>' + m['role'] + '\n' + m['content'] }}{{ '<|im_end|>' }}{% endfor %}",
    "rwkv": "{% for m in messages %}{{ {'user': 'User', 'assistant': 'Assistant', 'system': 'System'}[m.role] ~ ': ' ~ m.content|replace('\n\n', '\n')|trim ~ '\n\n' }}{% endfor %}{% if add_generation_prompt %}Assistant:{% endif %}",
    "saiga": "{%- for m in messages -%}\n    {%- set role = {'assistant': 'bot'}.get(m.role, m.role) -%}\n    <s>{{ role }}\n    {{- '\n' + m.content|trim }}</s>\n{% endfor -%}\n{%- if add_generation_prompt -%}\n    <s>bot\n{% endif -%}",
    "tulu": "{% for m in messages %}{% set end = eos_token if m.role == 'assistant' and not loop.last else ('' if loop.last else '\n') %}<|{{ m.role }}|>\n{{ m.content }}{{ end }}\n{% endfor %}{{ '<|assistant|>\n' if add_generation_prompt else '' }}",
    "reka": "{{ bos_token }}{% for m in messages %}{% if m.role == 'system' %}{% set ns_top = m.content %}{% endif %}{% if m.role == 'user' %}{{ 'human: ' }}{% if loop.first and ns_top is defined %}{{ ns_top }}{% endif %}{{ m.content|trim ~ ' <sep> ' }}{% elif m.role == 'assistant' %}{{ 'assistant: ' ~ m.content|trim ~ ' <sep> ' }}{% endif %}{% endfor %}",
    "apertus": """{%- macro say(m, first=false) -%}
{{ '<s>' if first }}<|{{ m.role }}_start|>{{ m.content }}<|{{ m.role }}_end|>{{ caller() if caller is defined }}
{%- endmacro -%}
{%- for m in messages %}{% call say(m, first=loop.first) %}[{{ loop.index }}{{ ', last' if loop.last }}]{% endcall %}{% endfor %}""",
    "kimi": "{% macro named(m) %}<|im_{{ m.role }}|>{{ m.get('name') or m.role }}<|im_middle|>{% endmacro %}{% for m in messages %}{% if loop.first and messages[0]['role'] != 'system' %}<|im_system|>system<|im_middle|>You are K.<|im_end|>{% endif %}{{ named(m) }}{% if m['content'] is string %}{{ m['content'] }}{% else %}"
        "{% for c in m['content'] %}{% if c['type'] == 'image' or 'image' in c %}<|image|>{% else %}{{ c['text'] }}{% endif %}{% endfor %}{% endif %}<|im_end|>{% endfor %}{% if add_generation_prompt %}<|im_assistant|>assistant<|im_middle|>{% endif %}",
    # What templates of these families use, beside.
    "cycles": "{% set turn = cycler('odd', 'even') %}{% set sep = joiner(' | ') %}{% for m in messages %}{{ sep() }}{{ turn.next() }} {{ loop.cycle('a', 'b', 'c') }} {{ loop.revindex0 }} {{ loop.previtem.role if loop.previtem is defined else '-' }} {{ (loop.nextitem or {}).role }} {{ loop.changed(m.role) }}{% endfor %}",
    "lists": "{{ messages|map(attribute='role')|unique|list }} {{ messages|groupby('role')|map(attribute=0)|join(',') }} {{ (messages|map(attribute='content')|map('length')|list)[::-1] }} {{ messages|selectattr('content')|rejectattr('role', 'in', ['system'])|map(attribute='role')|list|tojson }}",
    "python text": "{{ messages }}{{ [1, 2.0, none, true, 'it\\'s', \"q\\\"q'\", ('a',), {}, {'k': [1e20, 0.1, 1e-7]}] }}{{ messages[0].keys()|list }} {{ messages[0].items() }}",
    "json": "{{ messages|tojson }}\n{{ messages|tojson(indent=2) }}\n{{ messages|tojson(ensure_ascii=true, separators=(',', ':')) }}\n{{ {'b': 1, 'a': [1.5, none, true, []], 'c': {}}|tojson(indent=1, sort_keys=true) }}",
    "white space": "  {% if true %}  \n  a\n  {%- if true %} b {%+ endif %}\n  {# c #}\n   {#- d -#}  e  {{- ' f ' -}}  g\n{% endif +%}\n h \n\n  {%+ if true %}i{% endif %} \n {% raw %} {{ j }} {% k %} {% endraw %}\n  {%- raw -%}  l  {%- endraw -%} m\n{{ 'n' }}\n\n",
    "blocks": "{% set head %}[{% for m in messages %}{{ m.role[0] }}{% endfor %}]{% endset %}{{ head|upper }}{% filter replace('a', 'A')|trim %}  {{ messages[-1].content }}  {% endfilter %}{% with x = 1, y = head %}{{ x }}{{ y }}{% endwith %}{{ x }}{% set t | indent(2, true) %}{{ messages[0].content }}{% endset %}{{ t }}",
    "scopes": "{% set x = 0 %}{% for m in messages %}{% set x = x + 1 %}{{ x }}{% if m.role == 'user' %}{% set y = m.content|length %}{% endif %}{{ y }}{% endfor %}{{ x }}{{ y }}{% if true %}{% set z = 5 %}{% endif %}{{ z }}",
    "macros": "{% macro f(a, b='B', c=b) %}{{ a }}{{ b }}{{ c }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ f(1) }}{{ f(1, 2) }}{{ f(1, c=3) }}{{ f(1, 2, 3, 4, d=5) }}{{ f() }}{{ f(*[1, 2], **{'c': 9}) }}{{ f.name }}",
    "text methods": "{% for m in messages %}{% set c = m.content %}{{ c.strip().split() }}{{ c.split('\n', 1)|length }}{{ c.title() }}{{ c|title }}{{ c|capitalize }}{{ c.find('a') }}{{ c[1:-1:2] }}{{ c[-3:] }}{{ c.splitlines() }}{{ c.startswith(('H', ' ')) }}{{ c.partition(' ') }}{{ c.rsplit(' ', 1)[0] }}{{ c|wordcount }}{% endfor %}",
    "numbers": "{{ 7 // 2 }} {{ -7 // 2 }} {{ 7 % -3 }} {{ 7 / 2 }} {{ 2 ** 10 }} {{ 2 ** -1 }} {{ 7.5 // 2 }} {{ -7.5 % 2 }} {{ 1e16 }} {{ 123456789012345680.0 }} {{ 1/3 }} {{ '3.7'|int }} {{ ' 12 '|int }} {{ 'x'|int(-1) }} {{ 2.5|round }} {{ 3.14159|round(2) }} {{ 42|float }} {{ true + 1 }} {{ 0x1F + 1_0 }} {{ 1 < 2 < 3 }} {{ 3 > 2 >= 2 != 1 }}",
    "undefined": "[{{ missing }}][{{ missing is defined }}][{{ messages[9] }}][{{ messages[0].missing }}][{{ missing|default('d') }}][{{ ''|default('d', true) }}][{% for x in missing %}x{% else %}none{% endfor %}][{{ missing == other }}][{{ not missing }}][{{ [missing] }}][{{ missing ~ 'a' }}]",
    "undefined attribute": "{{ messages[0].role }}{{ missing.part }}",
    "forbidden": "{% set l = [] %}{{ messages[0].role }}{% if l.append(1) %}{% endif %}",
}

TOOLS = [{"type": "function", "function": {"name": "look", "description": "Looks up \"things\" & more.", "parameters": {
    "type": "object", "properties": {"what": {"type": "string"}, "many": {"type": "array", "items": {"type": "integer"}}, "how": {"type": ["string", "null"]}}, "required": ["what"]}}}]


def conversation(*turns, **more) -> dict:
    roles = {"s": "system", "u": "user", "a": "assistant"}
    return {"messages": [{"role": roles[role], "content": content} for role, content in turns], **more}


def conversations() -> list:
    fixed = [
        conversation(("u", "Hello, who are you?"), add_generation_prompt=True),
        conversation(("s", "Answer with one letter."), ("u", "Is 17 prime?\n(A) yes (B) no"), add_generation_prompt=True),
        conversation(("u", "a"), ("a", " b\n"), ("u", "  padded \n"), add_generation_prompt=True),
        conversation(("s", " "), ("u", ""), ("a", "<think>\nHm.\n</think>\n\nYes."), add_generation_prompt=False),
        conversation(("u", "{{ messages }} {% if %} {# x #} <|im_end|> </s> [INST]"), ("a", "über 日本 \U0001f600\u00a0"), add_generation_prompt=False),
        conversation(("u", "tools"), add_generation_prompt=True, tools=TOOLS),
        conversation(("s", "Be\r\nbrief. /no_think"), ("u", "x"), ("a", "y"), ("u", "z\u2028\x1f"), add_generation_prompt=True, enable_thinking=False, thinking=True),
    ]
    chance = random.Random(1)
    pieces = ["a", "B", " ", "  ", "\n", "\t", "é", "ß", "'", '"', "\\", "{{", "}}", "{%", "<|im_start|>", "</think>", "<think>", "12", "\r\n", "\u3000", "Ⅷ", "ǆ", "\U0001f469\u200d\U0001f4bb", "x" * 30]
    for _ in range(6):
        turns = [("s", "".join(chance.choices(pieces, k=chance.randrange(6))))] if chance.random() < 0.4 else []
        for index in range(chance.randrange(1, 5)):
            turns.append(("ua"[index % 2], "".join(chance.choices(pieces, k=chance.randrange(12)))))
        fixed.append(conversation(*turns, add_generation_prompt=chance.random() < 0.6))
    return fixed


def main():
    shared = [{"bos_token": "<s>", "eos_token": "</s>", "tools": None, "documents": None, **given} for given in conversations()]
    templates = []
    for name, text in TEMPLATES.items():
        renderings = []
        for index, given in enumerate(shared):
            result = render(text, given)
            # Whole texts of some conversations; of the others their digest, so that the file stays small.
            if index > 3 and "text" in result:
                result = {"sha256": hashlib.sha256(result["text"].encode()).hexdigest()}
            renderings.append({"conversation": index, **result})
        templates.append({"name": name, "text": text, "renderings": renderings})
    path = Path(__file__).parent.parent / "Fixtures" / "jinja-templates.json"
    path.write_text(json.dumps({"conversations": shared, "templates": templates}, ensure_ascii=True, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
