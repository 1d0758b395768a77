"""What each compression demo claims, as an inequality with room for noise, and its control."""

from collections.abc import Callable
from typing import Any

Demo = Callable[..., dict[str, Any]]  # what it measured: numbers, and what charts are drawn of


def test_quantize_layer(run_demo: Demo, seed: int) -> None:
    tensor, channel, group = (run_demo("quantize_layer", scale=s, seed=seed) for s in ("tensor", "channel", "group"))
    assert tensor["sqnr_db"] + 2 < channel["sqnr_db"] < group["sqnr_db"] - 0.5
    assert tensor["bits_per_weight"] < channel["bits_per_weight"] < group["bits_per_weight"]
    assert 6 < channel["slope_db"] < 6.6
    assert 5.5 < channel["asymmetric_gain_db"] < 8
    assert channel["accuracy_pct"] > channel["fp32_accuracy_pct"] - 2, "4 bits hardly show in so small a net"
    coarse, fine = (run_demo("quantize_layer", bits=2, scale=s, seed=seed) for s in ("tensor", "group"))
    three = run_demo("quantize_layer", bits=3, seed=seed)
    lost = three["fp32_accuracy_pct"] - three["accuracy_pct"]
    assert abs(lost) < three["flips_pct"] < 5 and 0 < channel["flips_pct"] < 2, (
        "more answers change than accuracy tells"
    )
    assert run_demo("quantize_layer", bits=8, seed=seed)["flips_pct"] < 0.4, "8 bits change next to none"
    assert coarse["accuracy_pct"] + 5 < fine["accuracy_pct"] < fine["fp32_accuracy_pct"] - 1, "2 bits do"


def test_compress_layer(run_demo: Demo, seed: int) -> None:
    small, large = (run_demo("compress_layer", bits=bits, seed=seed) for bits in (2, 4))
    compared = ["prune_error_pct", "factorize_error_pct", "quantize_error_pct"]
    assert list(small)[:3] == compared, "what is compared comes first: there is room for it above the chart"
    assert len({round(size) for size in small["bytes"].values()}) == 1, "all three spend the same"
    assert 1.4 * small["factorize_error_pct"] < small["quantize_error_pct"] < small["prune_error_pct"] / 1.15
    assert small["factorize_weight_error_pct"] > 5 * small["factorize_error_pct"], "what it drops is hardly used"
    assert 1.2 * large["quantize_error_pct"] < large["prune_error_pct"] < large["factorize_error_pct"] / 1.3
    assert large["quantize_accuracy_pct"] > large["fp32_accuracy_pct"] - 1
    control = run_demo("compress_layer", bits=2, trained=False, seed=seed)
    assert control["factorize_error_pct"] > 1.3 * control["quantize_error_pct"], "no training, no low rank"


def test_calibrate_activations(run_demo: Demo, seed: int) -> None:
    few, many = (run_demo("calibrate_activations", bits=bits, seed=seed) for bits in (4, 8))
    assert few["minmax_sqnr_db"] + 1.5 < few["percentile_sqnr_db"] < few["mse_sqnr_db"] + 0.5
    assert many["percentile_sqnr_db"] + 6 < many["minmax_sqnr_db"] < many["mse_sqnr_db"] + 1
    heavy = run_demo("calibrate_activations", values="laplace", seed=seed)
    assert heavy["minmax_sqnr_db"] + 1 < heavy["kl_sqnr_db"] < heavy["mse_sqnr_db"] + 0.5


def test_activation_outliers(run_demo: Demo, seed: int) -> None:
    broken, none = run_demo("activation_outliers", factor=400, seed=seed), run_demo("activation_outliers", outliers=0)
    assert broken["plain_accuracy_pct"] + 20 < broken["token_accuracy_pct"] < broken["fp32_accuracy_pct"] - 1
    for repair in ("smooth", "split"):
        assert broken[f"{repair}_accuracy_pct"] > broken["fp32_accuracy_pct"] - 1
    assert none["plain_accuracy_pct"] > none["fp32_accuracy_pct"] - 1, "without outliers 8 bits are enough"
    by_alpha = broken["sqnr_by_alpha"]["random layer"]
    assert by_alpha[5] > max(by_alpha[0], by_alpha[10]) + 3, "half of the difficulty to each side is best"


