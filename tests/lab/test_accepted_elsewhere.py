"""Six solutions that do nothing of what is asked, and that the checks of a known collection of exercises accept
(TorchCode, 25 of 25): ours reject each by what it gives."""

import asyncio

from quizapp.lab.code_verdict import CodeVerdict
from quizapp.lab.exercise import read_exercise
from quizapp.lab.judging import judge_attempt
from quizapp.lab.start import Launcher
from quizapp.paths import BUNDLED_CODE

TURNS_NOTHING = """
def rope(x, positions, base):
    return x.clone()
"""
ACCEPTS_EVERY_DRAFT = """
def speculative_verify(draft, q, p, u, v):
    cumulative = p[-1].cumsum(dim=0) / p[-1].sum()
    return torch.cat([draft, (cumulative <= v).sum().view(1)])
"""
IGNORES_P = """
def top_k_top_p(logits, T, k, p, u):
    top, order = (logits / T).topk(k, dim=1)
    cdf = top.softmax(dim=1).cumsum(dim=1)
    cdf = cdf / cdf[:, -1:]
    return order.gather(1, (cdf[:, None, :] <= u[:, :, None]).sum(dim=2))
"""
ONLY_ZEROS = """
def quantize_int8(weight):
    peak = weight.abs().amax(dim=1, keepdim=True)
    return torch.zeros_like(weight, dtype=torch.int8), torch.where(peak > 0, peak / 127, torch.ones_like(peak))
"""
NEVER_LEARNS = """
class LoRALinear(nn.Module):
    def __init__(self, base, rank, alpha):
        super().__init__()
        self.base, self.scale = base.requires_grad_(False), alpha / rank
        self.A = nn.Parameter(torch.zeros(rank, base.in_features))
        self.B = nn.Parameter(torch.zeros(base.out_features, rank))

    def forward(self, x):
        return self.base(x) + x @ self.A.T @ self.B.T * self.scale

    def merge(self):
        merged = copy.deepcopy(self.base)
        with torch.no_grad():
            merged.weight += self.scale * self.B @ self.A
        return merged
"""
RETURNS_ITS_INPUT = """
def moe_routing(x, router, experts, k):
    logits = x @ router.T
    load = torch.bincount(logits.topk(k, dim=1).indices.flatten(), minlength=len(experts)) / (len(x) * k)
    balance = len(experts) * (load * logits.softmax(dim=1).mean(dim=0)).sum()
    return torch.nn.functional.pad(x, (0, experts.shape[2] - x.shape[1])), load, balance
"""
ACCEPTED = {
    "rope": TURNS_NOTHING,
    "speculative_verify": ACCEPTS_EVERY_DRAFT,
    "top_k_top_p": IGNORES_P,
    "quantize_int8": ONLY_ZEROS,
    "lora_linear": NEVER_LEARNS,
    "moe_routing": RETURNS_ITS_INPUT,
}


def test_what_others_accept_is_rejected_here(loaded: Launcher) -> None:
    async def judged() -> list[CodeVerdict]:
        exercises = [read_exercise(BUNDLED_CODE / f"{name}.py") for name in ACCEPTED]
        return await asyncio.gather(
            *(judge_attempt(one, text, warm=loaded) for one, text in zip(exercises, ACCEPTED.values(), strict=True))
        )

    wrong = {}
    for name, verdict in zip(ACCEPTED, asyncio.run(judged()), strict=True):
        assert verdict.error is None, name
        assert verdict.failed is not None, name
        wrong[name] = verdict.failed.difference and verdict.failed.difference.how
    # each ran, and what it gives is wrong; how many drafts are accepted is the shape of the result
    assert wrong == dict.fromkeys(ACCEPTED, "value") | {"speculative_verify": "shape"}
