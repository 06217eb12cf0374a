#!/usr/bin/env python3
"""Makes Tests/Fixtures/quantization.gguf: hard values as F32, and what gguf's own `quantize` makes of them, as NAME.TYPE.
Needs gguf and numpy.

The blocks hold halves that round away from zero, zeros of both signs, subnormal and tiny numbers, and values at the end of F16's range.
"""

from pathlib import Path

import gguf
import numpy

Type = gguf.GGMLQuantizationType
ROWS, COLUMNS = 24, 64


def hard_values(generator) -> numpy.ndarray:
    values = generator.standard_normal((ROWS, COLUMNS)) * 10.0 ** generator.integers(-9, 4, (ROWS, 1))
    # A scale of exactly 1, and halves between all integers.
    values[0] = numpy.where(numpy.arange(COLUMNS) % 2, -1, 1) * (numpy.arange(COLUMNS) + 0.5)
    values[0, [0, 32]] = 127
    values[1] = numpy.arange(COLUMNS) * 2.0 ** -24 * 0.5
    values[2] = 0
    values[2, ::2] = -0.0
    values[3] = generator.uniform(-65504, 65504, COLUMNS)
    values[3, :4] = [65504, -65504, 65519, 1]
    values[4] = generator.standard_normal(COLUMNS) * 1e-35
    values[5, :] = 1
    values[5, 5] = -1
    return values.astype(numpy.float32)


def main():
    values = hard_values(numpy.random.default_rng(20260630))
    writer = gguf.GGUFWriter(Path(__file__).parent / "quantization.gguf", "none")
    writer.add_tensor("values", values)
    for kind in [Type.F16, Type.BF16, Type.Q8_0]:
        writer.add_tensor(f"values.{kind.name}", gguf.quantize(values, kind), raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


if __name__ == "__main__":
    main()
