"""Different ways to say the same, in the words around a term: what a typed answer and the words to look for in it are
both folded to, so that a deck need name only one of them."""

import re
import unicodedata

# The form that stands for them, and the others. Folded text: small letters, no hyphens, simplified characters.
_SAME = {
    " teacher ": "老师 教师",
    " student ": "学生",
    " outlier ": "离群值 离群点 异常值",
    " attention ": "注意力",
    " scale ": "缩放因子 缩放系数 缩放比例",
    " zero point ": "零点",
    " kernel ": "算子 内核",
    " token ": "词元",
    " prompt ": "提示词",
    " cache ": "缓存",
    " baseline ": "基线",
    " bit ": "比特",
    "标签": "标注",
    "舍入": "取整",
    "微调": "精调",
    "掉点": "掉精度 精度下降 精度损失 损失精度 掉准确率 准确率下降",
    "每": "每一个 每一 每个 各个",
    "同样": "相同 一样 同一个 同一",
    "不用": "不需要 无需 无须 不必 不要 用不着 没必要",
    "没": "没有 无",
    "提前": "事先 预先",
    "重算": "重新计算 重新算 再算",
    "很多": "许多 大量",
    "丢掉": "丢弃 扔掉 舍弃",
    "去掉": "去除 删除 删掉 移除 剪掉 砍掉",
    "变成": "变为 成为 转成 转为 转换成 转换为",
}
_SAME_IN_ENGLISH = {
    "each ": "every ",
    "not ": "doesn't |does not |don't |do not |didn't |did not |isn't |is not |aren't |are not |can't |cannot |won't ",
    "no ": "without any |without ",
}
_OTHER = {other: form for form, others in _SAME.items() for other in others.split()}
_OTHER |= {other: form for form, others in _SAME_IN_ENGLISH.items() for other in others.split("|")}
_ANY = re.compile(
    "|".join((r"\b" if other.isascii() else "") + re.escape(other) for other in sorted(_OTHER, key=len, reverse=True))
)
# fine-tune, fine tune and finetune; 4-bit, 4 bit and 4bit
_APART = re.compile(r"\b(pre|post|re|non|fine|co|multi|sub|int|fp|bf) (?=[a-z0-9])|(?<=\d)() (?=bit)")


def everyday(folded: str) -> str:
    """`folded` with one form for each of them, and single spaces."""
    one = " ".join(_ANY.sub(lambda found: _OTHER[found[0]], folded).split())
    return _APART.sub(r"\1", one)


# Signs of a formula

_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ]+")
_MINUS = str.maketrans(dict.fromkeys("‐‑‒–—−－", "-"))
_BEFORE, _BEHIND = "(?<=[0-9a-zA-Zα-ωΑ-Ω)\\]}'])", "(?=[-+]?[0-9a-zA-Zα-ωΑ-Ω(\\[{|√∑Σ\\\\])"
_POWER = re.compile(rf"{_BEFORE}(?:\*\*|\s+\*\*\s+){_BEHIND}")
_TIMES = re.compile(
    rf"{_BEFORE}(?:[*×∗⋅∙•·]|\s+[*×∗⋅∙•·]\s+|\s*\\(?:cdot|times)\b\s*){_BEHIND}|(?<=\d)(?<!\b0)[xX](?=\d)"
)
_BRACED = re.compile(r"([_^])\s*(?:\{([-+]?\w+)\}|\(([-+]?\w+)\))")
_BRACES = re.compile(r"\^\s*\{([^{}]*)\}")


def one_way(text: str) -> str:
    """`text` in narrow forms (NFKC), its formulas with one sign each: a power is ^ (also of x**2, x², x^{2}), a product
    between two things · (also of *, × and \\cdot), a minus -. A star that marks bold stays."""
    text = unicodedata.normalize("NFKC", _RAISED.sub(_power, text).translate(_MINUS)).translate(_MINUS)
    text = re.sub("[÷∕⁄]", "/", _TIMES.sub("·", _POWER.sub("^", text)))
    return _BRACES.sub(r"^(\1)", _BRACED.sub(r"\1\2\3", text))


def _power(raised: re.Match[str]) -> str:
    """What stands raised, behind a ^: in brackets where it is more than one thing."""
    said = unicodedata.normalize("NFKC", raised[0]).translate(_MINUS)
    return f"^{said}" if re.fullmatch(r"[-+]?\w+|\([^()]*\)", said) else f"^({said})"
