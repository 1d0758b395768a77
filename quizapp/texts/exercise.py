"""What is said of the file of an exercise: why it is none, what it lacks."""

from quizapp.texts import Plural, Text
from quizapp.words import Words

TEXTS: dict[str, Text] = {
    "exercise.named": Words(
        "{name} is no name for an exercise: write small letters, digits and _, as in kd_loss.py",
        "{name} 不能作为练习的名称：请用小写字母、数字和 _，例如 kd_loss.py",
    ),
    "exercise.too_large": Words(
        "is larger than {kb:,} KB, too large for an exercise", "超过 {kb:,} KB，作为练习太大了"
    ),
    "exercise.no_doc": Words(
        "has no docstring; begin with one that says the task: shapes, units, what is returned",
        "没有文档字符串；请在开头写明任务：形状、单位、返回什么",
    ),
    "exercise.no_cases": Words(
        "has no `cases`; write `def cases(rand, randn, randint):` and yield a name and the arguments",
        "没有 `cases`；请写 `def cases(rand, randn, randint):`，用 yield 给出名称和参数",
    ),
    "exercise.cases_take": Words(
        "`cases` is a function that takes (rand, randn, randint)", "`cases` 必须是函数，参数为 (rand, randn, randint)"
    ),
    "exercise.no_case": Words(
        'yields no case; write `yield "name", dict(argument=...)`',
        '没有给出任何用例；请写 `yield "名称", dict(参数=...)`',
    ),
    "exercise.case_named": Words(
        'a case is written as `yield "name", dict(argument=...)`, its name a word of its own',
        '用例要写成 `yield "名称", dict(参数=...)`，名称是一个不重复的标识符',
    ),
    "exercise.no_reference": Words(
        "has no solution; define the function or class that is asked for, without an underscore",
        "没有参考解；请定义所要求的函数或类，名称不带下划线前缀",
    ),
    "exercise.two": Words(
        "defines {one} and {two}: one of them is the solution; begin the other's name with an underscore, or with "
        "trap_, also_ or check_",
        "同时定义了 {one} 和 {two}：只有一个是参考解；另一个的名称请以下划线，或 trap_、also_、check_ 开头",
    ),
    "exercise.twice": Words("{name} is defined twice; rename one", "{name} 定义了两次；请改一个名称"),
    "exercise.async": Words(
        "{name} must be a plain function, not `async def`", "{name} 必须是普通函数，不能是 `async def`"
    ),
    "exercise.arguments": Words(
        "{name} is called with arguments by name: no *, ** or / in its signature",
        "{name} 按名称传参调用：签名里不能有 *、** 或 /",
    ),
    "exercise.public_value": Words(
        "{name} stands beside the solution; begin its name with an underscore",
        "{name} 与参考解并列；请以下划线开头命名",
    ),
    "exercise.statement": Words(
        "an exercise holds imports, functions, classes and values only; put this into a function",
        "练习文件里只能有导入、函数、类和值；请把这一行放进函数里",
    ),
    "exercise.imports_ours": Words(
        "imports quizapp; an exercise is plain Python, so that it runs anywhere",
        "导入了 quizapp；练习应是普通的 Python 文件，这样到哪里都能运行",
    ),
    "exercise.imports_far": Words(
        "write a plain `import name` or `from name import other`", "请写普通的 `import 名称` 或 `from 名称 import 其他`"
    ),
    "exercise.imports_beside": Words(
        "imports {file} beside it; an exercise is one file, so put here what it needs",
        "导入了同一文件夹的 {file}；练习只有一个文件，请把需要的内容写在这里",
    ),
    "exercise.check_takes": Words(
        "{name} is a function that takes the candidate alone", "{name} 必须是函数，只接受候选解一个参数"
    ),
    "exercise.list": Words(
        '{name} is a list of names, as in {name} = ["torch.softmax"]',
        '{name} 是名称的列表，例如 {name} = ["torch.softmax"]',
    ),
    "exercise.equivalent": Words(
        'equivalent is a dict of mutants and reasons: {{"a + b → a - b": "b is zero"}}',
        'equivalent 是变异及其理由的 dict：{{"a + b → a - b": "b 恒为零"}}',
    ),
    "exercise.no_text": Words(
        'ZH is the docstring in Chinese, written as one text: ZH = """..."""',
        'ZH 是中文的文档字符串，要写成一段文本：ZH = """..."""',
    ),
    "exercise.leans": Words(
        "{name} uses {on}: a solution stands alone below the imports, so write here what it needs",
        "{name} 用到了 {on}：每个解法都要能单独放在导入语句之后，请把需要的内容写在它里面",
    ),
    "exercise.other_arguments": Words(
        "{name} is called as {asked} is: give it the same arguments",
        "{name} 的调用方式与 {asked} 相同：请给它相同的参数",
    ),
    "exercise.no_use": Words(
        "is a class, so write `def use(candidate, ...)` that makes one and returns what is judged",
        "是一个类，请写 `def use(candidate, ...)`，创建对象并返回要评判的内容",
    ),
    "exercise.no_argument": Words(
        "inplace names {name}, which is no argument; there is {known}", "inplace 里的 {name} 不是参数；现有：{known}"
    ),
    "exercise.many": Words("has {n} of one kind; {most} are enough", "同一类有 {n} 个；{most} 个就够了"),
    # What it should have more of
    "exercise.few_cases": Plural(
        "has one case; {least} or more find more mistakes",
        "has {n} cases; {least} or more find more mistakes",
        "只有 {n} 个用例；{least} 个以上才能发现更多错误",
    ),
    "exercise.few_traps": Plural(
        "has one trap; write {least} wrong solutions or more that people really write, each as trap_NAME",
        "has {n} traps; write {least} wrong solutions or more that people really write, each as trap_NAME",
        "只有 {n} 个错误解法；请写 {least} 个以上别人真的会写出的错误解法，命名为 trap_NAME",
    ),
    "exercise.few_alsos": Plural(
        "has one other right solution; write {least} or more, each as also_NAME: they prove that the judge is fair",
        "has {n} other right solutions; write {least} or more, each as also_NAME: they prove that the judge is fair",
        "只有 {n} 个其他正确解法；请写 {least} 个以上，命名为 also_NAME：它们证明评判是公平的",
    ),
    "exercise.mute_check": Words(
        "check_{name} has no docstring, and it is what is said when the check fails",
        "check_{name} 没有文档字符串，而检查不通过时显示的就是它",
    ),
    "exercise.unsaid_doc": Words(
        "the docstring does not say what {names} is: shape, unit, range",
        "文档字符串没有说明 {names}：形状、单位、范围",
    ),
    "exercise.unsaid_zh": Words(
        "ZH, the task in Chinese, does not say what {names} is", "中文题目 ZH 没有说明 {names}"
    ),
    "exercise.long": Words(
        "the solution has {n} lines; nobody writes more than {most} on a whiteboard",
        "参考解有 {n} 行；没有人会在白板上写超过 {most} 行",
    ),
    # What does not hold when it is proven
    "exercise.other_cases": Words(
        "`cases` gives {found}, but {wanted} are written; each is given once",
        "`cases` 给出的是 {found}，而写明的是 {wanted}；每个只能给出一次",
    ),
    "exercise.fails": Words("{name} should pass, and fails: {why}", "{name} 应当通过，却失败了：{why}"),
    "exercise.fails_in": Words(
        "{name} should pass, and fails in {case}: {why}", "{name} 应当通过，却在 {case} 失败：{why}"
    ),
    "exercise.died": Words(
        "{name} should pass, and ended its process or took too long", "{name} 应当通过，却结束了进程或运行太久"
    ),
    "exercise.not_caught": Words(
        "{name} should fail, and passes every case: add one that tells it from the solution",
        "{name} 应当失败，却通过了所有用例：请加一个能区分它的用例",
    ),
    "exercise.stub_passes": Words("the stub, which does nothing, passes every case", "什么都不做的骨架通过了所有用例"),
    "exercise.alike": Words(
        "{name} gives the same as {other} in every case: add a case that tells them apart, or drop one",
        "{name} 与 {other} 在所有用例中结果相同：请加一个能区分它们的用例，或去掉一个",
    ),
    "exercise.tie": Words(
        "in {case} a whole number changes with a few millionths of the inputs: a right solution may round it the other "
        "way, so move the inputs from the tie",
        "用例 {case} 中，输入变动百万分之几就会改变一个整数结果：正确的解法也可能舍入到另一边，请让输入避开临界值",
    ),
    "exercise.slow": Words(
        "takes {seconds:.1f} seconds for all its solutions; {most:g} at most, so take smaller tensors",
        "所有解法共用 {seconds:.1f} 秒；最多 {most:g} 秒，请用更小的张量",
    ),
    "exercise.survives": Words(
        "passes every case when changed: {mutant}; add a case that tells it, or say in `equivalent` why none can",
        "改动后仍通过所有用例：{mutant}；请加一个能发现它的用例，或在 `equivalent` 里说明为什么不可能",
    ),
    "exercise.no_survivor": Words(
        "`equivalent` names what does not pass, or is no change of the solution: {mutant}; remove it",
        "`equivalent` 里的这一项并未通过，或不是参考解的变异：{mutant}；请去掉",
    ),
}
