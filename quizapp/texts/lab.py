"""What the lab says: of a script that is no demo, of a yes to a stranger's, of a run and what it returned."""

from quizapp.texts import Text
from quizapp.words import Words

TEXTS: dict[str, Text] = {
    # Why a file is no demo
    "lab.at": Words("{place}: {why}", "{place}：{why}"),
    "lab.script.no_such_file": Words("there is no such file", "没有这个文件"),
    "lab.script.unreadable": Words("cannot be read: {why}", "无法读取：{why}"),
    "lab.script.too_large": Words(
        "is larger than {kb:,} KB, too large for an experiment", "超过 {kb:,} KB，作为实验太大了"
    ),
    "lab.script.no_python": Words("is not valid Python: {why}", "不是合法的 Python：{why}"),
    "lab.script.too_deep": Words("nested too deeply", "嵌套太深"),
    "lab.script.no_utf8": Words(
        "must be UTF-8, so that what is shown is what runs", "必须是 UTF-8，这样显示的才是实际运行的"
    ),
    "lab.script.other_coding": Words(
        "must be UTF-8, so that what is shown is what runs; not {coding}",
        "必须是 UTF-8，这样显示的才是实际运行的；不能是 {coding}",
    ),
    "lab.script.hides": Words(
        "holds the character U+{code:04X}, which Python and an editor take differently; end lines with a newline, "
        "and write it as an escape in a text",
        "含有字符 U+{code:04X}，Python 和编辑器对它的处理不同；行尾请用换行符，文本中请写成转义",
    ),
    "lab.script.long_line": Words(
        "is a line of more than {most:,} characters, too long to be read",
        "这一行超过 {most:,} 个字符，太长，没有人会读",
    ),
    "lab.script.many_braces": Words(
        "holds more than {most:,} braces, too many for an experiment", "花括号超过 {most:,} 个，对实验来说太多了"
    ),
    "lab.script.many_signs": Words(
        "holds more than {most:,} operators, brackets and lines, too many for an experiment",
        "运算符、括号和行超过 {most:,} 个，对实验来说太多了",
    ),
    "lab.script.many_beside": Words(
        "imports more than {most} files beside it, too many for an experiment",
        "从同一文件夹导入了 {most} 个以上的文件，对实验来说太多了",
    ),
    "lab.script.much_beside": Words(
        "imports more than {kb:,} KB beside it, too much for an experiment",
        "从同一文件夹导入的代码超过 {kb:,} KB，对实验来说太多了",
    ),
    "lab.script.package_is_link": Words(
        "is a link; what an experiment imports must lie beside it", "是一个链接；实验导入的代码必须与它放在一起"
    ),
    "lab.script.large_package": Words(
        "holds more than {most:,} files, too many for an experiment", "包含 {most:,} 个以上的文件，对实验来说太多了"
    ),
    "lab.script.leads_nowhere": Words("is a link that leads nowhere", "是一个失效的链接"),
    "lab.script.no_main": Words(
        "has no `def main(...)`, so there is nothing to run", "没有 `def main(...)`，没有可运行的内容"
    ),
    "lab.script.async_main": Words(
        "`main` must be a plain function, not `async def`", "`main` 必须是普通函数，不能是 `async def`"
    ),
    "lab.script.knobs_unreadable": Words("the knobs of `main` cannot be read: {why}", "无法读取 `main` 的参数：{why}"),
    "lab.script.much_data": Words(
        "holds more than {mb} MB, too much to copy with an experiment", "超过 {mb} MB，太大，无法随实验一起复制"
    ),
    "lab.script.not_edited": Words("{why}", "{why}"),
    "lab.find.near": Words("There is no experiment {name}. Did you mean {near}?", "没有实验 {name}。是不是 {near}？"),
    "lab.find.none": Words(
        "There is no experiment {name}. 'quizapp demo --list' names them.",
        "没有实验 {name}。'quizapp demo --list' 可列出全部。",
    ),
    # Knobs, and the values that they take
    "lab.knob.by_name_only": Words(
        "`main` takes knobs by name only; `{name}` cannot be turned", "`main` 的参数只能按名称传递；`{name}` 无法调节"
    ),
    "lab.knob.none": Words(
        "`main` has no knob; give it at least one, such as `seed: int = 0`",
        "`main` 没有参数；请至少给它一个，例如 `seed: int = 0`",
    ),
    "lab.knob.many": Words(
        "`main` has {n:,} knobs; give it {most} at most", "`main` 有 {n:,} 个参数；最多只能有 {most} 个"
    ),
    "lab.knob.no_default": Words("the knob `{name}` needs a default", "参数 `{name}` 需要一个默认值"),
    "lab.knob.other_default": Words(
        "the default of `{name}` is not one it takes: {allowed}", "`{name}` 的默认值不在可取范围内：{allowed}"
    ),
    "lab.knob.no_such_type": Words(
        "the type of `{name}` is none that a knob can have; write Annotated[int, range(2, 9)], "
        "Annotated[float, 0.5, 1.0, 0.05], Literal[...], bool, or `seed: int`",
        "`{name}` 的类型不能用作参数；请写 Annotated[int, range(2, 9)]、Annotated[float, 0.5, 1.0, 0.05]、"
        "Literal[...]、bool 或 `seed: int`",
    ),
    "lab.knob.choices_not_written": Words(
        "the choices of `{name}` must be written out as strings or whole numbers",
        "`{name}` 的选项必须直接写成字符串或整数",
    ),
    "lab.knob.many_choices": Words(
        "`{name}` has too many choices or too long ones; {most} are enough",
        "`{name}` 的选项太多或太长；{most} 个就够了",
    ),
    "lab.knob.like_choices": Words(
        "the choices of `{name}` must be different from each other and plain text",
        "`{name}` 的选项必须互不相同，且是普通文本",
    ),
    "lab.knob.range_not_written": Words(
        "the range of `{name}` must be written out, as in Annotated[int, range(2, 9)]",
        "`{name}` 的范围必须直接写出，例如 Annotated[int, range(2, 9)]",
    ),
    "lab.knob.range_size": Words(
        "the range of `{name}` must hold 1 to {most:,} values; it holds {n:,}",
        "`{name}` 的范围必须包含 1 到 {most:,} 个值，现在有 {n:,} 个",
    ),
    "lab.knob.float_range": Words(
        "the range of `{name}` must be low, high and a step that leads from one to the other, "
        "as in Annotated[float, 0.5, 1.0, 0.05]",
        "`{name}` 的范围必须是下限、上限和能从下限走到上限的步长，例如 Annotated[float, 0.5, 1.0, 0.05]",
    ),
    "lab.knob.not_taken": Words(
        "`{name}` takes {allowed}; it does not take {text!r}", "`{name}` 可取 {allowed}；不能是 {text!r}"
    ),
    "lab.knob.unknown_near": Words(
        "there is no knob `{name}`; did you mean `{near}`?", "没有参数 `{name}`；是不是 `{near}`？"
    ),
    "lab.knob.unknown": Words("there is no knob `{name}`; there is {names}", "没有参数 `{name}`；现有：{names}"),
    "lab.knob.takes_bool": Words("true or false", "true 或 false"),
    "lab.knob.takes_choice": Words("{choices}", "{choices}"),
    "lab.knob.takes_whole_up": Words("a whole number from {low} up", "不小于 {low} 的整数"),
    "lab.knob.takes_whole": Words("a whole number from {low} to {high}", "{low} 到 {high} 的整数"),
    "lab.knob.takes_whole_steps": Words(
        "a whole number from {low} to {high} in steps of {step}", "{low} 到 {high} 的整数，步长 {step}"
    ),
    "lab.knob.takes_number": Words(
        "a number from {low} to {high} in steps of {step}", "{low} 到 {high} 的数，步长 {step}"
    ),
    # Before a yes
    "lab.review.hides": Words(
        "It holds characters that do not show or that reorder text; here they stand as escapes, such as \\u202e.",
        "它含有不可见或会改变文字顺序的字符；这里以转义形式显示，例如 \\u202e。",
    ),
    "lab.review.not_covered": Words(
        "The files that it reads are not covered by your yes, and data can hold code, too",
        "它读取的文件不在你允许的范围内，而数据里也可能藏有代码",
    ),
    "lab.review.new": Words("(new)", "（新文件）"),
    "lab.review.gone": Words("(gone)", "（已删除）"),
    "lab.review.unseen_only": Words(
        "(only line ends, or characters that show as escapes)", "（只有行尾，或以转义形式显示的字符不同）"
    ),
    "lab.may.sandboxed": Words(
        "It can compute within its limits, read Python and its own folder, and write to a scratch folder that is "
        "emptied after it. It can see whether a file exists, and which connections this machine has. It cannot read "
        "or change your other files, reach the network or talk to other programs.",
        "它可以在限制内计算，读取 Python 和它自己的文件夹，并写入一个运行后清空的临时文件夹；"
        "它能知道某个文件是否存在，以及这台机器有哪些网络连接。"
        "它不能读取或修改你的其他文件，不能联网，也不能与其他程序通信。",
    ),
    "lab.may.no_writes": Words(
        "It can compute within its limits, read Python and its own folder, and write to a scratch folder that is "
        "emptied after it. It can also reach other programs and parts of the network: this system cannot bar that. "
        "It cannot read or change your other files.",
        "它可以在限制内计算，读取 Python 和它自己的文件夹，并写入一个运行后清空的临时文件夹；"
        "它还能接触其他程序和部分网络，这个系统无法阻止。它不能读取或修改你的其他文件。",
    ),
    "lab.may.limits_only": Words(
        "It can read, change and delete your files and use the network, as any program that you start: this system "
        "limits only its time, its memory and the size of its files.",
        "它能像你启动的任何程序一样读取、修改和删除你的文件并联网：这个系统只限制它的时间、内存和文件大小。",
    ),
    "lab.may.process_only": Words(
        "It can read, change and delete your files and use the network, as any program that you start: this system "
        "limits only its time.",
        "它能像你启动的任何程序一样读取、修改和删除你的文件并联网：这个系统只限制它的时间。",
    ),
    "lab.trust.newer": Words(
        "{file}: a newer quizapp wrote this file; update this one, then allow the experiment",
        "{file}：这个文件由更新版本的 quizapp 写入；请先更新，再允许实验",
    ),
    "lab.trust.closed": Words(
        "Nothing is allowed from a browser. Where quizapp runs: quizapp trust {file}",
        "不能在浏览器里允许运行。请在运行 quizapp 的机器上执行：quizapp trust {file}",
    ),
    "lab.trust.not_saved": Words("{file}: the permission cannot be saved: {why}", "{file}：无法保存许可：{why}"),
    # A run: how it was walled in, what it printed, what went wrong
    "lab.level.sandboxed": Words("sandboxed", "沙箱运行"),
    "lab.level.no_writes": Words("no writes", "不能写文件"),
    "lab.level.limits_only": Words("limits only", "只有资源限制"),
    "lab.level.process_only": Words("process only", "只有独立进程"),
    "lab.output.more_bytes": Words(
        "… {n:,} more bytes were printed and are not shown", "…… 还有 {n:,} 字节的输出没有显示"
    ),
    "lab.output.more_characters": Words("… {n:,} more characters", "…… 还有 {n:,} 个字符"),
    "lab.no_torch": Words(
        "This experiment needs PyTorch, which is not installed: {command}",
        "这个实验需要 PyTorch，但没有安装：{command}",
    ),
    "lab.stopped": Words("Stopped.", "已停止。"),
    "lab.run.processes": Words(
        "The experiment was stopped: it had started more than {most} processes",
        "实验已停止：启动的进程超过 {most} 个",
    ),
    "lab.run.threads": Words(
        "The experiment was stopped: it had started more than {most} threads", "实验已停止：启动的线程超过 {most} 个"
    ),
    "lab.run.files": Words(
        "The experiment was stopped: a run may keep at most {files}", "实验已停止：一次运行最多只能保留 {files}"
    ),
    "lab.run.memory": Words(
        "The experiment ran out of memory; the limit of a run is {mb:,} MB", "实验内存不足；一次运行的上限是 {mb:,} MB"
    ),
    "lab.run.late": Words(
        "The experiment was stopped after {seconds:g} seconds, the limit of a run",
        "实验已停止：达到了一次运行的上限 {seconds:g} 秒",
    ),
    "lab.run.most_files": Words("{mb:,} MB in {files:,} files", "{files:,} 个文件、共 {mb:,} MB"),
    "lab.run.no_word": Words(
        "The experiment ended without a word; it may have stopped the process that watches it",
        "实验没有任何说明就结束了；它可能终止了监视它的进程",
    ),
    "lab.run.exited": Words(
        "The experiment ended its own process with exit code {exit} before `main` returned",
        "实验在 `main` 返回之前以退出码 {exit} 结束了自己的进程",
    ),
    "lab.run.crashed": Words("The experiment crashed with {signal}", "实验崩溃：{signal}"),
    "lab.run.crashed_because": Words("The experiment crashed with {signal}: {why}", "实验崩溃：{signal}，{why}"),
    "lab.run.signal": Words("signal {n}", "信号 {n}"),
    "lab.crash.SIGSYS": Words("it made a system call that no experiment may make", "它调用了实验不能使用的系统调用"),
    "lab.crash.SIGSEGV": Words("it touched memory that is not its own", "它访问了不属于自己的内存"),
    "lab.crash.SIGKILL": Words("perhaps the machine ran out of memory", "可能是机器内存不足"),
    # What the demo's process tells in codes: see `lab.codes`
    "lab.demo.not_started": Words("The experiment could not be started: {why}", "无法启动实验：{why}"),
    "lab.demo.left": Words(
        "The experiment left with sys.exit({exit}) before `main` returned",
        "实验在 `main` 返回之前用 sys.exit({exit}) 退出了",
    ),
    "lab.demo.stopped": Words("The experiment stopped{where}: {why}", "实验{where}出错停止：{why}"),
    "lab.demo.disk_full": Words(
        "The experiment stopped{where}: {why}; a run may keep at most {files}",
        "实验{where}出错停止：{why}；一次运行最多只能保留 {files}",
    ),
    "lab.demo.no_memory": Words(
        "The experiment ran out of memory{where}; the limit of a run is {mb:,} MB",
        "实验{where}内存不足；一次运行的上限是 {mb:,} MB",
    ),
    "lab.demo.unseen": Words(
        "The experiment stopped{where}: {module} was not shown before it was allowed, so it does not run; "
        "import it with a plain `import {top}` at the top, and it is",
        "实验{where}停止：{module} 在允许之前没有显示过，所以不会运行；请在文件开头用 `import {top}` 直接导入，"
        "这样就会显示",
    ),
    "lab.line": Words(" in {file}, line {line}", "在 {file} 第 {line} 行"),
    "lab.demo.no_dict": Words(
        'main() returned {kind}; it must return a dict, such as {{"accuracy_pct": 93.1}}',
        'main() 返回了 {kind}；它必须返回一个 dict，例如 {{"accuracy_pct": 93.1}}',
    ),
    "lab.demo.empty": Words(
        'main() returned an empty dict; it must hold what was measured, such as {{"accuracy_pct": 93.1}}',
        'main() 返回了空的 dict；里面应当是测量结果，例如 {{"accuracy_pct": 93.1}}',
    ),
    "lab.demo.many_values": Words(
        "main() returned more than {measures} numbers or {charts} charts; the first are kept",
        "main() 返回了超过 {measures} 个数或 {charts} 个图；只保留前面的",
    ),
    "lab.unusable": Words(
        "main() returned a value that cannot be used: {name} {why}", "main() 返回的一个值无法使用：{name} {why}"
    ),
    "lab.a": Words("a {name}", "{name}"),
    "lab.an": Words("an {name}", "{name}"),
    "lab.value.named": Words(
        "is named by {kind}; a value is named by a string", "的名称是 {kind}；值的名称必须是字符串"
    ),
    "lab.value.too_much": Words(
        "and those before it hold more than {most:,} values; thin them out",
        "和它前面的一共超过 {most:,} 个值；请减少一些",
    ),
    "lab.value.many_labels": Words(
        "has {n:,} labels; at most {most} can be drawn, so thin it out",
        "有 {n:,} 个标签；最多能画 {most} 个，请减少一些",
    ),
    "lab.value.many_lines": Words(
        "has {n:,} lines; at most {most} can be drawn, so thin it out", "有 {n:,} 条线；最多能画 {most} 条，请减少一些"
    ),
    "lab.value.many": Words(
        "holds {n:,} values; at most {most:,} can be kept, so thin it out",
        "有 {n:,} 个值；最多能保留 {most:,} 个，请减少一些",
    ),
    "lab.value.no_line": Words(
        'has "x", so it is lines, but {inner} in it is {kind}, not a list of numbers',
        '含有 "x"，所以是折线，但其中的 {inner} 是 {kind}，不是数的列表',
    ),
    "lab.value.other_length": Words(
        'has {n} values in "x" and {other} in {inner}', '的 "x" 里有 {n} 个值，而 {inner} 里有 {other} 个'
    ),
    "lab.value.only_x": Words('has "x" and no line beside it', '只有 "x"，没有折线'),
    "lab.value.list_in_list": Words(
        "is a list in a list; a series is a flat list of numbers", "是列表中的列表；序列应当是一维的数的列表"
    ),
    "lab.value.other_kind": Words(
        "is {kind}, neither a number, a list of numbers nor a dict of them",
        "是 {kind}，不是数、数的列表，也不是数的 dict",
    ),
    "lab.value.no_number": Words("is {kind} that is no number: {error}", "是 {kind}，但不是数：{error}"),
    "lab.value.infinite": Words(
        "is {number} or holds it; a measure must be finite", "是 {number} 或含有它；测量值必须是有限的"
    ),
    "lab.value.unreadable": Words("is {kind} that cannot be read: {error}", "是 {kind}，但无法读取：{error}"),
    "lab.value.labelled": Words(
        "is labelled by {kind}; a label is a string or a number", "的标签是 {kind}；标签应当是字符串或数"
    ),
}
