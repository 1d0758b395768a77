"""What each compression demo claims, as an inequality with room for noise, and its control."""


def test_quantize_layer(run_demo, seed):
    tensor, channel, group = (run_demo("quantize_layer", scale=s, seed=seed) for s in ("tensor", "channel", "group"))
    assert tensor["sqnr_db"] + 2 < channel["sqnr_db"] < group["sqnr_db"] - 0.5
    assert tensor["bits_per_weight"] < channel["bits_per_weight"] < group["bits_per_weight"]
    assert 6 < channel["slope_db"] < 6.6
    assert 5.5 < channel["asymmetric_gain_db"] < 8
    assert channel["accuracy_pct"] > channel["fp32_accuracy_pct"] - 2, "4 bits hardly show in so small a net"
    coarse, fine = (run_demo("quantize_layer", bits=2, scale=s, seed=seed) for s in ("tensor", "group"))
    assert coarse["accuracy_pct"] + 5 < fine["accuracy_pct"] < fine["fp32_accuracy_pct"] - 1, "2 bits do"


def test_compress_layer(run_demo, seed):
    small, large = (run_demo("compress_layer", bits=bits, seed=seed) for bits in (2, 4))
    assert len({round(size) for size in small["bytes"].values()}) == 1, "all three spend the same"
    assert 2 * small["factorize_error_pct"] < small["quantize_error_pct"] < small["prune_error_pct"] / 2
    assert small["factorize_weight_error_pct"] > 5 * small["factorize_error_pct"], "what it drops is hardly used"
    assert 1.5 * large["quantize_error_pct"] < large["factorize_error_pct"] < large["prune_error_pct"]
    assert large["quantize_accuracy_pct"] > large["fp32_accuracy_pct"] - 1
    control = run_demo("compress_layer", bits=2, trained=False, seed=seed)
    assert control["factorize_error_pct"] > 1.3 * control["quantize_error_pct"], "no training, no low rank"