def test_an_outlier_drawn_at_the_edge_is_a_number(run_demo: Demo) -> None:
    """Of seed 101 one uniform number is exactly -1, whose logarithm of 0 was infinite; `run_demo` wants numbers."""
    assert run_demo("number_formats", weights="laplace", seed=101)["int4_sqnr_db"] > 10


def test_number_formats(run_demo: Demo, seed: int) -> None:
    gauss, uniform = (run_demo("number_formats", weights=kind, seed=seed) for kind in ("gauss", "uniform"))
    assert gauss["nf4_sqnr_db"] > gauss["int4_sqnr_db"] + 0.8
    assert uniform["nf4_sqnr_db"] < uniform["int4_sqnr_db"] - 1.5
    assert abs(gauss["int4_asymmetric_sqnr_db"] - gauss["nf4_sqnr_db"]) < 0.5
    assert gauss["fp16_sqnr_db"] - 15 > gauss["bf16_sqnr_db"] > gauss["int8_sqnr_db"] + 10
    assert gauss["e4m3_sqnr_db"] > gauss["e5m2_sqnr_db"] + 5
    assert (gauss["fp32_sum"], gauss["fp16_sum"], gauss["bf16_sum"]) == (5000, 2048, 256)
    assert run_demo("number_formats", seed=seed)["nf4_sqnr_db"] > 20
    tails = run_demo("number_formats", weights="laplace", seed=seed)["decibels"]
    fours = ("int4", "int4_asymmetric", "nf4", "mxfp4", "nvfp4")
    assert tails["nvfp4"] > max(tails[name] for name in fours if name != "nvfp4") + 0.5, (
        "small blocks for large weights"
    )
    assert gauss["int4_asymmetric_sqnr_db"] > gauss["nvfp4_sqnr_db"] + 0.3, "but not for a bell curve"


def test_huffman_weights(run_demo: Demo, seed: int) -> None:
    light, heavy = (run_demo("huffman_weights", sparsity=sparsity, seed=seed) for sparsity in (80, 95))
    assert 3.5 < light["pruned_x"] < 4.5 and 15 < light["shared_x"] < light["huffman_x"] - 1
    assert light["shared_accuracy_pct"] > light["fp32_accuracy_pct"] - 1.5
    assert light["entropy_bits"] <= light["coded_bits"] < light["entropy_bits"] + 0.2
    assert light["changed_weights"] == heavy["changed_weights"] == 0, "Huffman loses nothing"
    assert 5 < light["huffman_gain_pct"] < 15
    assert heavy["huffman_x"] > 1.8 * light["huffman_x"] and heavy["shared_accuracy_pct"] < 95


def test_huffman_code(run_demo: Demo, seed: int) -> None:
    skewed, even = run_demo("huffman_code", seed=seed), run_demo("huffman_code", symbols=8, skew=0.0, seed=seed)
    assert skewed["entropy_bits"] <= skewed["mean_bits"] < skewed["entropy_bits"] + 0.2
    assert skewed["saved_pct"] > 15 and even["saved_pct"] < 1
    assert skewed["wrong_symbols"] == even["wrong_symbols"] == 0


def test_quantization_aware_training(run_demo: Demo, seed: int) -> None:
    with_ste, without = (run_demo("quantization_aware_training", ste=ste, seed=seed) for ste in (True, False))
    assert with_ste["gain_points"] > 8
    assert with_ste["qat_accuracy_pct"] > without["qat_accuracy_pct"] + 5
    assert with_ste["qat_accuracy_pct"] < with_ste["fp32_longer_accuracy_pct"] + 0.5, "it does not beat fp32"
    ternary = with_ste["ternary_accuracy_pct"]
    assert with_ste["ptq_accuracy_pct"] + 3 < ternary < with_ste["fp32_longer_accuracy_pct"] + 1
    assert ternary > with_ste["fp32_longer_accuracy_pct"] - 7, "three levels, if it was trained so"
    four = run_demo("quantization_aware_training", bits=4, seed=seed)
    assert abs(four["gain_points"]) < 3.5, "4 bits leave little to gain"


