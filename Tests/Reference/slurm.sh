#!/usr/bin/env bash
# The graph of pipelines/batch/submit.sh on a Slurm of one node: its scores are those of `make pipeline`. And jobs that reach their
# time limit, one of them of two processes that train together by MPI: they are queued again, and end as those that were not.
#
#     apt-get install -y --no-install-recommends slurm-wlm munge openmpi-bin
#     Tests/Reference/slurm.sh [SETTING=VALUE]…
#
# Needs root, because it starts munged, slurmctld and slurmd, and stops them. Labels must be equal to 1e-4, and the adapters to the byte.
# GRAPH= leaves out the graph, LIMIT= the time limit. LONG_STEPS and LONG_CASES must take more than a minute.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
export SLURM_CONF=$work/slurm.conf
settings=(SCALE=smoke TASK=hint RECIPE= "$@")
GRAPH=${GRAPH-yes} LIMIT=${LIMIT-yes} LONG_STEPS=${LONG_STEPS:-60} LONG_CASES=${LONG_CASES:-250}
BIN=${BIN:-.build/release} MODEL=${MODEL:-models/SmolLM2-135M-Instruct.Q4_1.gguf}

stop() {
  pkill -F "$work/slurmd.pid" 2>/dev/null || true
  pkill -F "$work/slurmctld.pid" 2>/dev/null || true
  # They write their state when they end. What is dead and was not buried does not count.
  while pgrep -r D,R,S -x slurmctld >/dev/null || pgrep -r D,R,S -x slurmd >/dev/null; do sleep 0.2; done
}
trap 'stop; rm -rf "$work"' EXIT

host=$(hostname -s)
cat >"$SLURM_CONF" <<END
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
MaxArraySize=1000
MinJobAge=86400
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) RealMemory=$(awk '/MemTotal/ { print int($2 / 1024) - 500 }' /proc/meminfo) State=UNKNOWN
PartitionName=main Nodes=$host Default=YES MaxTime=INFINITE State=UP
END
mkdir -p "$work/state" "$work/spool" /run/munge
[ -e /etc/munge/munge.key ] || mungekey --create
chown -R munge: /etc/munge /run/munge /var/log/munge 2>/dev/null || true
pgrep -x munged >/dev/null || su -s /bin/sh munge -c munged
slurmctld
slurmd
for _ in $(seq 30); do ! sinfo -h -o %T | grep -q idle || break; sleep 1; done
sinfo -h -o %T | grep -q idle || { echo 'slurm.sh: the node did not come up' >&2; cat "$work"/*.log >&2; exit 1; }

cat >"$work/compare.py" <<'END'
import json, subprocess


def cases(path):
    return [json.loads(line) for line in subprocess.run(["zstd", "-dcq", path], capture_output=True, check=True).stdout.splitlines()]


def difference(one, other):
    """The largest difference of two numbers in the same place; infinite where anything else differs."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return max((difference(one[key], other[key]) for key in one if key not in ("model", "adapter")), default=0.0)
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return max(map(difference, one, other), default=0.0)
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other)
    return 0.0 if one == other else float("inf")
END
export PYTHONPATH=$work

# Waits until no job is left.
jobs_end() {
  while [ -n "$(squeue -h)" ]; do
    ! squeue -h -o %r | grep -q DependencyNeverSatisfied || { echo 'slurm.sh: a job failed' >&2; tail -n 5 "$1"/*.log >&2; exit 1; }
    sleep 1
  done
}

graph() {
  local whole=runs/slurm-whole sharded=runs/slurm-sharded
  rm -rf $whole $sharded
  make --no-print-directory pipeline "${settings[@]}" RUN=$whole >/dev/null
  pipelines/batch/submit.sh SHARDS=3 CPUS=1 MEMORY=2G TRAIN_MEMORY=4G "${settings[@]}" RUN=$sharded
  jobs_end $sharded/jobs
  [ -e $sharded/report.html ] || { echo 'slurm.sh: no report' >&2; tail -n 5 $sharded/jobs/*.log >&2; exit 1; }
  python3 - $whole $sharded <<'END'
import hashlib, pathlib, sys

from compare import cases, difference

whole, sharded = map(pathlib.Path, sys.argv[1:])
last = max(path.name for path in whole.glob("test-M[1-9]*.jsonl.zst"))
worst = 0.0
for name in ["train.jsonl.zst", "test-M0.jsonl.zst", *(path.name for path in sharded.glob("test-M[1-9]*.jsonl.zst"))]:
    # In a pipeline the last stream has all checkpoints.
    found = cases(sharded / name)
    expected = cases(whole / (name if name in ("train.jsonl.zst", "test-M0.jsonl.zst") else last))
    for case in expected:
        for part in ("behaviors", "explanations"):
            if part in case:
                case[part] = {key: value for key, value in case[part].items() if key in ("M0", name[5:-10])}
    worst = max(worst, difference(found, expected))
print(f"labels: the largest difference is {worst:.1e}")
adapters = sorted(path.relative_to(whole) for path in whole.glob("explainer/checkpoints/*/adapter_model.safetensors"))
same = [hashlib.sha256((whole / path).read_bytes()).digest() == hashlib.sha256((sharded / path).read_bytes()).digest() for path in adapters]
print(f"adapters: {sum(same)} of {len(adapters)} equal to the byte")
sys.exit(0 if worst <= 1e-4 and adapters and all(same) else 1)
END
}

