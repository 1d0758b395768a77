"""What several screens say: words for cards, lengths of time, the palette, the editor, what is wrong with settings."""

from quizapp.texts import Plural, Text
from quizapp.words import Words

TEXTS: dict[str, Text] = {
    # Grades, how sure one is, levels, types, states
    "ui.sure.guess": Words("Guess", "猜的"),
    "ui.sure.unsure": Words("Unsure", "不确定"),
    "ui.sure.fairly": Words("Fairly sure", "比较确定"),
    "ui.sure.sure": Words("Sure", "确定"),
    "ui.level.basic": Words("basic", "基础"),
    "ui.level.intermediate": Words("intermediate", "中级"),
    "ui.level.advanced": Words("advanced", "高级"),
    "ui.tier.core": Words("essential", "必问"),
    "ui.type.free": Words("open", "自由作答"),
    "ui.type.choice": Words("choice", "选择"),
    "ui.type.cloze": Words("gap", "填空"),
    "ui.type.numeric": Words("number", "数值"),
    "ui.type.order": Words("order", "排序"),
    "ui.type.fix": Words("find the error", "纠错"),
    "ui.type.code": Words("code", "写代码"),
    "ui.state.new": Words("new", "新卡"),
    "ui.state.learning": Words("learning", "学习中"),
    "ui.state.review": Words("review", "复习中"),
    "ui.state.due": Words("due", "待复习"),
    "ui.state.suspended": Words("suspended", "已暂停"),
    "ui.state.buried": Words("buried", "已搁置"),
    "ui.state.flagged": Words("flagged", "已标记"),
    "ui.state.leech": Words("leech", "记忆难点"),
    "ui.state.young": Words("young", "未熟练"),
    "ui.state.mature": Words("mature", "已熟练"),
    "ui.everything": Words("Everything", "全部"),
    "ui.new_cards": Words("{n} new", "新卡 {n} 张"),
    "ui.type_to_search": Words("Type to search", "输入关键词搜索"),
    "ui.next_language": Words("{key}: the next language", "再按 {key} 换下一种语言"),
    "ui.nothing_waits": Words("Nothing waits today.", "今天没有待学的卡片。"),
    "ui.no_such_card": Words("No card is like that.", "没有符合条件的卡片。"),
    "ui.code_is_studied": Words(
        "Code is not crammed but studied: {key} begins it.", "代码卡不能突击复习，只能学习：按 {key} 开始。"
    ),
    "ui.to_count": Plural(
        "The schedule is as it was. Press {key} to count the answer as a review.",
        "The schedule is as it was. Press {key} to count all {n} answers as reviews.",
        "复习计划没有变化。按 {key} 计入复习（共 {n} 个回答）。",
    ),
    "ui.more_faults": Words("… {n} more: 'quizapp check' lists them.", "…… 还有 {n} 处：'quizapp check' 会全部列出。"),
    "ui.failed": Words("This could not be worked out: {error}.", "没有算出来：{error}。"),
    "ui.not_reread": Words(
        "The decks could not be read again ({error}): they are as they were before.",
        "无法重新读取题库（{error}），显示的仍是之前的内容。",
    ),
    # Lengths of time
    "ui.seconds": Words("{seconds} s", "{seconds} 秒"),
    "ui.minutes": Words("{minutes} min", "{minutes} 分钟"),
    "ui.minutes_seconds": Words("{minutes} min {seconds} s", "{minutes} 分 {seconds} 秒"),
    "ui.hours": Words("{hours} h", "{hours} 小时"),
    # What was done to a card
    "ui.done.buried": Words("Buried: not asked until tomorrow.", "已搁置，明天之前不再出现。"),
    "ui.done.suspended": Words("Suspended: not asked any more.", "已暂停，不再出现。"),
    "ui.done.unsuspended": Words("Asked again.", "已恢复，会再次出现。"),
    "ui.done.flagged": Words("Flagged.", "已标记。"),
    "ui.done.unflagged": Words("Flag taken off.", "已取消标记。"),
    "ui.done.reset": Words("Reset: as if never seen.", "已重置，当作没学过。"),
    "ui.takes_back": Words("{done} {key} takes it back.", "{done}按 {key} 撤销。"),
    "ui.only_number": Words("Numbers only.", "只能填数字。"),
    "ui.undone": Words("{what}: undone", "{what}：已撤销"),
    "ui.undone_ticked": Words("{what}: undone. Your ticks are kept.", "{what}：已撤销，之前的勾选还在"),
    "ui.event.predicted": Words("Predicted", "预测"),
    "ui.event.undone": Words("Undone", "撤销"),
    "ui.event.buried": Words("Buried", "搁置"),
    "ui.event.suspended": Words("Suspended", "暂停"),
    "ui.event.unsuspended": Words("Unsuspended", "恢复"),
    "ui.event.flagged": Words("Flagged", "标记"),
    "ui.event.unflagged": Words("Unflagged", "取消标记"),
    "ui.event.reset": Words("Reset", "重置"),
    "ui.event.mended": Words("Mended", "补上遗漏"),
    "ui.event.attempted": Words("Attempt", "提交"),
    "ui.event.overruled": Words("Overruled", "未采纳"),
    # How a card stands, and what happened to it
    "ui.facts.due": Words("due {when}", "{when} 到期"),
    "ui.facts.memory": Words(
        "stability {stability} (till recall is 90%) · difficulty {difficulty} of 10 · repetitions {reps}",
        "稳定性 {stability}（回忆概率降到 90% 所需时间）· 难度 {difficulty} / 10 · 复习 {reps} 次",
    ),
    "ui.facts.recall": Words(" · recall today {recall}", " · 今天的回忆概率 {recall}"),
    "ui.facts.lapses": Plural(" · forgotten once when due", " · forgotten {n} times when due", " · 到期时忘了 {n} 次"),
    "ui.facts.history": Words("History", "历史"),
    "ui.facts.no_history": Words("Nothing happened to it yet.", "还没有记录。"),
    "ui.facts.sure": Words("sure {percent}%", "把握 {percent}%"),
    "ui.facts.right": Words("right", "猜对了"),
    "ui.facts.wrong": Words("wrong", "猜错了"),
    "ui.facts.undone": Words("(undone)", "（已撤销）"),
    # Cards that belong to a card
    "ui.related": Words("Related", "相关卡片"),
    "ui.related.before": Words("Prerequisite", "前置知识"),
    "ui.related.after": Words("Follow-up", "追问"),
    "ui.unseen": Words(
        "You were not asked this yet; {key} shows its answer.", "这张卡片你还没学过；按 {key} 显示答案。"
    ),
    "ui.related.know": Words("Prerequisites: {titles}", "前置知识：{titles}"),
    "ui.related.next": Words("Follow-ups: {titles}", "追问：{titles}"),
    # Places in which keys hold
    "ui.place.app": Words("Everywhere", "全局"),
    "ui.place.home": Words("Home", "主页"),
    "ui.place.related": Words("Related cards", "相关卡片"),
    "ui.place.answer": Words("Card", "卡片"),
    "ui.place.study": Words("Study", "学习"),
    "ui.place.summary": Words("Summary", "小结"),
    "ui.place.first": Words("First session", "首次学习"),
    "ui.place.browse": Words("Browse", "浏览"),
    "ui.place.list": Words("List", "列表"),
    "ui.place.line": Words("A line to type in", "输入框"),
    "ui.place.add": Words("Add", "添加"),
    "ui.place.ask": Words("Ask", "询问"),
    "ui.place.practise": Words("Quick quiz", "快速测验"),
    "ui.place.quiz": Words("Quiz", "测验"),
    "ui.place.interview": Words("Interview", "面试"),
    "ui.place.marking": Words("Marking", "面试评阅"),
    "ui.place.report": Words("Report", "面试报告"),
    "ui.place.readiness": Words("Readiness", "准备情况"),
    "ui.place.stats": Words("Statistics", "统计"),
    "ui.place.lab": Words("Lab", "实验室"),
    "ui.place.code": Words("Code", "写代码"),
    "ui.place.demo": Words("Experiment", "实验"),
    "ui.place.knobs": Words("Knobs", "参数"),
    "ui.place.settings": Words("Settings", "设置"),
    "ui.place.keys": Words("Keys", "按键"),
    "ui.place.help": Words("Help", "帮助"),
    # The palette
    "ui.palette.search": Words("Search for commands and cards…", "搜索命令和卡片…"),
    "ui.palette.nothing": Words("No matches found", "没有匹配的命令或卡片"),
    "ui.palette.card": Words("Card: {title}", "卡片：{title}"),
    "ui.palette.at_home": Words("{key} at home", "主页 {key}"),
    "ui.palette.study": Words("Study: {deck}", "学习：{deck}"),
    "ui.palette.language": Words("English, 中文, both", "英文、中文、双语"),
    "ui.palette.settings": Words("Language, colours, limits, steps, keys", "语言、配色、每日上限、间隔、按键"),
    "ui.palette.keys": Words("Give what a key does another key", "更改按键"),
    "ui.palette.messages": Words("What was said in this run", "本次运行显示过的消息"),
    "ui.palette.help": Words("Every key of this screen", "这个界面的所有按键"),
    "ui.palette.browse": Words(
        "Every card: search, sort, suspend, flag, edit", "所有卡片：搜索、排序、暂停、标记、修改"
    ),
    "ui.palette.statistics": Words(
        "Reviews, retention, forecast, calibration", "复习量、记忆保留率、未来到期量、自评的准确度"
    ),
    "ui.palette.quiz": Words(
        "A quick quiz, or cramming; the schedule stays as it is", "快速测验或突击复习；复习计划不变"
    ),
    "ui.palette.add": Words("A form for each type, into a deck of yours", "按题型填表，添加到你的题库"),
    "ui.palette.interview": Words("A mock interview with a clock and a report", "限时模拟面试，附评阅报告"),
    "ui.palette.demos": Words("The lab: run every experiment, turn its knobs", "实验室：任选一个实验运行、调参数"),
    "ui.palette.readiness": Words(
        "The recall to expect on the interview date, and the plan", "面试那天预计记得多少，以及每天的计划"
    ),
    "ui.palette.tour": Words("The first twelve minutes, anew or the rest of them", "十二分钟上手：从头开始，或继续"),
    "ui.palette.bury": Words("It is not asked until tomorrow", "明天之前不再出现"),
    "ui.palette.suspend": Words("It is not asked any more", "不再出现"),
    "ui.palette.unsuspend": Words("It is suspended", "现在是暂停状态"),
    "ui.palette.flag": Words("A mark for whatever you like", "做个标记，用途由你定"),
    "ui.palette.edit": Words("In your editor, at its line", "在你的编辑器中打开"),
    "ui.palette.reset": Words("As if never seen; its history is kept", "当作没学过；历史记录保留"),
    "ui.palette.timer": Words("The time that this card takes you", "这张卡片所用的时间"),
    "ui.quit_by": Words("{key} quits the app.", "要退出，请按 {key}。"),
    "ui.screenshot.saved": Words("The screenshot is saved: {file}", "截图已保存：{file}"),
    "ui.screenshot.not_saved": Words("The screenshot was not saved: {why}", "截图没有保存：{why}"),
    # What Textual calls its own keys and commands
    "ui.textual.scroll_up": Words("Scroll Up", "向上滚动"),
    "ui.textual.scroll_down": Words("Scroll Down", "向下滚动"),
    "ui.textual.scroll_left": Words("Scroll Left", "向左滚动"),
    "ui.textual.scroll_right": Words("Scroll Right", "向右滚动"),
    "ui.textual.scroll_home": Words("Scroll Home", "滚动到开头"),
    "ui.textual.scroll_end": Words("Scroll End", "滚动到末尾"),
    "ui.textual.page_up": Words("Page Up", "向上翻页"),
    "ui.textual.page_down": Words("Page Down", "向下翻页"),
    "ui.textual.page_left": Words("Page Left", "向左翻页"),
    "ui.textual.page_right": Words("Page Right", "向右翻页"),
    "ui.textual.up": Words("Up", "向上"),
    "ui.textual.down": Words("Down", "向下"),
    "ui.textual.first": Words("First", "第一项"),
    "ui.textual.last": Words("Last", "最后一项"),
    "ui.textual.select": Words("Select", "选择"),
    "ui.textual.dismiss_menu": Words("Close the list", "关闭列表"),
    "ui.textual.quit": Words("Quit", "退出"),
    "ui.textual.focus_next": Words("Focus Next", "下一个窗格"),
    "ui.textual.focus_previous": Words("Focus Previous", "上一个窗格"),
    "ui.textual.copy_selected_text": Words("Copy selected text", "复制选中的文字"),
    "ui.textual.show_menu": Words("Show menu", "打开列表"),
    "ui.textual.toggle": Words("Toggle", "切换"),
    "ui.textual.toggle_option": Words("Toggle option", "勾选或取消"),
    "ui.textual.press_button": Words("Press button", "按下按钮"),
    "ui.textual.theme": Words("Theme", "主题"),
    "ui.textual.change_the_current_theme": Words("Change the current theme", "更换配色"),
    "ui.textual.quit_the_application_as_soon_as_possible": Words(
        "Quit the application as soon as possible", "退出程序"
    ),
    "ui.textual.screenshot": Words("Screenshot", "截图"),
    "ui.textual.save_an_svg_screenshot_of_the_current_screen": Words(
        "Save an SVG 'screenshot' of the current screen", "把当前界面存为 SVG"
    ),
    # The user's editor
    "ui.media.opened": Words("{name} is opened ({at} of {of})", "已打开 {name}（{at} / {of}）"),
    "ui.media.none": Words(
        "{name} is not in {folder}, or is not what its name says",
        "{name} 不在 {folder} 中，或内容与文件名不符",
    ),
    "ui.media.served": Words(
        "{name}: pictures and sounds open in the app in a terminal only",
        "{name}：在终端里运行 quizapp 才能打开图片和音频",
    ),
    "ui.media.no_viewer": Words(
        "Nothing here can show it (no display, or another machine's). The file: {path}",
        "这里无法显示（没有图形界面，或在远程机器上）。文件：{path}",
    ),
    "ui.media.failed": Words("{path} cannot be opened: {why}", "无法打开 {path}：{why}"),
    "ui.media.code": Words("the system's viewer ended with {code}", "系统查看器异常退出，退出码 {code}"),
    "ui.editor.none": Words(
        "No editor was found. Name yours: export EDITOR=nano", "找不到编辑器。请指定：export EDITOR=nano"
    ),
    "ui.editor.bad": Words(
        "EDITOR is {editor}, which cannot be started: {why}.", "EDITOR 为 {editor}，无法启动：{why}。"
    ),
    "ui.editor.missing": Words(
        "The editor {editor} was not found. Set EDITOR to one that is there.",
        "找不到编辑器 {editor}。请把 EDITOR 设为已有的编辑器。",
    ),
    "ui.editor.failed": Words("The editor {editor} could not be started: {why}.", "编辑器 {editor} 无法启动：{why}。"),
    "ui.editor.ended": Words("The editor {editor} ended with code {code}.", "编辑器 {editor} 退出，退出码 {code}。"),
    "ui.editor.no_terminal": Words("This terminal cannot be lent to an editor.", "这个终端不能交给编辑器使用。"),
    "ui.editor.served": Words(
        "No editor opens in a browser: change the file where quizapp runs; it is read again at once.",
        "浏览器里不能打开编辑器：请在运行 quizapp 的机器上修改文件，改完会立即重新读取。",
    ),
    "ui.tab": Plural("{n} due · quizapp", "{n} due · quizapp", "{n} 张到期 · quizapp"),
    "ui.editor.ask_copy": Words(
        "This deck came with quizapp and is not edited in place. y copies it to your decks and opens the copy: it is "
        "used from then on, and your history stays with its cards.",
        "这个题库是 quizapp 自带的，不能直接修改。按 y 会把它复制到你的题库文件夹并打开副本："
        "此后使用副本，学习记录不变。",
    ),
    "ui.editor.other_deck": Words(
        "{file} is another deck. Give it another name, then press E again.", "{file} 是另一个题库。请给它改名，再按 E。"
    ),
    "ui.cannot_write": Words("{file} cannot be written: {why}.", "无法写入 {file}：{why}。"),
    # What is wrong with the settings, and with the keys in them
    "ui.settings.says": Words("settings.yaml: {what}", "settings.yaml：{what}"),
    "ui.settings.no_theme": Words("there is no theme {theme}. {hint}", "没有主题 {theme}。{hint}"),
    "ui.settings.themes": Words("Ctrl+P, Theme lists them.", "按 Ctrl+P，“主题”里有全部主题。"),
    "ui.settings.mean": Words("Did you mean {near}?", "是不是 {near}？"),
    "ui.settings.only_now": Words(
        "{why} The change holds until you quit, and is not written.", "{why}更改只在退出前有效，没有写入文件。"
    ),
    "ui.settings.clash": Words(
        "Key {key} is both {first} and {second}: only one of them answers to it. Change one in the settings.",
        "按键 {key} 同时用于 {first} 和 {second}，只有一个会生效。请在设置中更改其中一个。",
    ),
    "ui.settings.no_key": Words("there is no key {key}. {hint}", "没有按键 {key}。{hint}"),
    "ui.settings.keys_are": Words(
        "Keys are written g, G, ?, space, f5, ctrl+s, shift+up.",
        "按键写作 g、G、?、space、f5、ctrl+s、shift+up。",
    ),
    "ui.settings.bad_key": Words("keys: {binding}: {what}", "keys：{binding}：{what}"),
    "ui.settings.no_binding": Words(
        "keys: there is nothing called {name}. {hint}", "keys：没有叫 {name} 的操作。{hint}"
    ),
    "ui.settings.bindings_are": Words(
        "The help of a screen and the settings list them.", "各界面的帮助和设置里列有全部名称。"
    ),
}
