"""What `--help` and a wrong call say."""

from quizapp.texts import Text
from quizapp.words import Words

TEXTS: dict[str, Text] = {
    "cli.paths": Words(
        "decks or folders of decks (default: all of yours and the bundled ones)",
        "题库或题库文件夹（默认：你的全部题库和自带题库）",
    ),
    "cli.json": Words("print JSON", "输出 JSON"),
    "cli.key": Words(
        "a card, as in five-questions/model-quantization", "卡片，写作 题库/id，如 five-questions/model-quantization"
    ),
    "cli.zip": Words("a zip file", "zip 文件"),
    "cli.decks": Words("names or titles of decks, or files (default: all)", "题库的名称、标题或文件（默认：全部）"),
    "cli.tag": Words("cards that have one of these tags", "带有其中任一标签的卡片"),
    "cli.seed": Words(
        "which cards are drawn (default: others each time)", "随机种子，决定抽到哪些卡片（默认：每次不同）"
    ),
    "cli.quiz.count": Words("how many cards (default: 10)", "卡片数（默认：10）"),
    "cli.quiz.cram": Words(
        "ask cards of every type, also those that you judge", "各种类型的卡片都问，包括要自己判分的"
    ),
    "cli.interview.count": Words("how many questions, follow-ups too (default: 8)", "题数，包括追问（默认：8）"),
    "cli.interview.minutes": Words("minutes for all of it (default: 20)", "总时间，以分钟计（默认：20）"),
    "cli.interview.spoken": Words(
        "you answer aloud, then tick what you said (default)", "口头回答，然后勾选说到的要点（默认）"
    ),
    "cli.interview.typed": Words("you write your answers", "书面回答"),
    "cli.interview.friend": Words("a friend has the screen, asks and ticks", "朋友看着屏幕提问并勾选"),
    "cli.demo.name": Words("a demo; after it its knobs, as in --bits 3", "实验的名称；后面可以跟它的参数，如 --bits 3"),
    "cli.demo.list": Words("list the demos with their knobs", "列出所有实验及其参数"),
    "cli.demo.sweep": Words("run it for every value of this knob", "把这个参数的每个取值都跑一遍"),
    "cli.demo.measure": Words(
        "the measure that a sweep charts (default: the first)", "扫描时画哪个指标（默认：第一个）"
    ),
    "cli.code.name": Words(
        "an exercise; alone: write its stub here", "练习的名称；只给名称时，在当前文件夹写入代码骨架"
    ),
    "cli.code.file": Words("judge the solution in this file", "评判这个文件里的解法"),
    "cli.code.list": Words("list the exercises", "列出所有练习"),
    "cli.code.watch": Words("judge FILE whenever it is saved", "每次保存 FILE 都评判一次"),
    "cli.plan.date": Words(
        "the interview date for this call, as in 2026-12-20", "面试日期，只用于这一次，如 2026-12-20"
    ),
    "cli.check.fix": Words("write the ids that cards lack; nothing else is changed", "补写卡片缺少的 id，别的都不改"),
    "cli.check.run": Words(
        "run every card's demo and compare with what it expects; prove every exercise",
        "运行每张卡片的实验，与它的预期比较；验证每个练习",
    ),
    "cli.check.seeds": Words(
        "with --run: seeds 0..N-1 where there is one", "与 --run 合用：有种子的实验用种子 0 到 N-1 各跑一遍"
    ),
    "cli.new.path": Words(
        "the file to write, as in my-deck.yaml or my_demo.py", "要写的文件，如 my-deck.yaml 或 my_demo.py"
    ),
    "cli.new.demo": Words("write a demo instead of a deck", "写实验而不是题库"),
    "cli.new.code": Words(
        "a card that asks for code, in the deck, and its exercise code/NAME.py beside it",
        "在题库里写一张要写代码的卡片，并在旁边写好它的练习 code/NAME.py",
    ),
    "cli.import.file": Words(
        "an .apkg, .colpkg, .txt, .tsv, .csv or .md file, or a folder of them",
        ".apkg、.colpkg、.txt、.tsv、.csv 或 .md 文件，或装有这些文件的文件夹",
    ),
    "cli.import.front": Words(
        "the column that asks, by its name or number (of text and CSV)", "提问的列：列名或序号（文本和 CSV）"
    ),
    "cli.import.back": Words("the column that answers", "作答的列"),
    "cli.import.dry_run": Words("say what would come, and write nothing", "只说明会导入什么，不写入"),
    "cli.import.history": Words(
        "only the reviews and how cards stand, for the deck called like FILE or named by -o; its text stays as it is",
        "只导入复习记录和卡片的状态；题库与 FILE 同名或由 -o 指定，内容不变",
    ),
    "cli.import.take_scheduling": Words(
        "take over the desired retention and FSRS parameters of Anki's deck, for all decks, without asking",
        "不询问，直接采用 Anki 牌组的目标保留率和 FSRS 参数（对所有题库生效）",
    ),
    "cli.import.output": Words(
        "the deck to write or update (default: FILE's name, in your decks)",
        "要写入或更新的题库（默认：与 FILE 同名，放在你的题库里）",
    ),
    "cli.export.deck": Words("the deck's name or title, or a file", "题库的名称、标题或文件"),
    "cli.export.file": Words(
        "the file to write: .apkg, .txt (Anki's text), .csv, .md (loses nothing) or .html (to read or print)",
        "要写的文件：.apkg、.txt（Anki 文本）、.csv、.md（不丢内容）或 .html（阅读或打印）",
    ),
    "cli.export.history": Words(
        "with your reviews and when each card is due, so that Anki goes on from there (.apkg)",
        "连同你的复习记录和每张卡片的到期日，Anki 可接着学（.apkg）",
    ),
    "cli.trust.path": Words("a demo's file", "实验的文件"),
    "cli.trust.yes": Words("allow it without asking", "不询问，直接允许"),
    "cli.completion.shell": Words("the shell that is to complete", "你用的 shell"),
    "cli.completion.names": Words("list what it asks for, a name a line", "列出补全要用的名称，每行一个"),
    "cli.completion.knob": Words("a knob of a demo", "实验的参数"),
    "cli.serve.host": Words(
        "listen on this name or address (default: 127.0.0.1, which only this machine reaches)",
        "监听的名称或地址（默认：127.0.0.1，只有本机能访问）",
    ),
    "cli.serve.port": Words("listen on this port (default: a free one)", "监听的端口（默认：任选一个空闲端口）"),
    "cli.serve.cert": Words("a certificate, to be reached from other machines", "证书，供其他机器访问时加密"),
    "cli.serve.key": Words("its private key", "证书的私钥"),
    "cli.serve.proxy": Words(
        "the address of the proxy that encrypts, as in https://quiz.example.org",
        "负责加密的代理的地址，如 https://quiz.example.org",
    ),
    "cli.serve.code": Words(
        "run code that is written in the browser (default: cards that ask for code are only read)",
        "允许运行在浏览器里写的代码（默认：写代码的卡片只能阅读）",
    ),
    "cli.sync.remote": Words("a shared folder, or a git repository's address", "共享文件夹，或 git 仓库的地址"),
    "cli.examiner.address": Words(
        'where it is, an OpenAI-compatible address: http://localhost:11434/v1; "" for none',
        '考官的地址，兼容 OpenAI，如 http://localhost:11434/v1；"" 表示不用',
    ),
    "cli.examiner.model": Words("the model's name there", "这个地址上的模型名"),
    "cli.examiner.key": Words(
        'what holds its key: env:NAME or keyring:NAME, never the key itself; "" for none',
        '密钥在哪里：env:NAME 或 keyring:NAME，不是密钥本身；"" 表示不用',
    ),
    "cli.examiner.test": Words(
        "let it judge 120 reference answers, and say how far it agrees with our reading of them",
        "让它评判 120 个参考回答，并说明与参考的一致程度",
    ),
    "cli.examiner.count": Words("with --test: only the first N of them", "与 --test 合用：只评判前 N 个"),
    "cli.examiner.yes": Words(
        "with --test: send them to this address without asking", "与 --test 合用：不询问，直接发送到这个地址"
    ),
    "cli.doctor.mend": Words("mend what can be mended", "修复能修复的问题"),
    "cli.home": Words(
        "where your files are (default: $QUIZAPP_HOME or the platform's folder)",
        "你的文件所在的文件夹（默认：$QUIZAPP_HOME，或系统规定的位置）",
    ),
    "cli.help": Words("show this help message and exit", "显示这份帮助"),
    "cli.version": Words("print the version", "显示版本"),
    # What a command does: in the list of commands, and at the head of its own help
    "cli.about": Words("{what}.", "{what}。"),
    "cli.about.app": Words("drill machine-learning interview questions in the terminal", "在终端里练习机器学习面试题"),
    "cli.about.study": Words("open the app in a session of one deck", "打开程序，学习一个题库"),
    "cli.about.browse": Words("open the app in the list of cards", "打开程序，浏览卡片"),
    "cli.about.quiz": Words("open the app in a quick quiz", "打开程序，做一次快速测验"),
    "cli.about.interview": Words("open the app in a mock interview", "打开程序，做一次模拟面试"),
    "cli.about.demo": Words("run a demo, or list them", "运行一个实验，或列出全部实验"),
    "cli.about.code": Words("write code from memory, and have it judged", "凭记忆写代码，并由程序评判"),
    "cli.about.due": Words("count what waits, after today's limits", "今天还有多少卡片要学（按每日上限计）"),
    "cli.about.plan": Words(
        "expected recall on the interview date, and what it takes each day", "面试当天的预期回忆概率，以及每天要学多少"
    ),
    "cli.about.next": Words(
        "the next card, with what each grade would do", "显示下一张卡片，以及每种评分之后隔多久再出现"
    ),
    "cli.about.show": Words("a card's answer", "显示一张卡片的答案"),
    "cli.about.grade": Words("grade a card", "给一张卡片评分"),
    "cli.about.check": Words("look for mistakes in decks", "检查题库中的错误"),
    "cli.about.new": Words(
        "write a starter deck, with --demo a demo, with --code an exercise",
        "写一个题库样例；加 --demo 写实验，加 --code 写代码练习",
    ),
    "cli.about.import": Words(
        "make or update a deck from Anki, CSV or Markdown", "从 Anki、CSV 或 Markdown 建立或更新题库"
    ),
    "cli.about.export": Words(
        "write a deck for Anki, as CSV, Markdown or a page", "把题库导出为 Anki、CSV、Markdown 或网页"
    ),
    "cli.about.schema": Words("print the JSON Schema of a deck, for editors", "输出题库的 JSON Schema，供编辑器使用"),
    "cli.about.stats": Words("what you did, what you recalled, what falls due", "学了什么，记住多少，接下来有什么到期"),
    "cli.about.undo": Words("take back this device's last event", "撤销这台设备上的最后一次操作"),
    "cli.about.sync": Words(
        "unite the journals here with those in a folder or a git repository",
        "与共享文件夹或 git 仓库里的日志合并",
    ),
    "cli.about.backup": Words("keep your files in one file", "把你的文件备份成一个文件"),
    "cli.about.restore": Words(
        "bring a backup back; nothing that is here is overwritten", "恢复备份；已有的文件不会被覆盖"
    ),
    "cli.about.optimize": Words("fit the scheduler to your own reviews", "用你自己的复习记录拟合调度参数"),
    "cli.about.examiner": Words(
        "a language model that listens to what you type: set it up, test it",
        "设置和测试考官，也就是评判书面回答的语言模型",
    ),
    "cli.about.doctor": Words("examine your files, line by line", "逐行检查你的文件"),
    "cli.about.trust": Words("read a demo's source and allow it to run", "阅读一个实验的源码并允许它运行"),
    "cli.about.serve": Words(
        "the app in your browser, with a link for you alone", "在浏览器里使用本程序，链接只供你自己打开"
    ),
    "cli.about.completion": Words(
        "print the script by which a shell completes commands, decks, cards, demos",
        "输出 shell 补全脚本：命令、题库、卡片、实验都能补全",
    ),
    "cli.examples": Words("examples:", "例如："),
    "cli.commands": Words("commands:", "命令："),
    "cli.more": Words(
        "quizapp COMMAND --help and {readme} say more.", "更多说明见 quizapp COMMAND --help 和 {readme}。"
    ),
    "cli.arguments": Words("positional arguments", "位置参数："),
    "cli.options": Words("options", "选项："),
    "cli.usage": Words("usage: ", "用法："),
    # A wrong call
    "cli.wrong.error": Words("%(prog)s: error: %(message)s\n", "%(prog)s：错误：%(message)s\n"),
    "cli.wrong.argument": Words("argument %(argument_name)s: %(message)s", "参数 %(argument_name)s：%(message)s"),
    "cli.wrong.required": Words("the following arguments are required: %s", "缺少参数：%s"),
    "cli.wrong.choice": Words(
        "invalid choice: %(value)r (choose from %(choices)s)", "没有 %(value)r 这个选项（可选：%(choices)s）"
    ),
    "cli.wrong.value": Words("invalid %(type)s value: %(value)r", "%(value)r 不是有效的 %(type)s"),
    "cli.wrong.one": Words("expected one argument", "需要一个值"),
    "cli.wrong.at_least_one": Words("expected at least one argument", "至少需要一个值"),
    "cli.wrong.explicit": Words("ignored explicit argument %r", "不接受值 %r"),
    "cli.wrong.unknown": Words("unrecognized arguments: {words}", "无法识别的参数：{words}"),
    "cli.wrong.port": Words("a port is a number up to 65535, not {text}", "端口是不超过 65535 的数，而不是 {text}"),
    "cli.wrong.count": Words("a number from 1 to 1000 is needed, not {text}", "需要 1 到 1000 之间的数，而不是 {text}"),
}
