"""What the judge says of an attempt at an exercise."""

from quizapp.texts import Text
from quizapp.words import Words

TEXTS: dict[str, Text] = {
    # In what a result differs
    "judging.differs": Words("{what}: {how}", "{what}：{how}"),
    "judging.ratio_of_one": Words("{differs}, {ratio:.4g} times the expected", "{differs}，是预期的 {ratio:.4g} 倍"),
    "judging.ratio_of_all": Words(
        "{differs}, {ratio:.4g} times the expected everywhere", "{differs}，处处都是预期的 {ratio:.4g} 倍"
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
    "judging.how.value": Words("got {got}, expected {expected}", "得到 {got}，预期 {expected}"),
    "judging.how.changed": Words(
        "it was changed, and is the caller's: work on a copy", "原地修改了调用者的数据，请在副本上操作"
    ),
    # Of what
    "judging.result": Words("result", "结果"),
    "judging.part": Words("{what}{path}", "{what}{path}"),
    "judging.gradient": Words("the gradient of {name}", "{name} 的梯度"),
    "judging.input": Words("the input {name}", "输入 {name}"),
    "judging.after": Words("changed {name}", "修改后的 {name}"),
    # Of a case that raised, and of a check
    "judging.law": Words("does not hold: {law}", "不成立：{law}"),
    "judging.raised": Words("Stopped{where}: {why}", "{where}出错：{why}"),
    "judging.forbidden": Words(
        "{name} was called{where}: here one writes it oneself", "{where}调用了 {name}：这里要自己写出来"
    ),
    "judging.recursion": Words("Stopped{where}: it calls itself without end", "{where}出错：无限递归"),
    "judging.memory_in": Words(
        "Ran out of memory{where}; the limit of a run is {mb:,} MB", "{where}内存不足；一次运行的上限是 {mb:,} MB"
    ),
    "judging.much": Words("What is returned is too large to be compared", "返回的内容太大，无法比较"),
    # Why the cases did not run, or not to their end
    "judging.long": Words(
        "{n:,} characters are more than an attempt may have; {most:,} are enough",
        "代码有 {n:,} 个字符，上限是 {most:,} 个",
    ),
    "judging.syntax": Words("Line {line} is not valid Python: {why}", "第 {line} 行不是合法的 Python：{why}"),
    "judging.missing": Words("Nothing called {target} is defined", "没有定义 {target}"),
    "judging.hung": Words("Stopped after {seconds:g} seconds, without an answer", "{seconds:g} 秒后仍没有结果，已停止"),
    "judging.hung_in": Words(
        "Stopped after {seconds:g} seconds without an answer, in the case {case}",
        "用例 {case} 在 {seconds:g} 秒后仍没有结果，已停止",
    ),
    "judging.memory": Words(
        "Ran out of memory; the limit of a run is {mb:,} MB", "内存不足；一次运行的上限是 {mb:,} MB"
    ),
    "judging.greedy": Words(
        "Stopped: it started more processes or threads, or wrote more files, than a run may have",
        "已停止：启动的进程或线程，或写入的文件，超过了一次运行的上限",
    ),
    "judging.crashed": Words("Python crashed with {signal}", "Python 崩溃：{signal}"),
    "judging.left": Words(
        "It ended Python before all cases had run; what has no record has failed",
        "用例没跑完，代码就退出了 Python；没有记录的用例算失败",
    ),
    "judging.no_record": Words("The run left no record, and so has failed", "这次运行没有留下记录，算失败"),
    "judging.no_torch": Words(
        "Code is judged with PyTorch, which is not installed: {command}", "评判代码需要 PyTorch，但没有安装：{command}"
    ),
    "judging.not_started": Words("Nothing could be run: {why}", "无法运行：{why}"),
    "judging.broken": Words(
        "The exercise itself is broken: {why}. 'quizapp check --run' says more of {name}",
        "练习本身有错：{why}。'quizapp check --run' 会给出 {name} 的更多信息",
    ),
}
