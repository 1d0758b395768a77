"""What every bundled card owes its reader."""

import re
from collections import Counter

import pytest

from quizapp.cards.card import Card, Choice, Cloze, Code, Fix, Free, Numeric, Order
from quizapp.cards.gaps import gap, gap_answers
from quizapp.cards.library import read_library
from quizapp.commands.exercises import amiss_with_exercise
from quizapp.lab.script import read_script
from quizapp.paths import BUNDLED_DECKS, BUNDLED_DEMOS
from quizapp.words import LANGUAGES, Words, read

LIBRARY = read_library([], user=None, bundled=BUNDLED_DECKS)
CARDS = [card for deck in LIBRARY.decks for card in deck.cards]
# What the source says wrongly, or so that it misleads: the card that answers it, and how, in both languages.
ANSWERED = {
    "a large model's knowledge goes into a small one": ("fix-teacher-must-be-larger", "as large as", "一样大"),
    "offline is the sum of two losses": ("fix-offline-by-its-loss", "frozen", "冻结"),
    "semi-supervised is labels from the teacher": ("fix-semi-supervised-labels", "pseudo-label", "伪标签"),
    "self-supervised, and so without a teacher": (
        "fix-self-supervised-no-teacher",
        "^No. The teacher is",
        "不是。teacher 是",
    ),
    "aligning with ChatGPT": ("fix-aligning-with-chatgpt", "SFT on the teacher's text", "文本上做 SFT"),
    "unsupervised is clustering": ("fix-unsupervised-is-clustering", "transfer set", "transfer set"),
    "the teacher's loss alone is offline too": (
        "fix-teacher-only-is-offline",
        "offline is about the teacher",
        "离线说的是 teacher",
    ),
    "similarity is extra information": ("fix-similarity-is-extra-information", "same teacher", "同一个 teacher"),
    "other losses and temperatures are better": ("fix-any-temperature-helps", "not always better", "不是越高越好"),
    "to fixed point, and parameters only": (
        "fix-float-to-fixed-point",
        "activations and the KV cache",
        "激活值和 KV cache",
    ),
    "integers or decimals": ("fix-integers-or-decimals", "scale", "scale"),
    "16-bit floats are fixed point": ("fix-fp16-is-not-fixed-point", "fp16 is a float", "fp16 是浮点"),
    "Huffman coding quantizes": ("fix-huffman-is-quantization", "loses nothing", "无损"),
    "quantization is faster": ("fix-quantization-always-faster", "only with a kernel", "得有对应格式的 kernel"),
    "pruned parameters make it smaller": ("fix-zeros-shrink-the-model", "keep the tensor's shape", "形状不变"),
    "few parameters contribute": ("fix-few-weights-matter", "at random", "随机"),
    "distillation makes it faster": ("fix-distillation-speeds-up", "its network is smaller", "网络小"),
    "neurons go, their parameters stay": (
        "fix-neurons-without-parameters",
        "a column of the next layer",
        "下一层读取它的权重",
    ),
    "adversarial networks that distil": ("fix-distillation-adversarial-networks", "no standard name", "不是通用的名称"),
    "activation functions lose precision": ("fix-activation-functions", "not the activation functions", "不是激活函数"),
    "quantization, listed twice": ("compression-methods", "are one method", "是一种方法"),
    "layer-wise is one more method": ("fix-layer-wise-as-a-method", "no further kind of pruning", "不是又一种剪枝"),
    "factors need less computation": ("fix-low-rank-always-saves", "below rank mn", "秩低于 mn"),
    "convolutions become fully connected": (
        "fix-convolution-to-fully-connected",
        "gives up sharing",
        "失去了位置上的权值共享",
    ),
    "trimming cuts connections": ("fix-network-trimming-connections", "takes out neurons", "拿掉神经元"),
    "FitNets: a large one teaches a small one": ("fix-fitnets-generic", "middle layer", "中间层"),
    "Hinton: outputs serve as labels": ("fix-hinton-outputs-as-labels", "temperature in both", "都加温度"),
    "Born-Again starts from trained weights": ("fix-born-again-initialization", "fresh random start", "随机重新初始化"),
    "TinyBERT: a large one teaches a small one": (
        "fix-tinybert-generic",
        "attention and hidden states",
        "attention 和 hidden state",
    ),
}


