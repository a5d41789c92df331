"""Trains the small networks of the ranker (`knowledge/network.py`): the gold article of a question must stand out among its candidates."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from knowledge.network import CLIPPED

HIDDEN = 32
EPOCHS = 30
AT_ONCE = 16  # questions a step
DROPPED = 0.2
RATE = 0.004
DECAY = 0.001
DIGITS = 5


def train_network(numbers: Sequence[np.ndarray], golds: Sequence[np.ndarray], seed: int) -> dict[str, list]:
    """Listwise: the loss of a question is the share of its candidates' weight that does not lie on the gold ones.

    `numbers` holds candidates by features, `golds` which of them answer, a question each.
    """
    torch.manual_seed(seed)
    draw = np.random.RandomState(seed)
    together = np.concatenate(numbers)
    mean, spread = together.mean(axis=0), together.std(axis=0)
    deviation = np.where(spread > 10.0**-DIGITS, spread, 1)  # a number that is the same everywhere says nothing
    told = [torch.tensor(np.clip((each - mean) / deviation, -CLIPPED, CLIPPED), dtype=torch.float32) for each in numbers]
    gold = [torch.tensor(each.astype(bool)) for each in golds]
    inner, outer = torch.nn.Linear(len(mean), HIDDEN), torch.nn.Linear(HIDDEN, 1, bias=False)
    straight = torch.nn.Linear(len(mean), 1, bias=False)
    torch.nn.init.zeros_(straight.weight)
    deep = torch.nn.Sequential(inner, torch.nn.GELU(approximate="tanh"), torch.nn.Dropout(DROPPED), outer)
    weights = [*deep.parameters(), *straight.parameters()]
    optimiser = torch.optim.AdamW(weights, lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * -(-len(told) // AT_ONCE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps)
    for _ in range(EPOCHS):
        order = draw.permutation(len(told))
        for start in range(0, len(order), AT_ONCE):
            chosen = order[start : start + AT_ONCE]
            rows = torch.cat([told[n] for n in chosen])
            scores = (deep(rows) + straight(rows))[:, 0].split([len(told[n]) for n in chosen])
            losses = [each.logsumexp(0) - each[gold[n]].logsumexp(0) for n, each in zip(chosen, scores, strict=True)]
            optimiser.zero_grad()
            torch.stack(losses).mean().backward()
            optimiser.step()
            schedule.step()
    parts = {
        "mean": mean, "deviation": deviation, "inner": inner.weight.T, "inner_bias": inner.bias,
        "outer": outer.weight[0], "straight": straight.weight[0],
    }  # fmt: skip
    return {name: np.round(np.asarray(torch.as_tensor(part).detach()), DIGITS).tolist() for name, part in parts.items()}
