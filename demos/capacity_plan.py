"""A capacity plan: how full a replica may run before first tokens are late.

A replica decodes up to 64 answers at once; a step takes 16 ms and 0.15 more for each of them, so that 2,500 tokens a
second is the most it gives. A request waits until a place is free. Divide the peak by that most, and every replica runs
full: the queue grows and first tokens are late by many seconds. Planned at 70 % nobody waits; requests that come at
random begin to at 85 to 90 %, and at 75 to 80 % if they come in bursts. Controls: requests that come evenly, with
answers of one length, do not wait even at 95 %, so it is for chance that headroom is paid; and Little's law, arrivals
times stay, against the requests counted in flight. Steps are simulated, not an engine: no prefill, no preemption, no
failures, costs as given.
"""

import heapq
import math
import random
from typing import Annotated, Literal

PLACES, STEP, EACH = 64, 0.016, 0.00015  # answers at once; seconds of a step, and for each answer in it
ANSWER, MOST = 500, PLACES / (STEP + PLACES * EACH)  # tokens of an answer on average, and the most a second
MINUTES, DOLLARS = 15, 2.5  # simulated; of a replica and hour
KINDS = ("even", "random", "bursts")


def arrive(rate: float, arrivals: str, draw: random.Random) -> list[tuple[float, int]]:
    """When each request comes, in seconds, and how many tokens it wants."""
    now, requests = 0.0, []
    while now < 60 * MINUTES:
        if arrivals == "even":
            now += 1 / rate
        else:  # bursts: half a minute each of half as many more, and of half as many
            now += draw.expovariate(rate * (1 if arrivals == "random" else 1.5 if now % 60 < 30 else 0.5))
        requests.append((now, ANSWER if arrivals == "even" else 1 + int(draw.expovariate(1 / ANSWER))))
    return requests


def serve(requests: list[tuple[float, int]]) -> dict[str, float]:
    """One replica: seconds to the first token (95th percentile), ms a token, and who is in flight, counted and due."""
    now, step, came, seen = 0.0, 0, 0, 0
    active: list[tuple[int, float]] = []  # the step of the last token, and when the request came
    first, stays, held = [], [], 0.0
    while came < len(requests) or active:
        if not active:
            now = max(now, requests[came][0])
        while came < len(requests) and requests[came][0] <= now and len(active) < PLACES:
            heapq.heappush(active, (step + requests[came][1], requests[came][0]))
            came += 1
        now, step = now + STEP + EACH * len(active), step + 1
        held += (STEP + EACH * len(active)) * (max(came, seen) - len(stays))
        first += [now - when for when, _ in requests[len(first) : came]]
        while active and active[0][0] <= step:
            stays.append(now - heapq.heappop(active)[1])
        while seen < len(requests) and requests[seen][0] <= now:
            seen += 1
    return {
        "first_s": sorted(first)[int(0.95 * len(first))],
        "token_ms": 1000 * now / step,
        "in_flight": held / now,
        "little": sum(stays) / now,  # arrivals a second, times the mean stay
    }


def main(
    peak: Annotated[int, range(20, 61, 5)] = 30,
    plan: Annotated[int, range(50, 101, 5)] = 70,
    arrivals: Literal["even", "random", "bursts"] = "random",
    seed: int = 0,
) -> dict:
    def at(load: float, arrivals: str = arrivals) -> dict[str, float]:
        return serve(arrive(load * MOST / ANSWER, arrivals, random.Random(seed)))

    replicas = math.ceil(peak * ANSWER / (MOST * plan / 100) - 1e-9)
    load = peak * ANSWER / MOST / replicas
    now, even = at(load), at(load, "even")
    print(f"{peak} requests a second of {ANSWER} tokens; a replica gives {MOST:.0f} a second at most")
    print(f"planned at {plan} %: {replicas} replicas, each {100 * load:.0f} % full, {arrivals} arrivals")
    print(f"95 % of the first tokens come within {now['first_s']:.2f} s, and if requests came evenly ", end="")
    print(f"{even['first_s']:.2f} s")
    print(f"in flight: {now['in_flight']:.1f} counted, {now['little']:.1f} by Little's law")

    loads = list(range(50, 101, 5))
    return {
        "replicas": replicas,
        "load_pct": 100 * load,
        "first_s": now["first_s"],
        "even_first_s": even["first_s"],
        "token_ms": now["token_ms"],
        "in_flight": now["in_flight"],
        "little": now["little"],
        "cost": DOLLARS / 3600 / (load * MOST) * 1e6,
        "wait_by_load": {"x": loads, **{how: [at(n / 100, how)["first_s"] for n in loads] for how in KINDS}},
    }


LABELS = {
    "load_pct": "load of a replica",
    "first_s": "time to first token, p95",
    "even_first_s": "time to first token, arriving evenly",
    "token_ms": "time of a step",
    "in_flight": "in flight, counted",
    "little": "in flight, by Little's law",
    "cost": ("cost of a million tokens", "USD"),
    "wait": ("time to first token, p95", "s"),
    "peak": "peak, requests a second",
    "plan": "planned load, %",
    "load": ("load", "%"),
}
ZH = {
    "title": "容量规划：要让首 token 不用久等，负载最高能到多少",
    "about": "一个副本最多同时 decode 64 个回答；一步 16 毫秒，每个回答再加 0.15 毫秒，所以每秒最多 2500 个 token。请求"
    "要等到有空位。副本数按峰值除以这个最大值来定，每个副本就都跑满：排队越来越长，首 token 晚好多秒。按 70% 规划就没人"
    "要等；随机到达的请求，按 85% 到 90% 规划时开始要等，一阵一阵到达的，75% 到 80% 就开始了。对照：请求均匀到达、回答"
    "一样长时，95% 也不用等，所以余量是为随机波动留的；再用 Little 定律（到达率乘停留时间）算出同时在处理的请求数，和实"
    "际数出来的比一比。模拟的只是一步一步的 decode，不是真的引擎：没有 prefill、抢占和故障，时间和价格是给定的。",
    "knobs": {"peak": "峰值（每秒请求数）", "plan": ("规划负载", "%"), "arrivals": "到达方式", "seed": "种子"},
    "measures": {
        "replicas": "副本数", "load_pct": "每个副本的负载", "first_s": "首 token 时间（P95）",
        "even_first_s": "均匀到达的首 token 时间（P95）", "token_ms": "一步的时间",
        "in_flight": "在处理的请求数（实际计数）",
        "little": "在处理的请求数（Little 定律）", "cost": ("每百万 token 成本", "美元"),
        "wait": ("首 token 时间（P95）", "s"), "load": ("负载", "%"), "even": "均匀", "random": "随机",
        "bursts": "突发",
    },
}  # fmt: skip


if __name__ == "__main__":
    main()
