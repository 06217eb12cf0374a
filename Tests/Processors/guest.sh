# The first process on the emulated processor; emulated.sh puts `#!/bin/sh` and settings before it.
export PATH=/bin HOME=/tmp
mount -t devtmpfs none /dev
mount -t proc none /proc
mount -t sysfs none /sys
exec </dev/null >/dev/ttyS0 2>&1
cd /tmp
broken=
fail() { broken="$broken
  $1"; echo "FAILED $1"; }

echo
grep -m 1 'model name' /proc/cpuinfo
echo "features: $(grep -m 1 flags /proc/cpuinfo | tr ' ' '\n' | grep -E 'avx512_bf16|avx512f|amx' | tr '\n' ' ')"
cf-label --version

head -n 2 "$FIXTURES/streams/cases.jsonl" >cases.jsonl
sed 's/"split": "test"/"split": "train"/' "$FIXTURES/streams/scored.jsonl" >train.jsonl
model=$FIXTURES/tiny-llama/tiny-llama-f32.gguf

# near NAME REFERENCE BOUND: the worst difference of two lists of numbers, which must be within the bound.
near() {
  worst=$(jq -n --slurpfile a "$1.json" --slurpfile b "$2.json" \
    'if ($a | length) != ($b | length) or ($a | length) == 0 then 1e9 else [$a, $b] | transpose | map((.[0] - .[1]) | fabs) | max end')
  echo "$1: within $worst of $2 (bound $3)"
  jq -n -e "$worst <= $3" >/dev/null || fail "$1"
}

# label NAME OPTION…: log-probabilities of the cases.
label() {
  name=$1
  shift
  if ! cf-label --quiet --model "$model" --as M0 --threads 1 --force -o "$name.zst" "$@" cases.jsonl; then fail "$name"; fi
  zstd -dc "$name.zst" | jq '[.behaviors.M0 | .. | numbers][]' >"$name.json"
}

# cached NAME OPTION…: the numbers of NAME also with a cache of weights, when it is filled and when it is read.
cached() {
  wanted=$1
  shift
  for state in filled read; do
    label "$wanted-$state" --weight-cache "cache-$wanted" "$@"
    if cmp "$wanted-$state.json" "$wanted.json" && [ -n "$(ls "cache-$wanted")" ]; then
      echo "$wanted-$state: equal"
    else
      fail "$wanted-$state"
    fi
  done
}

# train NAME OPTION…: the losses of four steps.
train() {
  name=$1
  shift
  if ! xp-train --quiet --model "$model" --target M0 --explain train.jsonl --steps 4 --batch-size 2 --lr 1e-3 --threads 1 \
    --force -o "$name" "$@"; then fail "$name"; fi
  jq .loss "$name/metrics.jsonl" >"$name.json"
}

# implementations OPTION…: what oneDNN calls the code of its products.
implementations() {
  DNNL_VERBOSE=1 cf-label --quiet --model "$model" --as M0 --threads 1 --force -o verbose.zst "$@" cases.jsonl \
    | grep -o ',matmul,[^,]*' | sort -u | sed 's/,matmul,/oneDNN multiplies by /'
}

label v2 --cpu x86-64-v2
label v3 --cpu x86-64-v3
near v3 v2 1e-4
label v4 --cpu x86-64-v4
near v4 v2 1e-4
implementations
# Without oneDNN, v4 has panels of its own for fp32 too.
export DNNL_MAX_CPU_ISA=AVX2
label v4-panels --cpu x86-64-v4
near v4-panels v2 1e-4
cached v4-panels --cpu x86-64-v4
unset DNNL_MAX_CPU_ISA
for weights in bf16 int8; do
  label v3-$weights --cpu x86-64-v3 --weights $weights
  label v4-$weights --cpu x86-64-v4 --weights $weights
  near v4-$weights v3-$weights 1e-4
  cached v4-$weights --cpu x86-64-v4 --weights $weights
done
for method in lora full; do
  for cpu in v2 v3 v4; do train $method-$cpu --method $method --cpu x86-64-$cpu; done
  near $method-v3 $method-v2 1e-4
  near $method-v4 $method-v2 1e-4
done

if grep -q avx512_bf16 /proc/cpuinfo; then
  label v4-precision-bf16 --precision bf16
  near v4-precision-bf16 v4 1e-1
  implementations --precision bf16
  cmp -s v4-precision-bf16.json v4.json && fail "bf16 is fp32"
  label v4-precision-weights-bf16 --precision bf16 --weights bf16
  # The token table is rounded besides.
  near v4-precision-weights-bf16 v4-bf16 1e-1
  for method in lora full; do
    train $method-bf16 --method $method --precision bf16
    near $method-bf16 $method-v4 5e-2
  done
fi

# The suites of the kernels and of what runs on them, the longest last. Left out is what only takes large matrices.
for suite in KernelChoiceTests TrainingTests TransformerTests TensorsTests.LinearWeightTests TensorsTests.MatrixProductTests \
  TensorsTests.DivergenceTests TensorsTests.CrossEntropyTests TensorsTests.LayerTests TensorsTests.AttentionTests; do
  unit-tests --testing-library swift-testing --filter "^$suite" --skip logitsAreBounded >output 2>&1
  # No test at all is a failure too.
  grep -q 'Test run with [1-9].* passed' output || { fail "$suite"; grep -e recorded -e ↳ -e rror output; }
  echo "$suite: $(tail -n 1 output | sed 's/.*Test run/test run/'), $(cut -d ' ' -f 1 /proc/uptime)"
  grep -o 'Test [^ ]* skipped' output
done

[ -z "$broken" ] && echo "all bounds hold" || echo "broken:$broken"
echo end
sleep 1
poweroff -f