# A training run and a stream of labels that take longer than their time limit, with the script of every stage.
limit() {
  local run=runs/slurm-limit name restarts
  rm -rf $run
  mkdir -p $run
  "$BIN/cf-gen" --quiet --task hint --split train --limit "$LONG_CASES" -o $run/cases.zst
  "$BIN/cf-label" --quiet --model "$MODEL" --as M0 --explain --threads 1 -o $run/labels-whole.zst $run/cases.zst
  local train=("$BIN/xp-train" --quiet --model "$MODEL" --behave $run/labels-whole.zst --steps "$LONG_STEPS" --batch-size 4
    --save-every 1000 --slices 2 --threads 1 --resume)
  "${train[@]}" -o $run/whole
  # job NAME PROCESSES COMMAND…
  job() { sbatch --parsable --job-name "$1" --ntasks "$2" --cpus-per-task 1 --mem 4G --time 3 --output "$run/%x.log" pipelines/batch/stage.sbatch "${@:3}"; }
  export LABEL_CMD=$BIN/cf-label
  declare -A number
  number[labels]=$(job labels 1 pipelines/batch/label-shard.sh 1 $run/cases.zst $run/labels --model "$MODEL" --as M0 --explain)
  number[training]=$(job training 1 "${train[@]}" -o $run/parts)
  number[together]=$(job together 2 srun --mpi=pmix --cpus-per-task=1 "${train[@]}" -o $run/together)
  jobs_end $run
  for name in labels training together; do
    restarts=$(scontrol show job "${number[$name]}" | grep -o 'Restarts=[0-9]*')
    echo "$name: queued again ${restarts#*=} times"
    [ "${restarts#*=}" -gt 0 ] || { echo "slurm.sh: $name ended before the time limit" >&2; exit 1; }
  done
  python3 - $run <<'END'
import hashlib, pathlib, sys

from compare import cases, difference

run = pathlib.Path(sys.argv[1])
worst = difference(cases(run / "labels.0.zst"), cases(run / "labels-whole.zst"))
print(f"labels of a job that reached its time limit: the largest difference is {worst:.1e}")
files = [next((run / name).glob("checkpoints/*/adapter_model.safetensors")) for name in ("whole", "parts", "together")]
same = len({hashlib.sha256(file.read_bytes()).digest() for file in files}) == 1
print(f"adapters of one process and of two: {'' if same else 'not '}equal to the byte")
sys.exit(0 if worst <= 1e-4 and same else 1)
END
}

[ -z "$GRAPH" ] || graph
[ -z "$LIMIT" ] || limit
echo 'all bounds hold'