def test_gptq_rounding(run_demo: Demo, seed: int) -> None:
    correlated, independent = (run_demo("gptq_rounding", rho=rho, seed=seed) for rho in (0.9, 0.0))
    assert 3.5 < correlated["gain_x"] < 6 and correlated["weight_error_x"] > 1.5
    assert 0.8 < independent["gain_x"] < 1, "nothing to answer errors with"
    gain = correlated["gain_by_samples"]["gain"]
    assert gain[-1] > 2 * gain[0]


def test_awq_scaling(run_demo: Demo, seed: int) -> None:
    salient, plain = (run_demo("awq_scaling", salient=n, seed=seed) for n in (3, 0))
    assert salient["gain_x"] > 2 and 0.2 <= salient["best_alpha"] <= 0.6
    assert salient["mixed_error_pct"] < salient["awq_error_pct"]
    assert 0.97 < plain["gain_x"] < 1.03, "no salient channels, no gain"


def test_kv_cache_quantization(run_demo: Demo, seed: int) -> None:
    outliers, none = (run_demo("kv_cache_quantization", outliers=n, seed=seed) for n in (4, 0))
    assert outliers["gain_db"] > 3 and abs(none["gain_db"]) < 2.5
    assert abs(outliers["kivi_sqnr_db"] - outliers["channel_sqnr_db"]) < 1.5, "values do not care"
    assert abs(outliers["kivi_sqnr_db"] - outliers["centred_sqnr_db"]) < 1.5, "this offset can be subtracted"


def test_magnitude_pruning(run_demo: Demo, seed: int) -> None:
    result = run_demo("magnitude_pruning", seed=seed)
    assert result["magnitude_accuracy_pct"] > result["random_accuracy_pct"] + 30
    assert result["magnitude_retrained_accuracy_pct"] > result["dense_accuracy_pct"] - 1.5
    assert result["magnitude_retrained_accuracy_pct"] > result["random_retrained_accuracy_pct"] + 0.5
    assert result["mask_file_x"] > 1.9 and 0.99 < result["zeros_file_x"] < 1.01, "zeros take as much room"
    assert 0.38 < result["sparse_file_x"] < 0.42, "a fifth of the values, each with a 32-bit position"
    assert result["mask_speed_x"] < 0.9 and 0.3 < result["zeros_speed_x"] < 3, "nor are they faster"


def test_neuron_pruning(run_demo: Demo, seed: int) -> None:
    chosen, random = (run_demo("neuron_pruning", score=score, seed=seed) for score in ("norms", "random"))
    assert chosen["weights_pct"] < 6
    for result in (chosen, random):  # the refit matters, the ranking hardly
        assert result["refitted_accuracy_pct"] > result["fp32_accuracy_pct"] - 3
        assert result["refitted_accuracy_pct"] > result["deleted_accuracy_pct"] + 10
    assert chosen["speed_x"] > 1.5


def test_network_trimming(run_demo: Demo, seed: int) -> None:
    result = run_demo("network_trimming", seed=seed)
    assert result["dead_neurons"] > 30 and result["parameters_pct"] < 90 and result["changed_labels"] <= 1
    assert result["apoz_accuracy_pct"] + 15 < result["random_accuracy_pct"], "APoZ is no good ranking here"
    assert abs(result["apoz_retrained_accuracy_pct"] - result["random_retrained_accuracy_pct"]) < 3


def test_layerwise_pruning(run_demo: Demo, seed: int) -> None:
    result, heavy = (run_demo("layerwise_pruning", sparsity=sparsity, seed=seed) for sparsity in (70, 80))
    assert result["scan_accuracy_pct"] > result["uniform_accuracy_pct"] + 2
    assert heavy["scan_accuracy_pct"] > heavy["uniform_accuracy_pct"] + 12
    assert result["scan_accuracy_pct"] > result["dense_accuracy_pct"] - 6.5
    assert result["global_accuracy_pct"] > result["scan_accuracy_pct"] - 2.5, "one threshold needs no scan"
    assert heavy["global_accuracy_pct"] > heavy["scan_accuracy_pct"] - 1, "and is better where more goes"
    shares = result["scan_shares"]
    assert shares["linear 1"] > max(shares["conv 1"], shares["linear 2"])


