"""What the demos about attention, caches, exits and narrow formats claim, with room for noise, and their controls."""

from collections.abc import Callable
from typing import Any

Demo = Callable[..., dict[str, Any]]  # what it measured: numbers, and what charts are drawn of


def test_flash_attention(run_demo: Demo, seed: int) -> None:
    sharp, flat = (run_demo("flash_attention", sharpness=s, seed=seed) for s in (2.0, 0.0))
    assert sharp["rescaled_error_pct"] < 1e-4 and sharp["whole_error_pct"] < 1e-4, "tiles are as exact as one softmax"
    assert sharp["unscaled_error_pct"] > 30 and sharp["averaged_error_pct"] > 30
    assert max(flat[f"{kind}_error_pct"] for kind in ("rescaled", "unscaled", "averaged")) < 1e-4, "tame inputs hide it"
    one = run_demo("flash_attention", tile=512, seed=seed)
    assert max(one["unscaled_error_pct"], one["averaged_error_pct"]) < 1e-4, "and so does a single tile"


def test_stochastic_rounding(run_demo: Demo, seed: int) -> None:
    slow, fast = (run_demo("stochastic_rounding", rate=rate, seed=seed) for rate in (0.01, 0.1))
    assert slow["behind_points"] > 10 and slow["lost_pct"] > 70
    assert abs(slow["stochastic_accuracy_pct"] - slow["fp32_accuracy_pct"]) < 3
    assert abs(slow["once_accuracy_pct"] - slow["fp32_accuracy_pct"]) < 3, "bf16 holds what was learned"
    assert abs(slow["stochastic_lost_pct"] - slow["lost_pct"]) < 20, "it is not that more updates get through"
    assert abs(fast["behind_points"]) < 1.5, "large updates are not lost"


def test_hadamard_rotation(run_demo: Demo, seed: int) -> None:
    four, eight, none = (
        run_demo("hadamard_rotation", bits=bits, outliers=outliers, seed=seed)
        for bits, outliers in ((4, 4), (8, 4), (4, 0))
    )
    assert four["gain_db"] > 5 and eight["gain_db"] > 8 and abs(none["gain_db"]) < 0.5
    assert four["plain_crest"] > 3 * four["rotated_crest"] and four["rotated_crest"] < none["plain_crest"]
    assert four["random_rotation_sqnr_db"] > four["plain_sqnr_db"] + 4, "any rotation does"
    assert abs(four["smoothed_sqnr_db"] - four["rotated_sqnr_db"]) < 2


def test_cache_size(run_demo: Demo, seed: int) -> None:
    llama, all_heads = (run_demo("cache_size", kv_heads=n, seed=seed) for n in (8, 32))
    assert (llama["cache_gib"], llama["mha_gib"], llama["mla_gib"]) == (16, 64, 4.5)
    assert llama["saved_x"] == 4 and all_heads["saved_x"] == 1
    assert llama["window_gib"] < llama["cache_gib"] / 5
    assert llama["absorbed_error_pct"] < 1e-3 < 50 < llama["squeezed_error_pct"]


def test_paged_cache(run_demo: Demo, seed: int) -> None:
    for samples in (1, 4, 16):
        result = run_demo("paged_cache", samples=samples, seed=seed)
        assert (result["blocks_in_use"], result["unshared_blocks"]) == (62 + 13 * samples, 75 * samples)
        assert result["wrong_tokens"] == 0 and result["overwritten_tokens"] == 8 * (samples - 1)
    assert result["reserved_waste_pct"] > 75 and result["paged_waste_pct"] < 4
    even = run_demo("paged_cache", prompt=960, lengths="longest", seed=seed)
    assert even["overwritten_tokens"] == even["reserved_waste_pct"] == even["paged_waste_pct"] == 0


def test_width_or_bits(run_demo: Demo, seed: int) -> None:
    scarce, plenty = (run_demo("width_or_bits", kilobytes=size, seed=seed) for size in (1.0, 4.0))
    assert scarce["gain_points"] > 0.5, "the wide net with 4 bits wins"
    assert scarce["same_width_accuracy_pct"] < scarce["eight_accuracy_pct"] + 0.5, "the bits alone do not"
    equal, same = (scarce["accuracy_by_bits"][f"same {what}"] for what in ("bytes", "width"))
    assert equal[0] > equal[-1] + 0.5 and same[0] < same[-1] - 1, "so too with 2"
    assert -1 < plenty["gain_points"] < 2, "with more bytes the gain is small"


def test_early_exit(run_demo: Demo, seed: int) -> None:
    alone, batch = (run_demo("early_exit", batch=batch, seed=seed) for batch in (1, 8))
    assert alone["work_pct"] < 50 and alone["exit_accuracy_pct"] > alone["full_accuracy_pct"] - 0.7
    assert alone["exit_accuracy_pct"] > alone["lot_accuracy_pct"] + 0.5, "who leaves is well chosen"
    assert alone["full_accuracy_pct"] > alone["without_accuracy_pct"] - 1.5, "the exit costs the net little"
    assert batch["work_pct"] > 80, "a batch hardly ever leaves together"
    assert run_demo("early_exit", joint=False, seed=seed)["leave_pct"] < 25


def test_capacity_plan(run_demo: Demo, seed: int) -> None:
    headroom, full = (run_demo("capacity_plan", plan=plan, seed=seed) for plan in (70, 100))
    assert (headroom["replicas"], full["replicas"]) == (9, 6)
    assert headroom["first_s"] < 0.1 < 2 < full["first_s"]
    assert full["even_first_s"] < 0.1, "without chance full replicas would do"
    assert abs(full["in_flight"] / full["little"] - 1) < 0.01
    waits = full["wait_by_load"]
    at_80 = waits["x"].index(80)
    assert waits["random"][at_80] < 0.5 < waits["bursts"][at_80], "bursts need more headroom"


def test_draft_heads(run_demo: Demo, seed: int) -> None:
    result = run_demo("draft_heads", seed=seed)
    assert result["gain_pct"] > 20
    assert result["apart_impossible_pct"] > 45 and result["one_by_one_impossible_pct"] < 20, "they do not fit together"
    apart, one_by_one = (result["kept_by_place"][kind] for kind in ("apart", "one by one"))
    assert apart[2] < apart[0] - 10 and one_by_one[2] > one_by_one[0] - 6, "it grows worse with the distance"
    repeated = run_demo("draft_heads", text="one sentence", seed=seed)
    assert abs(repeated["gain_pct"]) < 3 and repeated["apart_words"] > 3.8, "nothing to choose, nothing to be blind for"
