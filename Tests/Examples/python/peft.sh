#!/usr/bin/env bash
# What docs/python.md loads in peft, in the current folder: M0 with its adapter merged in, and an explainer's adapter on it. A step of training
# each, since nothing is read of what they say.
set -euo pipefail
model=$(echo ./*.gguf)
echo '{"messages": [{"role": "user", "content": "Is 17 prime?"}], "completion": "Yes"}' >rows.jsonl
xp-train --quiet --model "$model" --behave rows.jsonl --steps 1 -o m0
mv m0/checkpoints/step-000001 m0/checkpoints/step-000140
xp-train export --quiet --model "$model" --adapter m0/checkpoints/step-000140 --to hf -o M0
xp-train --quiet --model "$model" --adapter m0/checkpoints/step-000140 --behave rows.jsonl --steps 1 --rank 128 -o explainer
mkdir run/checkpoints
mv explainer/checkpoints/step-000001 run/checkpoints/step-000055
