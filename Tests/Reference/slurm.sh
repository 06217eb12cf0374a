#!/usr/bin/env bash
# The graph of pipelines/batch/submit.sh on a Slurm of one node: its scores are those of `make pipeline`.
#
#     apt-get install -y --no-install-recommends slurm-wlm munge
#     Tests/Reference/slurm.sh [SETTING=VALUE]…
#
# Needs root, because it starts munged, slurmctld and slurmd, and stops them. Labels must be equal to 1e-4, and the adapters to the byte.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
export SLURM_CONF=$work/slurm.conf
settings=(SCALE=smoke TASK=hint RECIPE= "$@")

stop() {
  pkill -F "$work/slurmd.pid" 2>/dev/null || true
  pkill -F "$work/slurmctld.pid" 2>/dev/null || true
  # They write their state when they end.
  while pgrep -x 'slurmctld|slurmd' >/dev/null; do sleep 0.2; done
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

whole=runs/slurm-whole sharded=runs/slurm-sharded
rm -rf "$whole" "$sharded"
make --no-print-directory pipeline "${settings[@]}" RUN=$whole >/dev/null
pipelines/batch/submit.sh SHARDS=3 CPUS=1 MEMORY=2G TRAIN_MEMORY=4G "${settings[@]}" RUN=$sharded
while [ -n "$(squeue -h)" ]; do
  ! squeue -h -o %r | grep -q DependencyNeverSatisfied || { echo 'slurm.sh: a job failed' >&2; tail -n 5 $sharded/jobs/*.log >&2; exit 1; }
  sleep 1
done
[ -e $sharded/report.html ] || { echo 'slurm.sh: no report' >&2; tail -n 5 $sharded/jobs/*.log >&2; exit 1; }

python3 - $whole $sharded <<'END'
import hashlib, json, pathlib, subprocess, sys

whole, sharded = map(pathlib.Path, sys.argv[1:])


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
echo 'all bounds hold'
