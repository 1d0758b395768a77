"""What a picking screen has to tick stands as one reads it."""

from quizapp.texts import tag_name
from quizapp.ui.screens.picking import by_name
from quizapp.words import Language


def test_what_is_to_be_ticked_stands_in_the_order_of_the_names_shown() -> None:
    def ticks(language: Language) -> list[str]:
        tags = ("distillation", "kernels", "lora", "own", "pruning", "quantization")
        return list(by_name({tag: tag_name(tag).says(language) for tag in tags}).values())

    assert ticks("en") == ["distillation", "kernels", "lora", "own", "pruning", "quantization"]
    assert ticks("zh") == ["kernel", "LoRA", "own", "剪枝", "量化", "蒸馏"]
    assert list(by_name({"b": "Zwei", "a": "eins"})) == ["a", "b"]