def test_semi_structured_sparsity(run_demo: Demo, seed: int) -> None:
    rescaled, plain = (run_demo("semi_structured_sparsity", spread=spread, seed=seed) for spread in (1.5, 0.0))
    for method in ("wanda", "sparsegpt"):
        assert abs(rescaled[f"{method}_error_pct"] - plain[f"{method}_error_pct"]) < 0.1, (
            "it sees through the rescaling"
        )
    assert plain["magnitude_error_pct"] > 2 * plain["anywhere_error_pct"], "the pattern has a price"
    assert rescaled["magnitude_error_pct"] > 1.5 * plain["magnitude_error_pct"], "magnitude does not"
    for result in (rescaled, plain):
        errors = [result[f"{method}_error_pct"] for method in ("sparsegpt", "wanda", "magnitude", "random")]
        assert errors == sorted(errors) and 1.2 * errors[0] < errors[1]
    assert plain["sparsegpt_accuracy_pct"] > plain["dense_accuracy_pct"] - 2


def test_low_rank(run_demo: Demo, seed: int) -> None:
    result = run_demo("low_rank", seed=seed)
    assert result["svd_error_pct"] > 1.7 * result["aware_error_pct"]
    assert result["aware_accuracy_pct"] > result["full_accuracy_pct"] - 1.5
    assert 36 < result["half_random_error_pct"] < 40, "a random matrix has no low rank"
    assert result["even_speed_x"] < 1.6, "no gain at the break-even"


def test_lora_rank(run_demo: Demo, seed: int) -> None:
    small, one = (run_demo("lora_rank", rank=rank, seed=seed) for rank in (4, 1))
    assert small["update_rank"] * 4 < small["weight_rank"]
    assert small["learned_rank"] <= small["update_rank"], "what training changes is of low rank, the first one too"
    assert small["lora_accuracy_pct"] > small["full_accuracy_pct"] - 5 > small["before_accuracy_pct"] + 30
    assert small["trained_pct"] < 6 and one["lora_accuracy_pct"] < small["lora_accuracy_pct"] - 4


def test_convolution_decomposition(run_demo: Demo, seed: int) -> None:
    result = run_demo("convolution_decomposition", seed=seed)
    for kind in ("one_by_k", "depthwise", "tucker"):
        assert result[f"{kind}_accuracy_pct"] > result["full_accuracy_pct"] - 3
    assert result["tucker_accuracy_pct"] > result["tucker_at_once_accuracy_pct"] + 5
    assert result["one_by_k_work_x"] == 1.5 and result["depthwise_work_x"] > 7
    assert 1 < result["depthwise_speed_x"] < result["depthwise_work_x"], "the clock gives less than the count"


def test_stack_methods(run_demo: Demo, seed: int) -> None:
    result = run_demo("stack_methods", seed=seed)
    assert result["ratio_x"] > 150 and result["aware_accuracy_pct"] > result["fp32_accuracy_pct"] - 2
    assert result["aware_accuracy_pct"] > result["rounded_accuracy_pct"] + 0.5
    tiny = run_demo("stack_methods", kept=5, seed=seed)
    assert tiny["trained_on_accuracy_pct"] > tiny["pruned_accuracy_pct"] + 4
    assert 10 < result["huffman_gain_pct"] < 20
    labels = run_demo("stack_methods", distill=False, seed=seed)
    assert abs(labels["aware_accuracy_pct"] - result["aware_accuracy_pct"]) < 2.5, "distillation adds nothing"


def test_roofline(run_demo: Demo, seed: int) -> None:
    one, many = (run_demo("roofline", batch=batch, seed=seed) for batch in (1, 512))
    assert 3.7 < one["speed_x"] < 4 and many["speed_x"] == 1
    assert one["step_time_by_batch"]["16 bits"][7] == 1 < many["step_time_by_batch"]["16 bits"][9], "up to the ridge"
    assert one["ridge_here"] < 100, "one core waits for arithmetic far earlier"
