"""Runs peft_trainer.py under FSDP, version 2, on processors. accelerate offers FSDP for GPUs alone; torch has it over gloo as well.

    torchrun --nproc_per_node 2 Tests/Reference/fsdp_on_processors.py [options of peft_trainer.py]
"""

import os
import sys
from pathlib import Path

os.environ.pop("ACCELERATE_USE_CPU", None)
os.environ |= {"ACCELERATE_TORCH_DEVICE": "cpu", "ACCELERATE_USE_FSDP": "true", "FSDP_VERSION": "2",
               "FSDP_AUTO_WRAP_POLICY": "TRANSFORMER_BASED_WRAP"}
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "pipelines" / "trainers"))

from accelerate.state import PartialState  # noqa: E402
from accelerate.utils import DistributedType  # noqa: E402
from torch.distributed.tensor import DTensor  # noqa: E402

import peft_trainer  # noqa: E402

PartialState._prepare_backend = lambda *_: ("gloo", DistributedType.MULTI_GPU)
train = peft_trainer.Trainer.train


def train_in_shards(trainer: peft_trainer.Trainer):
    assert all(isinstance(parameter, DTensor) for parameter in trainer.model.parameters()), "nothing is sharded"
    train(trainer)


peft_trainer.Trainer.train = train_in_shards
peft_trainer.main()
