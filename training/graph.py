"""The body as an ONNX graph for one sequence: ids [T] -> vectors [T, hidden].

Written node by node, since the quantiser wants the plain graph and readers want to see it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from base import BLOCK
from model import Encoder

OPSET = 17


class Graph:
    """Nodes and initialisers under construction."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.values: list[onnx.TensorProto] = []
        self.count = 0

    def constant(self, value: np.ndarray, name: str | None = None) -> str:
        """An initialiser."""
        self.count += 1
        name = name or f"c{self.count}"
        self.values.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, *inputs: str, domain: str = "", **attributes: object) -> str:
        """A node with one output."""
        self.count += 1
        out = f"{kind.lower()}{self.count}"
        self.nodes.append(
            helper.make_node(kind, list(inputs), [out], name=out, domain=domain, **attributes)
        )
        return out

    def linear(self, x: str, layer: object) -> str:
        """X W^T + b."""
        weight = self.constant(layer.weight.detach().numpy().T)
        return self.node(
            "Add", self.node("MatMul", x, weight), self.constant(layer.bias.detach().numpy())
        )

    def normal(self, x: str, layer: object) -> str:
        """Layer normalisation."""
        return self.node(
            "LayerNormalization",
            x,
            self.constant(layer.weight.detach().numpy()),
            self.constant(layer.bias.detach().numpy()),
            epsilon=layer.eps,
            axis=-1,
        )


def build_graph(encoder: Encoder, keep: np.ndarray) -> onnx.ModelProto:
    """The body with the word embeddings of the pieces `keep` in four bits, all else in floats."""
    graph = Graph()
    words = quantise_words(encoder.word.weight.detach().numpy()[keep])
    graph.values.append(words[0])
    scales = graph.constant(words[1], "word.scales")
    x = graph.node(
        "GatherBlockQuantized",
        "word",
        "ids",
        scales,
        domain="com.microsoft",
        gather_axis=0,
        quantize_axis=1,
        block_size=BLOCK,
    )
    length = graph.node("Shape", "ids")
    positions = graph.node(
        "Slice",
        graph.constant(encoder.position.weight.detach().numpy()),
        graph.constant(np.array([0])),
        length,
    )
    x = graph.normal(graph.node("Add", x, positions), encoder.norm)
    for layer in encoder.layers:
        x = _build_layer(graph, x, layer)
    graph.nodes[-1].output[0] = "vectors"
    made = helper.make_graph(
        graph.nodes,
        "encoder",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, ["T"])],
        [
            helper.make_tensor_value_info(
                "vectors", TensorProto.FLOAT, ["T", encoder.norm.weight.shape[0]]
            )
        ],
        graph.values,
    )
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=10, producer_name="onrecord")


def _build_layer(graph: Graph, x: str, layer: object) -> str:
    hidden = layer.query.weight.shape[0]
    size = hidden // layer.heads
    heads = graph.constant(np.array([-1, layer.heads, size]))
    split = lambda y, order: graph.node("Transpose", graph.node("Reshape", y, heads), perm=order)  # noqa: E731
    query = split(graph.linear(x, layer.query), [1, 0, 2])
    key = split(graph.linear(x, layer.key), [1, 2, 0])
    value = split(graph.linear(x, layer.value), [1, 0, 2])
    scores = graph.node(
        "Mul", graph.node("MatMul", query, key), graph.constant(np.float32(size**-0.5))
    )
    seen = graph.node("MatMul", graph.node("Softmax", scores, axis=-1), value)
    seen = graph.node(
        "Reshape",
        graph.node("Transpose", seen, perm=[1, 0, 2]),
        graph.constant(np.array([-1, hidden])),
    )
    x = graph.normal(graph.node("Add", x, graph.linear(seen, layer.output)), layer.attention_norm)
    wide = graph.linear(x, layer.widen)
    half = graph.node("Mul", wide, graph.constant(np.float32(0.5)))
    gate = graph.node("Erf", graph.node("Div", wide, graph.constant(np.float32(np.sqrt(2)))))
    wide = graph.node("Mul", half, graph.node("Add", gate, graph.constant(np.float32(1))))
    return graph.normal(graph.node("Add", x, graph.linear(wide, layer.narrow)), layer.output_norm)


def quantise_words(weights: np.ndarray) -> tuple[onnx.TensorProto, np.ndarray]:
    """Signed four-bit values and a scale a block; exact for weights that came from Q4_0."""
    blocks = weights.reshape(len(weights), -1, BLOCK)
    largest = np.take_along_axis(blocks, np.abs(blocks).argmax(-1)[..., None], -1)[..., 0]
    scales = (largest / -8).astype(np.float32)
    scales[scales == 0] = 1
    values = (
        np.clip(np.rint(blocks / scales[..., None]), -8, 7).astype(np.int8).reshape(weights.shape)
    )
    packed = ((values[:, 0::2] & 15) | ((values[:, 1::2] & 15) << 4)).astype(np.uint8)
    tensor = onnx.TensorProto(
        name="word", data_type=TensorProto.INT4, dims=list(values.shape), raw_data=packed.tobytes()
    )
    return tensor, scales


def quantise_body(source: Path, target: Path) -> None:
    """Matrices in eight bits, a scale a column; activations are scaled as they come."""
    quantize_dynamic(
        source,
        target,
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True, "DefaultTensorType": TensorProto.FLOAT},
    )
