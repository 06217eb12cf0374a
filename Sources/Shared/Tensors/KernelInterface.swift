// Views of memory and the values that describe layers belong to both sides: whoever imports Tensors uses them.
@_exported import KernelInterface