def texts(card: Card) -> list[Words]:
    found = [card.q, card.a, card.why, *(point.text for point in card.points)]
    match card:
        case Choice():
            found += [text for item in card.choices for text in (item.text, item.why)]
        case Cloze():
            found.append(card.text)
        case Numeric():
            found += [trap.why for trap in card.traps]
        case Order():
            found += card.items
        case Fix():
            found.append(card.source.says)
        case Code():
            found += [*card.hints, *card.subgoals, *card.cases.values(), *card.traps.values()]
    if card.demo is not None and card.demo.predict is not None:
        found += [card.demo.predict.ask, *(choice.text for choice in card.demo.predict.choices)]
    return [text for text in found if text]


def test_the_decks_load_without_a_fault() -> None:
    assert LIBRARY.faults == ()
    assert len(CARDS) >= 60


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.key)
def test_a_card_is_whole(card: Card) -> None:
    assert card.pinned, "an id is given once, in the file"
    assert card.level and card.tags and card.refs and card.why
    assert card.seconds is not None
    assert all(text.en.strip() and text.zh.strip() for text in texts(card)), "a text lacks a language"
    if isinstance(card, Free | Fix):
        assert 2 <= len(card.points) <= 4
    if isinstance(card, Choice):
        assert all(item.ok or item.why for item in card.choices), "a wrong choice says why"
    if isinstance(card, Code):
        assert card.hints and card.subgoals and not amiss_with_exercise(card)
    for name in (*card.after, *card.follow_ups):
        assert LIBRARY.named(name, card.deck), f"{name} leads nowhere"


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.key)
def test_a_folded_line_leaves_no_space_between_chinese_characters(card: Card) -> None:
    chinese, stop = "[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]", "[，。；：、（！？]"
    assert not [text.zh for text in texts(card) if re.search(f"{chinese} {chinese}|{stop} [^|]", text.zh)]


def test_a_filled_gap_has_a_space_between_chinese_and_latin() -> None:
    clozes = (card for card in CARDS if isinstance(card, Cloze))
    filled = {card.key: re.sub("[*`]", "", gap(card.text.zh, card.number, fill=True)) for card in clozes}
    glued = re.compile("[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]")
    assert not [key for key, words in filled.items() if glued.search(words)]


def test_the_five_questions_have_a_prediction_each() -> None:
    first = next(deck for deck in LIBRARY.decks if deck.name == "five-questions").cards[:5]
    demos = ["offline_distillation", "temperature", "quantize_layer", "compress_layer", "fitnets"]
    assert [card.demo.run for card in first if card.demo is not None] == demos
    assert all(card.demo is not None and card.demo.predict and card.demo.expect for card in first)


def test_at_least_ten_cards_correct_the_source() -> None:
    sources = [card.source for card in CARDS if isinstance(card, Fix) and card.source.question]
    assert len(sources) >= 10
    assert not [source.book.en for source in sources if re.search("[\u4e00-\u9fff]", source.book.en)]


@pytest.mark.parametrize(("key", "en", "zh"), ANSWERED.values(), ids=ANSWERED)
def test_each_wrong_statement_of_the_source_is_answered(key: str, en: str, zh: str) -> None:
    (card,) = LIBRARY.named(key, "five-questions")
    said = texts(card)
    assert re.search(en, "\n".join(text.en for text in said), re.MULTILINE)
    assert re.search(zh, "\n".join(text.zh for text in said))


def test_a_card_that_went_left_its_history_to_the_one_that_answers_it() -> None:
    (card,) = LIBRARY.named("compression-methods", "five-questions")
    assert "five-questions/fix-quantization-twice" in card.was


GAPS = [card for card in CARDS if isinstance(card, Cloze) and card.demo is not None]


@pytest.mark.parametrize("card", GAPS, ids=lambda card: card.key)
def test_no_experiment_says_what_is_missing_in_its_gap(card: Cloze) -> None:
    assert card.demo is not None
    script, ask = read_script(BUNDLED_DEMOS / f"{card.demo.run}.py"), card.demo.predict
    predicted = (ask.ask, *(choice.text for choice in ask.choices)) if ask is not None else ()
    for language in LANGUAGES:
        said = [script.title_in(language), *(read(words, language) for words in predicted)]
        for missing in gap_answers(read(card.text, language), card.number):
            whole = re.compile(rf"(?<![a-z0-9.]){re.escape(missing.casefold())}(?![a-z0-9])")
            assert [text for text in said if whole.search(text.casefold())] == [], missing


def test_no_two_cards_ask_the_same() -> None:
    for language in ("en", "zh"):
        asked = Counter(card.q.says(language).casefold() for card in CARDS if not isinstance(card, Cloze | Fix))
        assert [question for question, count in asked.items() if count > 1] == []
