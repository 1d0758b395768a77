"""What a key does, in the help: by the id of its binding or of its name, where the name alone does not say it."""

from quizapp.texts import Text
from quizapp.words import Words

TEXTS: dict[str, Text] = {
    "help.move": Words("Move through it", "上下移动"),
    # Everywhere, and on several screens
    "help.back": Words("Back: out of a field, out of a pane, out of here", "返回：先离开输入框、窗格，再离开这里"),
    "help.help": Words("These keys", "按键说明"),
    "help.language": Words("English, Chinese, or both", "英文、中文或双语"),
    "help.messages": Words("What was said in this run", "本次运行显示过的消息"),
    "help.palette": Words("Every command and every card, by name", "按名称查找所有命令和卡片"),
    "help.app.quit": Words("Quit from anywhere", "在任何界面退出"),
    "help.full_screen": Words("This pane fills the screen, and back", "当前窗格放大到全屏，再按还原"),
    "help.switch_pane": Words("To the next pane", "到下一个窗格"),
    "help.pane_before": Words("To the pane before", "到上一个窗格"),
    "help.undo": Words("Take back the last step", "撤销上一步"),
    "help.undo_typing": Words("Take back what was typed last", "撤销刚才的输入"),
    "help.edit": Words("Edit this card in your editor", "在编辑器中修改这张卡片"),
    "help.experiment": Words("The experiment that belongs to this card", "这张卡片的实验"),
    "help.study.too-early": Words(
        "The experiment of this card, once its answer shows", "看过答案后：打开这张卡片的实验"
    ),
    "help.study.no-undo": Words("Take back what was done in this sitting", "撤销这一轮里的操作"),
    "help.formulas": Words("The LaTeX of the formulas, and back", "显示公式的 LaTeX 源码，再按还原"),
    "help.count": Words("Count these answers as reviews", "把这些回答计入复习"),
    "help.home": Words("Back to the home screen", "回到主页"),
    # Home
    "help.study": Words("Study what waits in the deck chosen", "学习所选题库中待学的卡片"),
    "help.browse.study": Words("Study the card that is open, or all that are listed", "学习打开的卡片，或列出的全部"),
    "help.quiz": Words("A quick quiz, or cramming: the schedule stays as it is", "快速测验或突击复习：不影响复习计划"),
    "help.interview": Words("A mock interview with a clock and a report", "限时模拟面试，附报告"),
    "help.browse.no-undo": Words("Take back what was done on this screen", "撤销在这个界面做的更改"),
    "help.browse": Words("Every card: search, sort, read, change", "所有卡片：搜索、排序、阅读、更改"),
    "help.statistics": Words("What you did, and what you recalled", "学了多少，记住了多少"),
    "help.readiness": Words("What you will recall on the interview day", "面试那天能记得多少"),
    "help.demos": Words("The lab: every experiment, to play with", "所有实验，随意试"),
    "help.add": Words("Add a card to a deck of yours", "在你的题库中添加卡片"),
    "help.settings": Words("Language, colours, limits, keys", "语言、配色、每日上限、按键"),
    "help.tour": Words("The first twelve minutes, anew or the rest of them", "十二分钟上手：从头开始，或继续"),
    # A card that is answered
    "help.answer.accept": Words("Grade as marked, and go on", "采用建议的评分并继续"),
    "help.answer.again": Words("Again: it did not come to mind, or not its core", "重来：没想起来，或没说到核心"),
    "help.answer.hard": Words(
        "Hard: the core; one point, or a third, missed", "困难：说到核心，但漏了要点（一个，或不超过三分之一）"
    ),
    "help.answer.good": Words("Good: it came, all of it", "良好：都想起来了"),
    "help.answer.easy": Words("Easy: it came at once", "简单：立刻想起来"),
    "help.answer.sure-1": Words("Answer; you guessed", "提交回答（把握：猜的）"),
    "help.answer.sure-2": Words("Answer; you are unsure", "提交回答（把握：不确定）"),
    "help.answer.sure-3": Words("Answer; you are fairly sure", "提交回答（把握：比较确定）"),
    "help.answer.sure-4": Words("Answer; you are sure", "提交回答（把握：确定）"),
    "help.answer.to-points": Words("To the points, while none is ticked", "跳到要点（还没勾选时）"),
    "help.answer.yes": Words("An answer that is close: it counts", "答案接近时，算答对"),
    "help.answer.no": Words("An answer that is close: it does not count", "答案接近时，不算答对"),
    "help.answer.none": Words("None of the points came to mind", "要点一个都没想起来"),
    "help.answer.examine": Words(
        "Have your examiner listen to what you typed, once you ticked; again: stop",
        "勾选要点之后，请考官评判你写的回答；再按一次停止",
    ),
    "help.answer.up": Words("Move what you hold", "移动选中的一项"),
    "help.answer.down": Words("Move what you hold", "移动选中的一项"),
    "help.pick": Words("Choose it, tick it, or lay it behind the last", "选择或勾选；排序题：接着排这一项"),
    "help.type": Words("Type your answer", "输入你的回答"),
    "help.submit": Words("Have your code judged", "提交代码并评判"),
    "help.hint": Words("The next hint", "下一条提示"),
    "help.name_mistake": Words("Name the mistake, if it is a known one", "如果是收录过的典型错误，指出是哪一个"),
    "help.compare": Words(
        "Your last attempt beside this one and the reference", "把上次写的、这次写的和参考答案放在一起对比"
    ),
    "help.outside": Words("Write it in your own editor", "在自己的编辑器中写"),
    "help.comment": Words("Make these lines comments, or code again", "注释这些行，或取消注释"),
    "help.take_up": Words("Take this line up, or put it down", "拿起或放下这一行"),
    "help.code.allow": Words("Allow this exercise to run", "允许运行这个练习"),
    "help.related": Words("Jump to a card that belongs to this one", "跳到相关的卡片"),
    "help.open_media": Words("Open the picture or sound, then the next", "打开图片或音频，再按打开下一个"),
    # What one does to a card
    "help.flag": Words("Flag this card, or take its flag off", "标记这张卡片，或取消标记"),
    "help.flag_card": Words("Flag this card, or take its flag off", "标记这张卡片，或取消标记"),
    "help.suspend": Words("Ask this card no more, or again", "不再问这张卡片，或恢复"),
    "help.suspend_card": Words("Ask this card no more", "不再问这张卡片"),
    "help.bury": Words("Leave this card until tomorrow", "把这张卡片搁置到明天"),
    "help.bury_card": Words("Leave this card until tomorrow", "把这张卡片搁置到明天"),
    "help.reset": Words("Begin this card anew, as if never seen", "重置这张卡片，当作没学过"),
    # Lists and fields
    "help.list": Words("Into the list", "进入列表"),
    "help.search": Words('Type to search; "two words" stay together', "输入关键词搜索；加引号按词组搜索"),
    "help.sort": Words("Sort the list another way", "换一种排序方式"),
    "help.cram": Words(
        "Cram the cards listed: ask them now, the schedule stays as it is",
        "突击复习列出的卡片：现在就问，不影响复习计划",
    ),
    "help.next": Words("The next card", "下一张卡片"),
    "help.previous": Words("The card before", "上一张卡片"),
    "help.open": Words("Open it", "打开"),
    "help.less": Words("The value before (▼), off, or a smaller one", "换前一项（▼）、关掉，或减小数值"),
    "help.more": Words("The next value (▼), on, or a larger one", "换后一项（▼）、打开，或增大数值"),
    "help.preview": Words("See the card as it will be asked", "预览这张卡片"),
    # Demos
    "help.predict": Words("Predict what it will measure", "预测它会测出什么"),
    "help.run": Words("Run the experiment", "运行实验"),
    "help.stop": Words("Stop the run", "停止运行"),
    "help.sweep": Words(
        "Sweep: run it for every value of this knob, and graph the result", "扫描参数：取遍这个参数的值，画出结果的变化"
    ),
    "help.measure": Words("Graph the next measure", "换下一个指标"),
    "help.source": Words("View the source, and back", "查看源码，再按一次返回"),
    "help.turn": Words("Turn the knob in hand, and run", "调节选中的参数并运行"),
    "help.turn_far": Words("Turn it ten steps at once", "一次调十格"),
    "help.turn_to_end": Words("Turn it to its lowest value, or its highest", "调到最小值或最大值"),
    "help.other_knob": Words("Take another knob in hand", "选中另一个参数"),
    "help.above": Words("Back up towards the chart", "滚动回图表"),
    "help.below": Words(
        "What is below the chart: other measures, runs, lines", "滚动到图下方：其他指标、运行记录、输出"
    ),
    "help.lab.cards": Words("The cards that ask about this experiment", "查看考到这个实验的卡片"),
    "help.demo.edit": Words("Edit a copy of the experiment", "修改实验的副本"),
    "help.keep": Words("Write the copy to your experiments", "把副本存进你的实验文件夹"),
    "help.drop": Words("Drop the copy", "放弃副本"),
    "help.allow": Words("An experiment not allowed yet: let it run", "尚未允许的实验：允许运行"),
    # Quizzes and interviews
    "help.go_on": Words("Go on with the interview that waits", "继续未完成的面试"),
    "help.interview.take": Words("The screen is turned: go on", "屏幕已经交过去，继续"),
    "help.go_on_with": Words("Go on with what has this number", "打开“接着做”里这个编号的一项"),
    "help.interview.skip": Words("Do not answer the examiner: on to the points", "不回答考官，直接看要点"),
    "help.delete": Words("Delete the interview that waits", "删除未完成的面试"),
    "help.end_here": Words("End the interview here, and review it", "提前结束面试，开始评阅"),
    "help.export": Words("Write the report to a file", "把报告写入文件"),
    "help.marking.undo": Words(
        "A step back: how sure you were, your answer, the question before",
        "退回一步：改选把握程度、修改回答，或回上一题",
    ),
    # Readiness, settings and keys
    "help.cram_weakest": Words(
        "Cram the weakest: ask them now, the schedule stays as it is", "突击复习薄弱的卡片：现在就问，不影响复习计划"
    ),
    "help.topics": Words("By deck or by topic", "按题库或按主题"),
    "help.minutes": Words("Set the minutes a day", "设置每天学几分钟"),
    "help.date": Words("Set the date of the interview", "设置面试日期"),
    "help.keys": Words("Give what a key does another key", "更改按键"),
    "help.change": Words("Change it", "更改"),
    "help.usual_value": Words("Back to the usual value", "恢复默认值"),
    "help.usual_key": Words("Back to the usual key", "恢复默认按键"),
    "help.another_key": Words("Give it another key", "换一个按键"),
    "help.edit_file": Words("Edit settings.yaml in your editor", "在编辑器中修改 settings.yaml"),
    "help.done": Words("Hand in what you wrote", "提交所写的回答"),
    "help.tick": Words("Choose it, or not", "勾选或取消"),
    "help.select": Words("Choose it", "选中"),
}
