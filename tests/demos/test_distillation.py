"""The claim of each distillation demo, as an inequality with room for noise, beside its control."""


def test_offline_distillation(run_demo, seed):
    unlike = run_demo("offline_distillation", seed=seed)
    same = run_demo("offline_distillation", seed=seed, teacher_saw="same")
    assert unlike["distilled_errors"] < unlike["labels_errors"] - 5
    assert same["saved_errors"] < unlike["saved_errors"], "most of the gain is the data that the teacher saw"


def test_temperature(run_demo, seed):
    warm = run_demo("temperature", seed=seed)
    assert warm["errors"] < warm["t1_errors"] - 5
    assert warm["wrong_classes_pct"] > 10 * warm["wrong_classes_t1_pct"]
    errors = dict(zip(warm["students"]["x"], warm["students"]["errors"], strict=True))
    assert abs(errors[20] - errors[4]) < errors[1] - errors[4], "hotter still gains little"


def test_fitnets(run_demo, seed):
    deep = run_demo("fitnets", seed=seed)
    assert deep["labels_errors"] > 500 and deep["distilled_errors"] > 500
    assert deep["hinted_errors"] < 200
    assert deep["he_errors"] < 200, "the control: initialised well, labels alone do it"
    assert run_demo("fitnets", seed=seed, depth=3)["labels_errors"] < 200, "shallow, nothing is in the way"
