"""What the judge says of an attempt at an exercise."""

from quizapp.texts import Text
from quizapp.words import Words

TEXTS: dict[str, Text] = {
    # In what a result differs
    "judging.differs": Words("{what}: {how}", "{what}：{how}"),
    "judging.ratio": Words(
        "{differs}, {ratio:.4g} times the expected everywhere", "{differs}，处处是预期的 {ratio:.4g} 倍"
    ),
    "judging.values": Words(
        "got {got}, expected {expected} at [{at}]; {wrong:,} of {entries:,} entries differ",
        "[{at}] 处得到 {got}，预期 {expected}；{entries:,} 个元素中有 {wrong:,} 个不同",
    ),
    "judging.how.kind": Words("got {got}, expected {expected}", "得到 {got}，预期 {expected}"),
    "judging.how.count": Words("got {got} values, expected {expected}", "得到 {got} 个值，预期 {expected} 个"),
    "judging.how.names": Words("got the names {got}, expected {expected}", "得到的名称是 {got}，预期是 {expected}"),
    "judging.how.shape": Words("shape {got}, expected {expected}", "形状是 {got}，预期是 {expected}"),
    "judging.how.dtype": Words("dtype {got}, expected {expected}", "dtype 是 {got}，预期是 {expected}"),
    "judging.how.finite": Words("got {got}, expected {expected}", "得到 {got}，预期 {expected}"),
    "judging.how.value": Words("got {got}, expected {expected}", "得到 {got}，预期 {expected}"),
    "judging.how.changed": Words(
        "it was changed, and is the caller's; work on a copy", "它被修改了，而它属于调用者；请在副本上操作"
    ),
    "judging.how.raises_not": Words("got {got}, expected an error: {expected}", "得到 {got}，预期抛出错误：{expected}"),
}
